import type { ReactNode } from 'react';
import { brokenLinkOf } from '../../src-main/domain/broken-link.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import { asksForReport, helpFor, type Activity, type HelpKind } from '../../src-main/domain/help.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { failureFacts } from '../../src-main/words/failure-facts.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { WithPaths } from '../controls/path.tsx';
import { useWords } from '../state/use-words.ts';
import { ChainPicture } from './chain-picture.tsx';
import { CopyDiagnostics } from './copy-diagnostics.tsx';
import { FactsList } from './facts-list.tsx';
import { helpCommand } from './help-command.ts';
import { ReportProblem } from './report-problem.tsx';
import { SaveAgain } from './save-again.tsx';
import { accountToneOf, toneOf, type Tone } from './tone.ts';

interface FailureCardProps {
  readonly failure: Failure;
  /** Whom a sign-in that helps is for; `null`: one account more. */
  readonly accountId: string | null;
  /** Nothing else on the page matters more than what helps. */
  readonly look?: 'primary';
  /** In the place of its own button. */
  readonly help?: ReactNode;
  /** What other buttons on the page do already, or none here should. */
  readonly offered?: readonly HelpKind[];
  /** A credential waits in Latchkey's own folder. */
  readonly isKeptAside?: boolean;
  /** Something waits to be written to the config file, as far as the caller knows. */
  readonly isWaiting?: boolean;
  /** Who is signed in is known, whatever the config file holds. */
  readonly isKnown?: boolean;
  readonly commands: Commands;
}

/** What went wrong beside a sign-in or a refresh. */
export function FailureCard({
  tone,
  ...props
}: FailureCardProps & {
  /** Where the page has it graver than it is by itself. */
  readonly tone?: Tone;
}) {
  return <Card {...props} during="other" tone={tone ?? toneOf(props.failure)} />;
}

interface AccountFailureCardProps extends Omit<FailureCardProps, 'accountId'> {
  readonly account: Account;
  readonly now: Instant;
}

/** What befell an account, whose life goes on by refreshing. */
export function AccountFailureCard({ account, now, ...props }: AccountFailureCardProps) {
  return (
    <Card
      {...props}
      during="refresh"
      tone={accountToneOf(props.failure, account, now)}
      accountId={account.id}
    />
  );
}

interface CardProps extends FailureCardProps {
  readonly during: Activity;
  readonly tone: Tone;
}

/** What happened, why we think so, the one button that helps, and details on demand. */
function Card({
  failure,
  during,
  tone,
  look,
  help,
  accountId,
  offered = [],
  isKeptAside = false,
  isWaiting = true,
  isKnown = false,
  commands,
}: CardProps) {
  const words = useWords();
  const { title, explanation } = describeFailure(words, failure, during, isKeptAside, isKnown);
  const action = helpFor(failure, during, isWaiting);
  const broken = brokenLinkOf(failure);
  return (
    <section className={`card failure failure-${tone}`}>
      <div className="failure-head">
        <h2>{title}</h2>
        {broken !== null && <ChainPicture broken={broken} size="small" />}
      </div>
      <p>
        <WithPaths text={explanation} />
      </p>
      <div className="failure-help">
        {help}
        {help === undefined &&
          action !== null &&
          !offered.includes(action.kind) &&
          (action.kind === 'save-again' ? (
            <SaveAgain failure={failure} look={look} save={() => commands.saveAgain()} />
          ) : (
            <Button look={look} onPress={helpCommand(action.kind, commands, accountId)}>
              {words.help[action.label]}
            </Button>
          ))}
        {asksForReport(failure) && <ReportProblem commands={commands} />}
        <details>
          <summary>{words.window.details}</summary>
          <FactsList facts={failureFacts(words, failure)} />
          <CopyDiagnostics commands={commands} />
        </details>
      </div>
    </section>
  );
}
