import { useId } from 'react';
import { isWithoutKeychain, KEYCHAIN_IS_THERE, type Failure } from '../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { STORAGES } from '../../src-main/domain/storage.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { Choice } from '../controls/choice.tsx';
import { useQuestion } from '../state/use-question.ts';
import { useWords } from '../state/use-words.ts';

interface StorageQuestionProps {
  readonly account: Account;
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onLeave: () => void;
}

/** Why there is no keychain here, where there is none: it can be kept nowhere else then, nor come from there. */
function withoutKeychain({ troubles }: Account, { keychainTrouble }: Snapshot): Failure | null {
  const isMissing = (failure: Failure) =>
    failure.code === 'secret-locked' && !KEYCHAIN_IS_THERE[failure.reason];
  if (keychainTrouble !== null && isWithoutKeychain(keychainTrouble)) return keychainTrouble;
  return troubles.find(isMissing) ?? null;
}

/** Where what renews an account is kept: taken at once, and shown as it is by the next snapshot. */
export function StorageQuestion({ account, snapshot, commands, onLeave }: StorageQuestionProps) {
  const words = useWords();
  const { storage } = words.account;
  const titleId = useId();
  const { harmless, onKeyDown } = useQuestion(onLeave);
  const missing = withoutKeychain(account, snapshot);

  return (
    <section className="card storage-question" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <Choice
        look="lines"
        legend={<span id={titleId}>{storage.question}</span>}
        disabled={missing !== null}
        {...(missing !== null && { hint: describeFailure(words, missing, 'other').explanation })}
        options={STORAGES.map((each) => {
          const [name, forWhom] = storage.ways[each];
          return [
            each,
            <>
              {name}
              <small className="hint">{forWhom}</small>
            </>,
          ] as const;
        })}
        chosen={account.storage}
        onChange={(wanted) => void commands.moveStorage(account.id, wanted)}
      />
      <Button ref={harmless} onPress={onLeave}>
        {storage.done}
      </Button>
    </section>
  );
}
