import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeOwner } from '../../src-main/words/owner-words.ts';
import { describeStanding } from '../../src-main/words/standing-words.ts';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';

/** Who is signed in, and how that stands. */
export function OwnerHeading({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const words = useWords();
  const standing = describeStanding(words, account, now);
  const details = describeOwner(words, account);
  const name = account.owner?.displayName ?? words.account.unknownOwner;
  return (
    <header className="owner">
      <StateIcon state={standing.icon} />
      <div className="owner-words">
        <p className={`standing state-${standing.icon}`}>{standing.words}</p>
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
