import { durationWords } from '../../src-main/domain/duration-words.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { standingOf } from '../../src-main/domain/standing.ts';
import { describeAccount } from '../../src-main/domain/words.ts';
import { proportionLeft, USUAL_ACCESS_LIFETIME } from '../proportion.ts';
import { Ring } from './ring.tsx';

const TONES = {
  valid: 'accent',
  expiring: 'warning',
  expired: 'warning',
  'needs-sign-in': 'trouble',
} as const;

const HINTS = {
  valid: 'What programs use to talk to Claude.',
  expiring: 'It ends in a moment; your login goes on.',
  expired: 'You are still signed in: a refresh is enough.',
  'needs-sign-in': 'Sign in again to get a new one.',
} as const;

/** The access token's clock: hours, as a ring. */
export function AccessClock({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const { accessIssuedAt, accessExpiresAt } = account;
  const standing = standingOf(account, now);
  const tone = TONES[standing];
  return (
    <section className="clock clock-access">
      {accessExpiresAt === null ? (
        <Ring left={0} tone={tone} size="large">
          ?
        </Ring>
      ) : (
        <Ring
          left={proportionLeft(
            accessIssuedAt ?? accessExpiresAt - USUAL_ACCESS_LIFETIME,
            accessExpiresAt,
            now,
          )}
          tone={tone}
          size="large"
        >
          {now < accessExpiresAt ? unbroken(durationWords(accessExpiresAt - now)) : 'expired'}
        </Ring>
      )}
      <div className="clock-words">
        <h2 className="label">Access token</h2>
        <p className="clock-sentence">{describeAccount(account, now).access}</p>
        <p className="hint">{HINTS[standing]}</p>
      </div>
    </section>
  );
}

/** Breaks between "5 h" and "30 min" only. */
function unbroken(duration: string): string {
  return duration.replace(/(\d) /g, '$1\u00a0');
}
