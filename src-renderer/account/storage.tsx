import type { Failure } from '../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import { describeStorage } from '../../src-main/words/storage-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface StorageProps {
  readonly account: Account;
  readonly snapshot: Snapshot;
  /** A trouble on the same page offers "Save again" already. */
  readonly savingOffered: boolean;
  readonly commands: Commands;
}

/** Where the tokens are kept, with the way there, and where their second copy is. */
export function Storage({ account, snapshot, savingOffered, commands }: StorageProps) {
  const words = useWords();
  const { keychainTrouble, settings } = snapshot;
  const { whereabouts } = account;
  const isLost = whereabouts === 'copy' || whereabouts === 'nowhere';
  return (
    <section className="storage">
      <div className="storage-words">
        <h2 className="label">{words.account.storage.title}</h2>
        <span className={whereabouts === 'config-file' ? 'address' : undefined}>
          {describeStorage(words, account, snapshot)}
        </span>
      </div>
      {(whereabouts === 'config-file' || isLost || savingOffered) && (
        <Button look="link" onPress={() => commands.showConfigFile()}>
          {words.account.storage.showFile}
        </Button>
      )}
      {!isLost && whereabouts !== 'config-file' && !savingOffered && (
        <Button look="link" onPress={() => commands.saveAgain()}>
          {words.help['save-again']}
        </Button>
      )}
      {!isLost && settings.keychain && <SecondCopy trouble={keychainTrouble} />}
    </section>
  );
}

/** The keychain is a bonus: without it nothing is lost, so nobody is alarmed. */
function SecondCopy({ trouble }: { readonly trouble: Failure | null }) {
  const words = useWords();
  const { secondCopy, noSecondCopy } = words.account.storage;
  if (trouble === null) return <p className="second-copy">{secondCopy}</p>;
  const { title, explanation } = describeFailure(words, trouble, 'refresh');
  return (
    <details className="second-copy">
      <summary>{noSecondCopy}</summary>
      <p>
        {words.conventions.sentence(title)}
        {words.conventions.between}
        {explanation}
      </p>
    </details>
  );
}
