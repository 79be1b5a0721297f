import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { FailureCards } from '../trouble/failure-cards.tsx';
import { KeyCard } from './key-card.tsx';
import { keyStageIcon } from './key-stage.ts';

interface KeyViewProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
  readonly onUseKey: () => void;
}

/** Nobody is signed in, and there is an API key, which is a way in of its own. */
export function KeyView({ snapshot, now, commands, onUseKey }: KeyViewProps) {
  const words = useWords();
  return (
    <>
      <div className="welcome">
        <StateIcon state={keyStageIcon(snapshot)} />
        <h1>{words.apiKey.title}</h1>
      </div>
      <FailureCards snapshot={snapshot} accountId={DEFAULT_CREDENTIAL_ID} commands={commands} />
      <KeyCard snapshot={snapshot} now={now} commands={commands} onUseKey={onUseKey} isTitled={false} />
      <div className="actions">
        <Button onPress={() => commands.signIn(DEFAULT_CREDENTIAL_ID)}>{words.help['sign-in']}</Button>
      </div>
    </>
  );
}
