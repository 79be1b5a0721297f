import { DEFAULT_CREDENTIAL_ID } from '../domain/credential.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { describeAccount } from '../words/account-words.ts';
import { describeStorage } from '../words/storage-words.ts';
import { bar, NO_BAR } from './bar.ts';
import { ENGLISH, englishFrom } from './english.ts';
import { idText } from './id-text.ts';
import type { Line, Span } from './line.ts';

/** Where bars and sentences have room beside each other. */
const ROOM_FOR_BARS = 50;

/** An account for people: who it is, both clocks, and where its tokens are. */
export function accountLines(
  account: Account,
  snapshot: Pick<Snapshot, 'surroundings'>,
  now: Instant,
  columns: number | null,
): readonly Line[] {
  const id = idText(account.id);
  const { who, access, login } = describeAccount(ENGLISH, { ...account, id }, now);
  // Where no name is known it is the id that stands there.
  const isNamed = account.id === DEFAULT_CREDENTIAL_ID || who.endsWith(` ${id}`);
  const { accessIssuedAt, accessExpiresAt, loginIssuedAt, loginExpiresAt } = account;
  const [ofAccess, ofLogin] = [
    bar(accessIssuedAt, accessExpiresAt, now),
    bar(loginIssuedAt, loginExpiresAt, now),
  ];
  const hasRoom = columns === null || columns >= ROOM_FOR_BARS;
  const hasBars = hasRoom && (ofAccess !== null || (login !== null && ofLogin !== null));
  const clock = (left: Span | null, words: string): Line => [
    { text: '  ' },
    ...(hasBars ? [left ?? NO_BAR, { text: ' ' }] : []),
    { text: words },
  ];
  return [
    isNamed ? who : `${who} (${id})`,
    clock(ofAccess, access),
    ...(login === null ? [] : [clock(ofLogin, login)]),
    storedLine(account, snapshot),
  ];
}

/** Where its tokens are. */
export function storedLine(account: Account, snapshot: Pick<Snapshot, 'surroundings'>): string {
  const words = englishFrom(snapshot.surroundings.home);
  return `  Stored: ${describeStorage(words, account, snapshot)}`;
}
