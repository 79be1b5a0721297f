import { entryLoss, hasLostAnswer, loginEnd } from '../domain/history.ts';
import { DAY, type Instant } from '../domain/instant.ts';
import { planRefresh } from '../domain/refresh-policy.ts';
import type { Account } from '../domain/snapshot.ts';
import { secretOf } from '../domain/storage.ts';
import { isLoginNearItsEnd, isLoginOver, isUnrenewable } from '../domain/standing.ts';
import { seemsToGoOnAs } from '../domain/whereabouts.ts';
import { accessHint } from './access-hint.ts';
import { describeAccount, lostSentence } from './account-words.ts';
import type { Words } from './words.ts';

/** One of an account's two clocks, told at large where it leads and in a line where the other one does. */
export interface ClockWords {
  /** What is left: "28 days", "expired"; `null` where nobody can tell. */
  readonly left: string | null;
  /** "Signed in until 21 December" */
  readonly sentence: string;
  /** What that means for the person: "Nothing to do until then" */
  readonly hint: string;
  /** Beside `name` and `left` in a line: "Renews by itself about 14:10" */
  readonly detail: string;
}

/** The access token's clock. */
export function describeAccessClock(words: Words, account: Account, now: Instant): ClockWords {
  const { access } = words.account;
  const next = nextOf(words, account, now);
  const hint = accessHint(words, account, now);
  const { accessExpiresAt } = account;
  if (account.whereabouts === 'nowhere') {
    const left = seemsToGoOnAs(account) === null ? access.gone : null;
    return { left, sentence: lostSentence(words, account), hint, detail: hint };
  }
  const isOver = accessExpiresAt !== null && now >= accessExpiresAt;
  const when = accessExpiresAt === null ? null : words.format.instant(accessExpiresAt, now);
  return {
    left:
      accessExpiresAt === null
        ? null
        : isOver
          ? access.expired
          : words.format.duration(accessExpiresAt - now),
    sentence: sentenceOf(words, account, when, isOver),
    hint: stageHint(words, isOver && when !== null ? access.since(when) : null, next, hint),
    detail: next ?? (isOver && when !== null ? access.since(when) : hint),
  };
}

function sentenceOf(words: Words, account: Account, when: string | null, isOver: boolean): string {
  const { access } = words.account;
  if (account.refreshing) return access.renewing;
  if (when === null) return access.withoutEnd;
  return isOver ? access.over : access.until(when);
}

/** Since when, what comes next, and what else there is to know. */
function stageHint(
  { account, conventions }: Words,
  since: string | null,
  next: string | null,
  hint: string,
): string {
  const { whatItIsFor, endsInAMoment, refreshIsEnough } = account.access.hints;
  // What comes next says it all.
  const isSaid = hint === whatItIsFor || hint === endsInAMoment || hint === refreshIsEnough;
  const last = next !== null && isSaid ? next : hint;
  return [since, next === last ? null : next]
    .filter((part) => part !== null)
    .map((part) => `${conventions.sentence(part)}${conventions.between}`)
    .concat(last)
    .join('');
}

/** What Latchkey does next about the token; `null` where it does nothing, or that is not to be counted on. */
function nextOf(words: Words, account: Account, now: Instant): string | null {
  const { next } = words.account.access;
  if (account.refreshing) return words.window.renewing;
  const hasLoginEnded = loginEnd(account.history) !== null || isLoginOver(account, now);
  const plan = planRefresh(account, account.history, now);
  if (hasLoginEnded || plan.at === null || secretOf(account) !== 'at-hand') return null;
  if (plan.reason === 'after-refusal' || plan.reason === 'network-back') {
    return plan.at <= now ? next.tryNow : next.try(words.format.instant(plan.at, now));
  }
  if (plan.at <= now) return next.anyMoment;
  // It comes once in hours: the day it comes on is plain.
  const isNear = plan.at - now < DAY;
  return next.byItself(isNear ? words.format.time(plan.at) : words.format.instant(plan.at, now));
}

/**
 * The login's clock.
 *
 * @param isWell nothing of the account, nor of the whole, wants a person
 */
export function describeLoginClock(
  words: Words,
  account: Account,
  now: Instant,
  isWell: boolean,
): ClockWords {
  const { login } = words.account;
  const { loginExpiresAt, history } = account;
  const sentence = describeAccount(words, account, now).login ?? login.unknown;
  const isUncertain = loginEnd(history) === 'uncertain' || hasLostAnswer(history);
  if (account.whereabouts === 'nowhere' || isUncertain) {
    return { left: null, sentence, hint: login.goOn, detail: sentence };
  }
  if (isLoginOver(account, now) || isUnrenewable(account, now))
    return { left: login.over, sentence, hint: login.goOn, detail: login.goOn };
  if (loginEnd(history) === 'refused') {
    return { left: login.over, sentence: login.early, hint: login.goOn, detail: login.goOn };
  }
  if (loginExpiresAt === null) return { left: null, sentence, hint: '', detail: sentence };
  const then = isLoginNearItsEnd(account, now)
    ? login.then.before
    : isWell && entryLoss(history) === null
      ? login.then.nothing
      : login.then.once;
  return {
    left: words.format.left(loginExpiresAt, now),
    sentence,
    hint: then,
    detail: login.untilShort(
      loginExpiresAt - now < 2 * DAY
        ? words.format.instant(loginExpiresAt, now)
        : words.format.day(loginExpiresAt, now),
    ),
  };
}
