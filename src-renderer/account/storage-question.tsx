import { useId } from 'react';
import { isWithoutKeychain } from '../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { STORAGES, type Storage } from '../../src-main/domain/storage.ts';
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

/** Where what renews an account is kept. */
export function StorageQuestion({ account, snapshot, commands, onLeave }: StorageQuestionProps) {
  const { storage } = useWords().account;
  return (
    <WhereKept
      question={storage.question}
      storages={STORAGES}
      ways={storage.ways}
      chosen={account.storage}
      snapshot={snapshot}
      onChange={(wanted) => void commands.moveStorage(account.id, wanted)}
      onLeave={onLeave}
    />
  );
}

interface WhereKeptProps<T extends Storage> extends Pick<StorageQuestionProps, 'snapshot' | 'onLeave'> {
  readonly question: string;
  readonly storages: readonly T[];
  readonly ways: Readonly<Record<T, readonly [name: string, forWhom: string]>>;
  readonly chosen: T;
  readonly onChange: (wanted: T) => void;
}

/** Where a secret is kept: taken at once, and shown as it is by the next snapshot. */
export function WhereKept<T extends Storage>({
  question,
  storages,
  ways,
  chosen,
  snapshot,
  onChange,
  onLeave,
}: WhereKeptProps<T>) {
  const { storage } = useWords().account;
  const titleId = useId();
  const { harmless, onKeyDown } = useQuestion(onLeave);
  const { keychainTrouble } = snapshot;
  const hasKeychain = keychainTrouble === null || !isWithoutKeychain(keychainTrouble);

  return (
    <section className="card storage-question" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <Choice
        look="lines"
        legend={<span id={titleId}>{question}</span>}
        disabled={!hasKeychain && chosen === 'config-file'}
        {...(!hasKeychain && { hint: storage.noKeychain })}
        options={storages.map((each) => {
          const [name, forWhom] = ways[each];
          return [
            each,
            <>
              {name}
              <small className="hint">{forWhom}</small>
            </>,
          ] as const;
        })}
        chosen={chosen}
        onChange={onChange}
      />
      <Button ref={harmless} onPress={onLeave}>
        {storage.done}
      </Button>
    </section>
  );
}
