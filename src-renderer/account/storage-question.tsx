import { isWithoutKeychain } from '../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { STORAGES } from '../../src-main/domain/storage.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { WhereKept } from '../controls/where-kept.tsx';
import { useWords } from '../state/use-words.ts';

interface StorageQuestionProps {
  readonly account: Account;
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onLeave: () => void;
}

/** Where what renews an account is kept. */
export function StorageQuestion({ account, snapshot, commands, onLeave }: StorageQuestionProps) {
  const { question, ways } = useWords().account.storage;
  const { keychainTrouble } = snapshot;
  return (
    <WhereKept
      question={question}
      storages={STORAGES}
      ways={ways}
      chosen={account.storage}
      hasKeychain={keychainTrouble === null || !isWithoutKeychain(keychainTrouble)}
      onChange={(wanted) => void commands.moveStorage(account.id, wanted)}
      onLeave={onLeave}
    />
  );
}
