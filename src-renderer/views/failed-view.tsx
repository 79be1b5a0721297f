import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { failureFacts } from '../../src-main/words/failure-facts.ts';
import { helpCommand } from '../help.ts';
import { Button } from '../parts/button.tsx';
import { CopyDiagnostics } from '../parts/copy-diagnostics.tsx';
import { FactsList } from '../parts/facts-list.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { StepList } from '../parts/step-list.tsx';
import { TryPractice } from '../parts/try-practice.tsx';
import { toneOf } from '../tone.ts';
import { useWords } from '../use-words.ts';

interface FailedViewProps {
  readonly signIn: SignIn;
  readonly failure: Failure;
  /** There is a practice account to try the product with. */
  readonly offersPractice: boolean;
  readonly commands: Commands;
}

/** The failure has the stage: what happened, why we think so, the one button that helps, details on demand. */
export function FailedView({ signIn, failure, offersPractice, commands }: FailedViewProps) {
  const words = useWords();
  const { title, explanation, action } = describeFailure(words, failure);
  return (
    <>
      <div className="welcome">
        <StateIcon state={toneOf(failure) === 'trouble' ? 'trouble' : 'needs-you'} />
        <h1>{title}</h1>
        <p className="lead">{explanation}</p>
        {failure.code === 'runtime-not-vouched' && offersPractice && <TryPractice commands={commands} />}
      </div>
      <details className="failed-details">
        <summary>{words.window.details}</summary>
        <FactsList facts={failureFacts(words, failure)} />
        <StepList steps={signIn.steps} />
        <CopyDiagnostics commands={commands} />
      </details>
      <div className="actions">
        <Button onPress={() => commands.dismissSignIn()}>{words.window.close}</Button>
        {action !== null && (
          <Button look="primary" onPress={helpCommand(action.kind, commands, signIn.askedFor)}>
            {action.label}
          </Button>
        )}
      </div>
    </>
  );
}
