import { describeFailure } from '../../src-main/domain/failure-words.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../face.tsx';
import { failureFacts } from '../failure-facts.ts';
import { helpCommand } from '../help.ts';
import { toneOf } from '../tone.ts';
import { Button } from './button.tsx';
import { FactsList } from './facts-list.tsx';

interface FailureCardProps {
  readonly failure: Failure;
  /** The account it concerns, whose life goes on by refreshing; none for what came up in a sign-in. */
  readonly account?: Account | undefined;
  readonly commands: Commands;
}

/** What happened, why we think so, the one button that helps, and details on demand. */
export function FailureCard({ failure, account, commands }: FailureCardProps) {
  const { title, explanation, action } = describeFailure(
    failure,
    account === undefined ? 'sign-in' : 'refresh',
  );
  const tone = toneOf(failure);
  return (
    <section className={`card failure failure-${tone}`}>
      <h2>{title}</h2>
      <p>{explanation}</p>
      <div className="failure-help">
        {action !== null && (
          <Button onPress={helpCommand(action.kind, commands, account?.id)}>{action.label}</Button>
        )}
        <details>
          <summary>Details</summary>
          <FactsList facts={failureFacts(failure)} />
        </details>
      </div>
    </section>
  );
}
