import type { ReactNode } from 'react';
import { hasLostAnswer, loginEnd } from '../../src-main/domain/history.ts';
import { DAY, HOUR, type Instant } from '../../src-main/domain/instant.ts';
import type { Account } from '../../src-main/domain/snapshot.ts';
import { isLoginOver, isUnrenewable } from '../../src-main/domain/standing.ts';
import {
  describeAccessClock,
  describeLoginClock,
  type ClockWords,
} from '../../src-main/words/clock-words.ts';
import { Ring } from '../controls/ring.tsx';
import { proportionLeft } from '../state/proportion.ts';
import { useWords } from '../state/use-words.ts';
import { accessTone, leadingClock, loginTone, type ClockTone } from './stage.ts';

/** How long they usually live (`facts.md` section 1), where nobody told when this one began to. */
const USUAL_TOKEN = 8 * HOUR;
const USUAL_LOGIN = 30 * DAY;

interface ClocksProps {
  readonly account: Account;
  readonly now: Instant;
  /** Nothing of the account, nor of the whole, wants a person. */
  readonly isWell: boolean;
  /** What can be done about the token, beside its clock. */
  readonly tokenButtons: ReactNode;
}

/** How long the login and the access token last: what matters now at large, the other one in a line. */
export function Clocks({ account, now, isWell, tokenButtons }: ClocksProps) {
  const words = useWords();
  const access: Clock = {
    name: words.account.access.title,
    told: describeAccessClock(words, account, now),
    proportion: accessProportion(account, now),
    tone: accessTone(account, now),
    buttons: tokenButtons,
  };
  const login: Clock = {
    name: words.account.login.title,
    told: describeLoginClock(words, account, now, isWell),
    proportion: loginProportion(account, now),
    tone: loginTone(account, now),
    buttons: null,
  };
  const [first, second] = leadingClock(account, now) === 'login' ? [login, access] : [access, login];
  return (
    <div className="card clocks">
      <Leading clock={first} />
      <Line clock={second} />
    </div>
  );
}

interface Clock {
  readonly name: string;
  readonly told: ClockWords;
  /** 0 to 1; `null` where nobody can tell. */
  readonly proportion: number | null;
  readonly tone: ClockTone;
  readonly buttons: ReactNode;
}

function Leading({ clock: { name, told, proportion, tone, buttons } }: { readonly clock: Clock }) {
  return (
    <section className="clock clock-leading" aria-label={name}>
      {proportion !== null && told.left !== null && (
        <Ring left={proportion} tone={tone} size="large">
          <Left text={told.left} />
        </Ring>
      )}
      <div className="clock-words">
        <h2 className="clock-sentence">{told.sentence}</h2>
        {told.hint !== '' && <p className="clock-hint">{told.hint}</p>}
        {buttons !== null && <div className="clock-buttons">{buttons}</div>}
      </div>
    </section>
  );
}

function Line({ clock: { name, told, proportion, tone, buttons } }: { readonly clock: Clock }) {
  return (
    <section className="clock clock-line" aria-label={name}>
      {proportion !== null && <Ring left={proportion} tone={tone} size="mini" />}
      <div className="clock-words">
        <h2 className="clock-name">
          {name}
          {told.left !== null && (
            <>
              {' · '}
              <span className="clock-left">{told.left}</span>
            </>
          )}
        </h2>
        <p className="clock-detail">{told.detail}</p>
      </div>
      {buttons !== null && <div className="clock-buttons">{buttons}</div>}
    </section>
  );
}

/** "28 days" as a number and, small, what it counts; "5 h 30 min" in two lines. */
function Left({ text }: { readonly text: string }) {
  const [, number, unit] = /^(\d+)\s(\D+)$/.exec(text) ?? [];
  if (number === undefined) return unbroken(text);
  return (
    <>
      <span className="ring-number">{number}</span> <span className="ring-unit">{unit}</span>
    </>
  );
}

/** Breaks between "5 h" and "30 min" only. */
function unbroken(duration: string): string {
  return duration.replace(/(\d) /g, '$1\u00a0');
}

function accessProportion(account: Account, now: Instant): number | null {
  const { accessIssuedAt, accessExpiresAt, whereabouts } = account;
  if (whereabouts === 'nowhere') return 0;
  if (accessExpiresAt === null) return null;
  return proportionLeft(accessIssuedAt ?? accessExpiresAt - USUAL_TOKEN, accessExpiresAt, now);
}

/** How much of the login is left, 0 to 1; `null` where nobody can tell. */
export function loginProportion(account: Account, now: Instant): number | null {
  const { loginIssuedAt, loginExpiresAt, history, whereabouts } = account;
  // The service may end a login before its time: nothing is left of it then, whatever was promised.
  if (loginEnd(history) === 'refused' || isLoginOver(account, now) || isUnrenewable(account, now)) return 0;
  const isUncertain = loginEnd(history) === 'uncertain' || hasLostAnswer(history);
  if (loginExpiresAt === null || whereabouts === 'nowhere' || isUncertain) return null;
  return proportionLeft(loginIssuedAt ?? loginExpiresAt - USUAL_LOGIN, loginExpiresAt, now);
}
