import type { Failure, FailureCode } from './failure.ts';
import type { Snapshot } from './snapshot.ts';

/** What is told together, as the health of the config file: who else gets hold of it, and what is odd in it. */
const OF_FILE_HEALTH: readonly FailureCode[] = [
  'config-readable-by-others',
  'file-in-git',
  'file-synced',
  'login-copied',
  'entries-unreadable',
  'id-shared',
  'login-shared',
  'older-block',
];

export function isOfFileHealth({ code }: Failure): boolean {
  return OF_FILE_HEALTH.includes(code);
}

/** All of it, whosever it is, the gravest first; what is the same for several accounts once. */
export function fileHealthOf({
  troubles,
  accounts,
}: Pick<Snapshot, 'troubles' | 'accounts'>): readonly Failure[] {
  const all = [...troubles, ...accounts.flatMap((account) => account.troubles)].filter(isOfFileHealth);
  const rank = ({ code }: Failure) => OF_FILE_HEALTH.indexOf(code);
  // Of two ids with one login each account tells of the other.
  const isFirst = (failure: Failure, at: number) =>
    all.findIndex((each) => keyOf(each) === keyOf(failure)) === at;
  return all.filter(isFirst).toSorted((one, other) => rank(one) - rank(other));
}

/** Tells what is found apart. */
export function keyOf(failure: Failure): string {
  return failure.code === 'id-shared' ? `${failure.code} ${failure.id}` : failure.code;
}
