import { brokenLinkOf } from '../../src-main/domain/broken-link.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import { asksForReport } from '../../src-main/domain/help.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { failureFacts } from '../../src-main/words/failure-facts.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { StateIcon } from '../controls/state-icon.tsx';
import { WithPaths } from '../controls/path.tsx';
import { useWords } from '../state/use-words.ts';
import { ChainPicture } from '../trouble/chain-picture.tsx';
import { CopyDiagnostics } from '../trouble/copy-diagnostics.tsx';
import { FactsList } from '../trouble/facts-list.tsx';
import { helpCommand } from '../trouble/help-command.ts';
import { ReportProblem } from '../trouble/report-problem.tsx';
import { toneOf } from '../trouble/tone.ts';
import { StepTerms } from './step-list.tsx';
import { TryPractice } from './try-practice.tsx';

interface FailedViewProps {
  readonly signIn: SignIn;
  readonly failure: Failure;
  /** What it was got for, where that is held all the same. */
  readonly account: Account | null;
  /** There is a practice account to try the product with. */
  readonly offersPractice: boolean;
  readonly commands: Commands;
  /** Puts the attempt away, and shows where an API key is pasted. */
  readonly onUseKey: () => void;
}

/** The failure has the stage: what happened, why we think so, the one button that helps, details on demand. */
export function FailedView({
  signIn,
  failure,
  account,
  offersPractice,
  commands,
  onUseKey,
}: FailedViewProps) {
  const words = useWords();
  const { title, explanation, action } = describeFailure(words, failure);
  const broken = brokenLinkOf(failure);
  const isUnsaved = failure.code === 'data-not-writable';
  return (
    <>
      <div className="welcome">
        {broken === null ? (
          <StateIcon state={toneOf(failure) === 'trouble' ? 'trouble' : 'needs-you'} />
        ) : (
          <ChainPicture broken={broken} size="large" />
        )}
        <h1>{title}</h1>
        {isUnsaved && <p>{words.signIn.notSaved[account === null ? 'lost' : 'held']}</p>}
        <p className="lead">
          <WithPaths text={explanation} />
        </p>
        {failure.code === 'runtime-not-vouched' && offersPractice && (
          <TryPractice look="primary" commands={commands} />
        )}
        {asksForReport(failure) && <ReportProblem commands={commands} />}
        <Button look="quiet" onPress={onUseKey}>
          {words.apiKey.instead}
        </Button>
      </div>
      <details className="failed-details">
        <summary>{words.window.details}</summary>
        <FactsList facts={failureFacts(words, failure)} />
        <StepTerms steps={signIn.steps} />
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
