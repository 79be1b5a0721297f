import type { FailureCode } from '../../src-main/domain/failure.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { HelpKind } from '../../src-main/domain/help.ts';
import { isOfFileHealth } from '../../src-main/domain/file-health.ts';
import { isKeptAside, isRescued } from '../../src-main/domain/whereabouts.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { FailureCard } from './failure-card.tsx';
import { FileHealthCard } from './file-health-card.tsx';
import { toneOf } from './tone.ts';

interface FailureCardsProps {
  readonly snapshot: Snapshot;
  /** Whom a sign-in that helps is for. */
  readonly accountId: string;
  readonly offered?: readonly HelpKind[];
  /** What cannot wait has a button that stands out. */
  readonly standsOut?: boolean;
  /** What is told elsewhere on the page, beside what it is about. */
  readonly except?: readonly FailureCode[];
  readonly commands: Commands;
}

/** What is wrong beside the accounts: a card each, and one for the place and the state of the config file. */
export function FailureCards({
  snapshot,
  accountId,
  offered = [],
  standsOut = false,
  except = [],
  commands,
}: FailureCardsProps) {
  const { troubles, accounts } = snapshot;
  return (
    <>
      {troubles
        .filter((failure) => !isOfFileHealth(failure) && !except.includes(failure.code))
        .map((failure) => (
          <FailureCard
            key={failure.code}
            failure={failure}
            {...(standsOut && toneOf(failure) !== 'calm' && { look: 'primary' })}
            accountId={accountId}
            offered={offered}
            isKeptAside={isKeptAside(snapshot)}
            isWaiting={accounts.some(isRescued)}
            isKnown={accounts.length > 0}
            commands={commands}
          />
        ))}
      <FileHealthCard snapshot={snapshot} commands={commands} />
    </>
  );
}
