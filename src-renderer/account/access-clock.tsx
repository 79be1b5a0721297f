import { entryLoss } from '../../src-main/domain/history.ts';
import { HOUR, type Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { isLoginOver, standingOf } from '../../src-main/domain/standing.ts';
import { accessHint } from '../../src-main/words/access-hint.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import { Ring } from '../controls/ring.tsx';
import { proportionLeft } from '../state/proportion.ts';
import { useWords } from '../state/use-words.ts';

/** How long a token usually lives (`facts.md` section 1), where nobody told when this one began to. */
const USUAL_LIFETIME = 8 * HOUR;

/** The access token's clock: hours, as a ring. */
export function AccessClock({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const { accessIssuedAt, accessExpiresAt } = account;
  const words = useWords();
  const { title, expired, gone } = words.account.access;
  const tone = toneOf(account, now);
  return (
    <section className="clock clock-access">
      {accessExpiresAt === null || account.whereabouts === 'nowhere' ? (
        <Ring left={account.whereabouts === 'nowhere' ? 0 : null} tone={tone} size="large">
          {account.whereabouts === 'nowhere' ? gone : '?'}
        </Ring>
      ) : (
        <Ring
          left={proportionLeft(accessIssuedAt ?? accessExpiresAt - USUAL_LIFETIME, accessExpiresAt, now)}
          tone={tone}
          size="large"
        >
          {now < accessExpiresAt ? unbroken(words.format.duration(accessExpiresAt - now)) : expired}
        </Ring>
      )}
      <div className="clock-words">
        <h2 className="label">{title}</h2>
        <p className="clock-sentence">{describeAccount(words, account, now).access}</p>
        <p className="hint">{accessHint(words, account, now)}</p>
      </div>
    </section>
  );
}

function toneOf(account: Account, now: Instant): 'accent' | 'warning' | 'trouble' {
  if (account.whereabouts === 'nowhere') return 'trouble';
  const standing = standingOf(account, now);
  const lasts = entryLoss(account.history) === null && !isLoginOver(account, now);
  if (standing === 'valid' && lasts) return 'accent';
  const isOver = account.accessExpiresAt !== null && now >= account.accessExpiresAt;
  return standing === 'needs-sign-in' && isOver ? 'trouble' : 'warning';
}

/** Breaks between "5 h" and "30 min" only. */
function unbroken(duration: string): string {
  return duration.replace(/(\d) /g, '$1\u00a0');
}
