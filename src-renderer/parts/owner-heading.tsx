import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeAccount } from '../../src-main/domain/words.ts';
import { ownerWords } from '../owner-words.ts';
import { standingWords } from '../standing-words.ts';
import { StateIcon } from './state-icon.tsx';

/** Who is signed in, and how that stands. */
export function OwnerHeading({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const { standing } = describeAccount(account, now);
  const { icon, words } = standingWords(standing);
  const details = ownerWords(account);
  return (
    <header className="owner">
      <StateIcon state={icon} />
      <div className="owner-words">
        <p className={`standing state-${icon}`}>{words}</p>
        <h1>{account.owner?.email ?? account.owner?.displayName ?? 'Your Claude account'}</h1>
        {details !== '' && <p className="owner-details">{details}</p>}
      </div>
    </header>
  );
}
