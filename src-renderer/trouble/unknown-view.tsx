import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { whyUnreadable } from '../../src-main/domain/unreadable.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from './failure-card.tsx';

interface UnknownViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
}

/** The config file cannot be read, so that nobody can tell who is signed in: what is wrong with it comes first. */
export function UnknownView({ snapshot, commands }: UnknownViewProps) {
  const { account, help, window } = useWords();
  const why = whyUnreadable(snapshot);
  const others = snapshot.troubles.filter((trouble) => trouble !== why);
  const showFile = (
    <Button look="primary" onPress={() => commands.showConfigFile()}>
      {account.storage.showFile}
    </Button>
  );
  return (
    <>
      <div className="welcome">
        <StateIcon state="trouble" />
        <h1>{account.unknown}</h1>
        <p className="lead">{window.unknown.looksAgain}</p>
      </div>
      {why !== null && (
        <FailureCard
          failure={why}
          // As grave as the picture above it: nothing else can be told.
          tone="trouble"
          accountId={DEFAULT_CREDENTIAL_ID}
          // Nothing waits to be saved: the file is what has to be looked at.
          help={showFile}
          commands={commands}
        />
      )}
      {others.map((failure) => (
        <FailureCard
          key={failure.code}
          failure={failure}
          accountId={DEFAULT_CREDENTIAL_ID}
          offered={['save-again']}
          commands={commands}
        />
      ))}
      <div className="actions">
        <Button onPress={() => commands.signIn(DEFAULT_CREDENTIAL_ID)}>{help['sign-in']}</Button>
        {why === null && showFile}
      </div>
    </>
  );
}
