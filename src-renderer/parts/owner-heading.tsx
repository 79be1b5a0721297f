import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { ownerWords } from '../owner-words.ts';
import { standingWords } from '../standing-words.ts';
import { StateIcon } from './state-icon.tsx';

/** Who is signed in, and how that stands. */
export function OwnerHeading({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const { icon, words } = standingWords(account, now);
  const details = ownerWords(account);
  const name = account.owner?.displayName ?? 'Your Claude account';
  return (
    <header className="owner">
      <StateIcon state={icon} />
      <div className="owner-words">
        <p className={`standing state-${icon}`}>{words}</p>
        <h1>{account.owner?.email == null ? name : <Address email={account.owner.email} />}</h1>
        {details !== '' && <p className="owner-details">{details}</p>}
      </div>
    </header>
  );
}

/** Large text in a narrow window breaks it where a person would. */
function Address({ email }: { readonly email: string }) {
  const host = email.lastIndexOf('@') + 1;
  return (
    <>
      {email.slice(0, host)}
      <wbr />
      {email.slice(host)}
    </>
  );
}
