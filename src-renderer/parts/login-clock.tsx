import { durationWords } from '../../src-main/domain/duration-words.ts';
import { DAY, type Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { describeAccount } from '../../src-main/domain/words.ts';
import { proportionLeft, USUAL_LOGIN_LIFETIME } from '../proportion.ts';
import { Bar } from './bar.tsx';

/** The login's clock: weeks, as a bar. Refreshing does not extend it (`facts.md` section 1). */
export function LoginClock({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const { loginIssuedAt, loginExpiresAt } = account;
  const { login } = describeAccount(account, now);
  if (loginExpiresAt === null || login === null) {
    return (
      <section className="clock clock-login">
        <h2 className="label">Login</h2>
        <Bar left={null} tone="accent" />
        <p className="clock-sentence">The service did not say when the login ends</p>
      </section>
    );
  }
  const left = loginExpiresAt - now;
  return (
    <section className="clock clock-login">
      <h2 className="label">Login</h2>
      <span className="clock-left">{left > 0 ? durationWords(left) : 'ended'}</span>
      <Bar
        left={proportionLeft(loginIssuedAt ?? loginExpiresAt - USUAL_LOGIN_LIFETIME, loginExpiresAt, now)}
        tone={left <= 0 ? 'trouble' : left < 3 * DAY ? 'warning' : 'accent'}
      />
      <p className="clock-sentence">{login}</p>
    </section>
  );
}
