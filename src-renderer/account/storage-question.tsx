import { isWithoutKeychain, KEYCHAIN_IS_THERE, type Failure } from '../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { STORAGES } from '../../src-main/domain/storage.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { WhereKept } from '../controls/where-kept.tsx';
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

/** Where what renews an account is kept. */
export function StorageQuestion({ account, snapshot, commands, onLeave }: StorageQuestionProps) {
  const words = useWords();
  const { question, ways } = words.account.storage;
  const missing = withoutKeychain(account, snapshot);
  return (
    <WhereKept
      question={question}
      storages={STORAGES}
      ways={ways}
      chosen={account.storage}
      missing={missing === null ? null : describeFailure(words, missing, 'other').explanation}
      onChange={(wanted) => void commands.moveStorage(account.id, wanted)}
      onLeave={onLeave}
    />
  );
}
