import { entryLoss, loginEnd } from '../../src-main/domain/history.ts';
import { DAY, type Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { isLoginNearItsEnd } from '../../src-main/domain/standing.ts';
import { describeAccount } from '../../src-main/words/account-words.ts';
import { Bar } from '../controls/bar.tsx';
import { proportionLeft } from '../state/proportion.ts';
import { useWords } from '../state/use-words.ts';

/** How long a login usually lives (`facts.md` section 1), where nobody told when this one began. */
const USUAL_LIFETIME = 30 * DAY;

/** The login's clock: weeks, as a bar. Refreshing does not extend it (`facts.md` section 1). */
export function LoginClock({ account, now }: { readonly account: Account; readonly now: Instant }) {
  const { loginIssuedAt, loginExpiresAt, history } = account;
  const words = useWords();
  const { login } = describeAccount(words, account, now);
  const { title, over, unknown } = words.account.login;
  if (loginExpiresAt === null || login === null) {
    return (
      <section className="clock clock-login">
        <h2 className="label">{title}</h2>
        <Bar left={null} tone="accent" />
        <p className="clock-sentence">{unknown}</p>
      </section>
    );
  }
  const left = loginExpiresAt - now;
  // The service may end a login before its time: nothing is left of it then, whatever was promised.
  const isCutShort = left > 0 && loginEnd(history) === 'refused';
  const isOver = left <= 0 || isCutShort;
  // As calm a bar as ever would contradict what is said above.
  const isDoubtful = entryLoss(history) !== null || loginEnd(history) === 'uncertain';
  const begun = loginIssuedAt ?? loginExpiresAt - USUAL_LIFETIME;
  const proportion = account.whereabouts === 'nowhere' ? null : proportionLeft(begun, loginExpiresAt, now);
  return (
    <section className="clock clock-login">
      <h2 className="label">{title}</h2>
      <span className="clock-left">{isOver ? over : words.format.duration(left)}</span>
      <Bar
        left={isOver ? 0 : proportion}
        tone={isOver ? 'trouble' : isDoubtful || isLoginNearItsEnd(account, now) ? 'warning' : 'accent'}
      />
      <p className="clock-sentence">{login}</p>
    </section>
  );
}
