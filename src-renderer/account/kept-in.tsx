import type { Failure } from '../../src-main/domain/failure.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { isRescued } from '../../src-main/domain/whereabouts.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import { describeStorage } from '../../src-main/words/storage-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { Path, WithPaths } from '../controls/path.tsx';
import { useWords } from '../state/use-words.ts';

interface KeptInProps {
  readonly account: Account;
  readonly snapshot: Snapshot;
}

/** Where the tokens are kept, and their second copy. */
export function KeptIn({ account, snapshot }: KeptInProps) {
  const words = useWords();
  const { keychainTrouble, settings } = snapshot;
  const where = describeStorage(words, account, snapshot);
  const isLost = account.whereabouts === 'copy' || account.whereabouts === 'nowhere';
  const isUsual = account.whereabouts === 'config-file' && account.storage === 'config-file';
  return (
    <div className="kept-in">
      <h2 className="label">{words.account.storage.title}</h2>
      <p>{isUsual ? <Path path={where} /> : <WithPaths text={where} />}</p>
      {!isLost && account.storage === 'config-file' && settings.keychain && (
        <SecondCopy trouble={keychainTrouble} />
      )}
    </div>
  );
}

/** Where the tokens are, while that is not as usual, with what there is to do about it. */
export function UnusuallyKept({
  isTold,
  commands,
  ...props
}: KeptInProps & {
  /** A card on the same page tells what is wrong with the file, and has the button that helps. */
  readonly isTold: boolean;
  readonly commands: Commands;
}) {
  const words = useWords();
  const { whereabouts } = props.account;
  if (whereabouts === 'config-file') return null;
  return (
    <section className="storage">
      <div className="storage-words">
        <KeptIn {...props} />
      </div>
      {isRescued(props.account) && !isTold ? (
        <Button look="link" onPress={() => commands.saveAgain()}>
          {words.help['save-again']}
        </Button>
      ) : (
        // Where nothing waits to be saved, that is what the card has.
        !(isTold && whereabouts === 'unknown') && (
          <Button look="link" onPress={() => commands.showConfigFile()}>
            {words.account.storage.showFile}
          </Button>
        )
      )}
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
