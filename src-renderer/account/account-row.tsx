import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeRow } from '../../src-main/words/row-words.ts';
import type { IconState } from '../../src-main/words/tray-tooltip-words.ts';
import { Ring } from '../controls/ring.tsx';
import { useWords } from '../state/use-words.ts';
import { loginProportion } from './clocks.tsx';
import { Address } from './address.tsx';
import { Plan } from './plan.tsx';
import { loginTone } from './stage.ts';

interface AccountRowProps {
  readonly account: Account;
  /** All of them: those alike are told apart. */
  readonly accounts: readonly Account[];
  readonly now: Instant;
}

/** One of several accounts, in two lines: who, and until when or what is wrong. */
export function AccountRow({ account, accounts, now }: AccountRowProps) {
  const { initial, name, apart, standing, icon } = describeRow(useWords(), account, accounts, now);
  const proportion = loginProportion(account, now);
  return (
    <>
      <span className="initial">
        <span aria-hidden="true">{initial}</span>
        {icon !== 'valid' && <Badge icon={icon} />}
      </span>
      <span className="account-row-words">
        <span className="row-name">
          <Address address={name} />
          {/* What tells it apart fills the line below. */}
          {apart !== null && <Plan account={account} />}
        </span>
        <span className="row-details">
          {apart !== null && (
            <>
              <span className="row-apart">{apart}</span>
              <span aria-hidden="true">·</span>
            </>
          )}
          <span className={icon === 'valid' ? 'row-standing' : `row-standing state-${icon}`}>{standing}</span>
          {apart === null && <Plan account={account} />}
        </span>
      </span>
      {proportion !== null && icon === 'valid' && (
        <Ring left={proportion} tone={loginTone(account, now)} size="mini" />
      )}
    </>
  );
}

/** That something is to be looked at, by shape as well as colour; the words beside it tell what. */
function Badge({ icon }: { readonly icon: IconState }) {
  return (
    <svg className={`badge state-${icon}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {icon === 'trouble' ? (
        <path className="badge-shape" d="M8 1.2 15.4 14a1 1 0 0 1-.9 1.5h-13A1 1 0 0 1 .6 14Z" />
      ) : (
        <circle className="badge-shape" cx="8" cy="8" r="7.5" />
      )}
      <path className="badge-mark" d={icon === 'trouble' ? 'M8 6.2v4M8 12.6v.1' : 'M8 4v4.6M8 11.6v.1'} />
    </svg>
  );
}
