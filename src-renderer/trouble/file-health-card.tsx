import { useId, type ReactNode } from 'react';
import type { Failure } from '../../src-main/domain/failure.ts';
import { fileHealthOf, keyOf } from '../../src-main/domain/file-health.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { failureFacts } from '../../src-main/words/failure-facts.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { WithPaths } from '../controls/path.tsx';
import { useWords } from '../state/use-words.ts';
import { CopyDiagnostics } from './copy-diagnostics.tsx';
import { FactsList } from './facts-list.tsx';
import { helpCommand } from './help-command.ts';
import { KeepOne } from './keep-one.tsx';
import { toneOf } from './tone.ts';

interface FileHealthCardProps {
  readonly snapshot: Pick<Snapshot, 'troubles' | 'accounts'>;
  readonly commands: Commands;
}

/** All there is to say of the config file itself, each with its sentence and, where we can, the button that mends it. */
export function FileHealthCard({ snapshot, commands }: FileHealthCardProps) {
  const words = useWords();
  const titleId = useId();
  const found = fileHealthOf(snapshot);
  if (found.length === 0) return null;
  const [gravest, ...others] = found;
  const isCalm = found.every((failure) => toneOf(failure) === 'calm');
  const details = (
    <details>
      <summary>{words.window.details}</summary>
      {found.map((failure) => (
        <FactsList key={keyOf(failure)} facts={failureFacts(words, failure)} />
      ))}
      <CopyDiagnostics commands={commands} />
    </details>
  );
  return (
    <section
      className={`card failure failure-${isCalm ? 'calm' : 'warning'} file-health`}
      aria-labelledby={titleId}
    >
      <p className="label" id={titleId}>
        {words.window.fileHealth}
      </p>
      {gravest !== undefined && (
        <Finding failure={gravest} commands={commands}>
          {others.length === 0 && details}
        </Finding>
      )}
      {/* All of them at once would push out of sight how long the login lasts. */}
      {others.length > 0 && (
        <details className="file-findings">
          <summary>{words.window.moreFindings(others.length)}</summary>
          {others.map((failure) => (
            <Finding key={keyOf(failure)} failure={failure} commands={commands} />
          ))}
        </details>
      )}
      {others.length > 0 && details}
    </section>
  );
}

interface FindingProps extends Pick<FileHealthCardProps, 'commands'> {
  readonly failure: Failure;
  /** Beside its button. */
  readonly children?: ReactNode;
}

function Finding({ failure, commands, children }: FindingProps) {
  const { title, explanation, action } = describeFailure(useWords(), failure, 'other');
  return (
    <div className="file-finding">
      <h2>{title}</h2>
      <p>
        <WithPaths text={explanation} />
      </p>
      <div className="failure-help">
        {action !== null &&
          (failure.code === 'login-shared' && failure.keep !== undefined ? (
            <KeepOne keep={failure.keep} label={action.label} commands={commands} />
          ) : (
            <Button onPress={helpCommand(action.kind, commands, null)}>{action.label}</Button>
          ))}
        {children}
      </div>
    </div>
  );
}
