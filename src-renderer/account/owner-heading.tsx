import type { ReactNode } from 'react';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeOwner } from '../../src-main/words/owner-words.ts';
import { describeStanding } from '../../src-main/words/standing-words.ts';
import { StateIcon } from '../controls/state-icon.tsx';
import { useWords } from '../state/use-words.ts';
import { Address } from './address.tsx';
import { Plan } from './plan.tsx';

/** A name longer than this would take more than a line at the usual size. */
const LONG = 24;

interface OwnerHeadingProps {
  readonly account: Account;
  readonly now: Instant;
  readonly menu: ReactNode;
}

/** Who is signed in, and how that stands. */
export function OwnerHeading({ account, now, menu }: OwnerHeadingProps) {
  const words = useWords();
  const standing = describeStanding(words, account, now);
  const details = describeOwner(account);
  const name = account.owner?.email ?? account.owner?.displayName ?? words.account.unknownOwner;
  return (
    <header className="owner">
      <StateIcon state={standing.icon} />
      <div className="owner-words">
        <p className={`standing state-${standing.icon}`}>{standing.words}</p>
        <h1 className={name.length > LONG ? 'name name-long' : 'name'}>
          <Address address={name} />
        </h1>
        <p className="owner-details">
          {details} <Plan account={account} />
        </p>
      </div>
      {menu}
    </header>
  );
}
