import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { windowWordsOf } from '../../src-main/words/words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { WordsContext } from '../state/use-words.ts';
import { CopyDiagnostics } from '../trouble/copy-diagnostics.tsx';

interface CrashedViewProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
}

/** In the place of everything else, which could not be drawn: of the snapshot it needs the language alone. */
export function CrashedView({ snapshot, commands }: CrashedViewProps) {
  const words = windowWordsOf(snapshot);
  const { title, lead, openAgain } = words.window.crashed;
  return (
    <WordsContext value={words}>
      <div className="face" lang={words.locale}>
        <main className="view">
          <div className="welcome" role="alert">
            <StateIcon state="trouble" />
            <h1>{title}</h1>
            <p className="lead">{lead}</p>
            <CopyDiagnostics commands={commands} />
          </div>
          <div className="actions">
            <Button look="primary" onPress={() => commands.openAgain()}>
              {openAgain}
            </Button>
          </div>
        </main>
      </div>
    </WordsContext>
  );
}
