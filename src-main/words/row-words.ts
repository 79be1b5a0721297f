import { DAY, type Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { describeFailure } from './failure-words.ts';
import { accountIcon, pressingTrouble, type IconState } from './tray-tooltip-words.ts';
import { describeStanding } from './standing-words.ts';
import type { Words } from './words.ts';

/** One of several accounts, in a line or two. */
export interface RowWords {
  /** One letter, in the account's picture. */
  readonly initial: string;
  readonly name: string;
  /** What tells it from another account of the same name; `null` where none has it. */
  readonly apart: string | null;
  /** "Until 21 Dec", or what is wrong. */
  readonly standing: string;
  readonly icon: IconState;
}

/** @param accounts all of them */
export function describeRow(
  words: Words,
  account: Account,
  accounts: readonly Account[],
  now: Instant,
): RowWords {
  const name = nameOf(words, account);
  const alike = accounts.filter((each) => each.id !== account.id && nameOf(words, each) === name);
  const organization = account.owner?.organizationName ?? null;
  const isTelling =
    organization !== null && alike.every(({ owner }) => owner?.organizationName !== organization);
  const apart = alike.length === 0 ? null : isTelling ? organization : account.id;
  return {
    initial: (Array.from(apart ?? name)[0] ?? '').toUpperCase(),
    name,
    apart,
    standing: standingOfRow(words, account, now),
    icon: accountIcon(account, now),
  };
}

function nameOf(words: Words, { owner, id }: Account): string {
  return owner?.email ?? owner?.displayName ?? (id === 'default' ? words.account.unknownOwner : id);
}

function standingOfRow(words: Words, account: Account, now: Instant): string {
  const icon = accountIcon(account, now);
  const trouble = icon === 'trouble' ? pressingTrouble(account, now) : null;
  if (trouble !== null) return describeFailure(words, trouble, 'refresh').title;
  if (icon !== 'valid' || account.loginExpiresAt === null) return describeStanding(words, account, now).words;
  const { format } = words;
  const end = account.loginExpiresAt;
  return words.account.login.untilShort(
    end - now < 2 * DAY ? format.instant(end, now) : format.shortDay(end),
  );
}
