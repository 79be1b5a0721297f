import { useState, type ToggleEvent } from 'react';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeOwner } from '../../src-main/words/owner-words.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import { inOrderOfNeed } from '../../src-main/words/tray-tooltip-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { ICONS } from '../controls/icons.tsx';
import { useWords } from '../state/use-words.ts';
import { AccountBody, type AccountProps } from './account-body.tsx';
import { AccountRow } from './account-row.tsx';
import { LastDay } from './history/last-day.tsx';

/** With more of them, all folded tell at a glance how each stands; one unfolded would fill the window. */
const FEW = 3;

interface AccountListProps {
  readonly snapshot: Snapshot;
  /** Whose sign-in has just been seen to succeed, if any. */
  readonly latest: string | null;
  readonly now: Instant;
  readonly commands: Commands;
}

/** Several accounts, a line each: the one in most need first, one of them unfolded at a time. */
export function AccountList({ latest, ...props }: AccountListProps) {
  const { snapshot, now, commands } = props;
  const words = useWords();
  const accounts = inOrderOfNeed(snapshot.accounts, now);
  const [unfolded, setUnfolded] = useState(() => latest ?? unfoldedAtFirst(accounts));
  // Signed out meanwhile.
  if (unfolded !== null && !accounts.some(({ id }) => id === unfolded)) {
    setUnfolded(unfoldedAtFirst(accounts));
  }
  return (
    <>
      <h1 className="visually-hidden">{words.account.several}</h1>
      <div className="card account-list">
        {accounts.map((account) => (
          <Folding key={account.id} account={account} isUnfolded={account.id === unfolded} {...props} />
        ))}
      </div>
      <div className="below-list">
        <button type="button" className="add-account" onClick={() => void commands.signIn(null)}>
          <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            {ICONS.plus}
          </svg>
          {words.account.menu.add}
        </button>
        <LastDay accounts={accounts} now={now} />
      </div>
    </>
  );
}

function unfoldedAtFirst(accounts: readonly Account[]): string | null {
  return accounts.length <= FEW ? (accounts[0]?.id ?? null) : null;
}

function Folding({ isUnfolded, ...props }: AccountProps & { readonly isUnfolded: boolean }) {
  const { account, snapshot, now } = props;
  const words = useWords();
  const { who } = describeAccount(words, account, now, snapshot.accounts);
  return (
    <section aria-label={who}>
      {/* Of those with one name the browser keeps one open. */}
      <details className="account-fold unfolds" name="account" open={isUnfolded} onToggle={keepInSight}>
        <summary>
          <AccountRow account={account} accounts={snapshot.accounts} now={now} />
        </summary>
        <div className="account">
          <AccountBody
            {...props}
            lines={2}
            heading={(menu) => (
              <div className="account-details">
                <p className="owner-details">{describeOwner(account)}</p>
                {menu}
              </div>
            )}
          />
        </div>
      </details>
    </section>
  );
}

/** What a person unfolds stays in sight while another one above it folds. */
function keepInSight({
  currentTarget: { open, firstElementChild: summary },
}: ToggleEvent<HTMLDetailsElement>) {
  if (open && summary === document.activeElement) summary?.scrollIntoView({ block: 'nearest' });
}
