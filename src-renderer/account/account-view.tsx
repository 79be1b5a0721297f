import { useState, type ToggleEvent } from 'react';
import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import { helpFor } from '../../src-main/domain/help.ts';
import { MINUTE, type Instant } from '../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { canCopyToken } from '../../src-main/domain/token-use.ts';
import { isKeptAside } from '../../src-main/domain/whereabouts.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import { mostInNeed } from '../../src-main/words/tray-tooltip-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { QuietCopy } from '../controls/quiet-copy.tsx';
import { useWords } from '../state/use-words.ts';
import { AccountFailureCard, FailureCard } from '../trouble/failure-card.tsx';
import { toneOf } from '../trouble/tone.ts';
import { AccessClock } from './access-clock.tsx';
import { accountActions } from './account-actions.ts';
import { ActionButtons } from './action-buttons.tsx';
import { HistoryCard } from './history/history-card.tsx';
import { LoginClock } from './login-clock.tsx';
import { OwnerHeading } from './owner-heading.tsx';
import { SignOut } from './sign-out.tsx';
import { Storage } from './storage.tsx';

interface AccountViewProps {
  readonly snapshot: Snapshot;
  /** Whose sign-in has just been seen to succeed, if any. */
  readonly latest: string | null;
  readonly now: Instant;
  readonly commands: Commands;
}

/** Who is signed in. Several are a list, one of them unfolded. */
export function AccountView(props: AccountViewProps) {
  const { accounts, troubles } = props.snapshot;
  const Each = accounts.length === 1 ? Whole : Folding;
  const [first, setFirst] = useState(() => props.latest ?? mostInNeed(accounts, props.now)?.id);
  // Signed out meanwhile.
  if (!accounts.some(({ id }) => id === first)) setFirst(mostInNeed(accounts, props.now)?.id);
  return (
    <>
      {troubles.map((failure) => (
        <FailureCard
          key={failure.code}
          failure={failure}
          // What can wait does not compete with the account's own button.
          {...(toneOf(failure) !== 'calm' && { look: 'primary' })}
          accountId={accounts[0]?.id ?? DEFAULT_CREDENTIAL_ID}
          // Of several nobody can tell whose; each has a button of its own.
          offered={accounts.length > 1 ? ['sign-in'] : []}
          isKeptAside={isKeptAside(props.snapshot)}
          commands={props.commands}
        />
      ))}
      {accounts.map((account) => (
        <Each key={account.id} account={account} isUnfolded={account.id === first} {...props} />
      ))}
    </>
  );
}

interface OneAccountProps extends AccountViewProps {
  readonly account: Account;
}

function Whole(props: OneAccountProps) {
  const { who } = describeAccount(useWords(), props.account, props.now, props.snapshot.accounts);
  return (
    <section className="account" aria-label={who}>
      <OwnerHeading {...props} />
      <Body {...props} />
    </section>
  );
}

function Folding({ isUnfolded, ...props }: OneAccountProps & { readonly isUnfolded: boolean }) {
  const { who } = describeAccount(useWords(), props.account, props.now, props.snapshot.accounts);
  return (
    <section aria-label={who}>
      {/* Of those with one name the browser keeps one open. */}
      <details className="account-fold" name="account" open={isUnfolded} onToggle={keepInSight}>
        <summary>
          <OwnerHeading {...props} />
        </summary>
        <div className="account">
          <Body {...props} />
        </div>
      </details>
    </section>
  );
}

/** What a person unfolds stays in sight while another one above it folds. */
function keepInSight({
  currentTarget: { open, firstElementChild: summary },
}: ToggleEvent<HTMLDetailsElement>) {
  if (open && summary === document.activeElement) summary?.scrollIntoView({ block: 'start' });
}

function Body({ account, snapshot, now, commands }: OneAccountProps) {
  const words = useWords();
  const actions = accountActions(account, now);
  return (
    <>
      {account.troubles.map((failure) => (
        <AccountFailureCard
          key={failure.code}
          failure={failure}
          account={account}
          now={now}
          offered={actions.map(({ kind }) => kind)}
          commands={commands}
        />
      ))}
      <div className="card clocks">
        <AccessClock account={account} now={now} />
        <LoginClock account={account} now={now} />
      </div>
      <HistoryCard account={account} now={now - (now % MINUTE)} />
      <Storage
        account={account}
        snapshot={snapshot}
        savingOffered={snapshot.troubles.some((failure) => helpFor(failure)?.kind === 'save-again')}
        commands={commands}
      />
      <div className="quiet-actions">
        {canCopyToken(account, now) && (
          <QuietCopy
            label={words.window.copyAccessToken}
            copied={words.window.accessTokenCopied}
            copy={() => commands.copyAccessToken(account.id)}
          />
        )}
        <SignOut account={account} commands={commands} />
      </div>
      <ActionButtons account={account} actions={actions} commands={commands} />
    </>
  );
}
