import type { ReactNode } from 'react';
import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { useWords } from '../state/use-words.ts';
import { FailureCards } from '../trouble/failure-cards.tsx';
import { AccountBody, type AccountProps } from './account-body.tsx';
import { AccountList } from './account-list.tsx';
import { OwnerHeading } from './owner-heading.tsx';

interface AccountViewProps {
  readonly snapshot: Snapshot;
  /** Whose sign-in has just been seen to succeed, if any. */
  readonly latest: string | null;
  readonly now: Instant;
  readonly commands: Commands;
  /** The API key, where there is one. */
  readonly apiKey: ReactNode;
}

/** Who is signed in. Several are a list, one of them unfolded. */
export function AccountView(props: AccountViewProps) {
  const { apiKey, ...others } = props;
  const { accounts } = props.snapshot;
  const [first] = accounts;
  const cards = (
    <FailureCards
      snapshot={props.snapshot}
      standsOut
      accountId={first?.id ?? DEFAULT_CREDENTIAL_ID}
      // Of several nobody can tell whose; each has a button of its own.
      offered={accounts.length > 1 ? ['sign-in'] : []}
      commands={props.commands}
    />
  );
  if (accounts.length === 1 && first !== undefined) {
    return <OneAccount key={first.id} account={first} others={cards} {...props} />;
  }
  return (
    <>
      {cards}
      {/* It is nobody's of them: it stands under them all, once. */}
      <AccountList {...others} />
      {apiKey}
    </>
  );
}

function OneAccount(props: AccountProps & { readonly others: ReactNode; readonly apiKey: ReactNode }) {
  const { account, snapshot, now } = props;
  const { who } = describeAccount(useWords(), account, now);
  // What is wrong takes the room of what went well before the last night.
  const told = snapshot.troubles.length + account.troubles.length + (snapshot.farewell === null ? 0 : 1);
  return (
    <section className="account" aria-label={who}>
      <AccountBody
        {...props}
        lines={told > 0 ? 2 : 4}
        heading={(menu) => <OwnerHeading account={account} now={now} menu={menu} />}
      />
    </section>
  );
}
