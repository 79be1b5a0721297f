import { helpFor } from '../../src-main/domain/help.ts';
import { MINUTE, type Instant } from '../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeAccount } from '../../src-main/words/snapshot-words.ts';
import { accountActions, canCopyToken } from '../account-actions.ts';
import type { Commands } from '../face.tsx';
import { AccessClock } from '../parts/access-clock.tsx';
import { AccountActions } from '../parts/account-actions.tsx';
import { AccountFailureCard, FailureCard } from '../parts/failure-card.tsx';
import { History } from '../parts/history.tsx';
import { LoginClock } from '../parts/login-clock.tsx';
import { OwnerHeading } from '../parts/owner-heading.tsx';
import { QuietCopy } from '../parts/quiet-copy.tsx';
import { SignOut } from '../parts/sign-out.tsx';
import { Storage } from '../parts/storage.tsx';
import { useWords } from '../use-words.ts';

interface AccountViewProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
}

export function AccountView(props: AccountViewProps) {
  const { accounts, troubles } = props.snapshot;
  return (
    <>
      {troubles.map((failure) => (
        <FailureCard key={failure.code} failure={failure} look="primary" commands={props.commands} />
      ))}
      {accounts.map((account) => (
        <OneAccount key={account.id} account={account} {...props} />
      ))}
    </>
  );
}

function OneAccount({ account, snapshot, now, commands }: AccountViewProps & { readonly account: Account }) {
  const { troubles, surroundings, settings, keychainTrouble } = snapshot;
  const words = useWords();
  const actions = accountActions(account, now);
  return (
    <section className="account" aria-label={describeAccount(words, account, now).who}>
      <OwnerHeading account={account} now={now} />
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
      <History account={account} now={now - (now % MINUTE)} />
      <Storage
        account={account}
        configFile={surroundings.configFile}
        keychain={settings.keychain}
        keychainTrouble={keychainTrouble}
        savingOffered={troubles.some((failure) => helpFor(failure)?.kind === 'save-again')}
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
      <AccountActions account={account} actions={actions} commands={commands} />
    </section>
  );
}
