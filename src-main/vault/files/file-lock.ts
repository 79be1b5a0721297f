import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from './errno.ts';
import { giveToOwnerOf, makeFolder, OWNER_ONLY } from './owner-only.ts';
import { standInsFor } from './stand-in-lock.ts';
import { Turns } from './turns.ts';
import { monotonicNow } from './monotonic.ts';

/** Another process held the lock for the whole time. */
export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError';
}

const SQLITE_BUSY = 5;
/**
 * What SQLite says where it gets no lock. A file system without locks is any of them: for ENOLCK (NFS without a lock
 * daemon) it says that somebody holds it, for ENOSYS (Lustre without `flock`) and ENOTSUP that the disk has an error.
 */
const REFUSALS: readonly number[] = [SQLITE_BUSY, 3 /* PERM */, 3850 /* IOERR_LOCK */];
const RETRY_MS = 15;
/** So often another stand-in is taken, each time that the one which was waited for is gone. The first time it is made. */
const ATTEMPTS = 5;
/** So long it is not tried again whether there are locks: not for each of the files that one refresh writes. */
const WITHOUT_LOCKS_MS = 10_000;

/** The callers in this process by lock file: one at a time, in their order. */
const turns = new Map<string, Turns>();
/** Folders that let no locks through, and until when that counts. */
const withoutLocks = new Map<string, number>();

/**
 * Runs `work` while no other process, and no other caller in this one, runs theirs under the same lock file. The
 * kernel frees the lock when its holder dies, however it dies. Where the folder lets no locks through one on this
 * computer's own disk stands in for it. Where there are none either it runs as well, and only this process's callers take
 * turns: a login that can be stored nowhere is lost, which is worse than what two that write at the same moment do to
 * each other.
 *
 * Node has no file locks of its own but SQLite in it: an exclusive transaction on an empty database that nobody writes
 * to is a lock on that file and nothing else. The file stays, because deleting it would let two holders lock two files
 * of one name.
 *
 * @param path the lock file itself, with every link resolved; created with mode 0600
 * @param work is told whether it has the lock
 * @throws LockTimeoutError, or the system's error where the lock file cannot be made
 */
export function withFileLock<T>(
  path: string,
  timeoutMs: number,
  work: (isLocked: boolean) => Promise<T>,
): Promise<T> {
  const ours = turns.get(path) ?? new Turns();
  turns.set(path, ours);
  return ours.take(() => locked(path, timeoutMs, work));
}

/** Loads SQLite, which a start that stores nothing does without. */
export function loadFileLock() {
  return import('node:sqlite');
}

async function locked<T>(
  path: string,
  timeoutMs: number,
  work: (isLocked: boolean) => Promise<T>,
): Promise<T> {
  await makeFolder(dirname(path));
  const deadline = monotonicNow() + timeoutMs;
  const lock = (await hold(path, deadline)) ?? (await holdStandIn(path, deadline));
  try {
    return await work(lock !== null);
  } finally {
    lock?.close();
  }
}

/** @returns the lock, to be closed; `null` where its folder lets none through */
async function hold(path: string, deadline: number): Promise<DatabaseSync | null> {
  const database = await openLockFile(path);
  let isHeld = false;
  try {
    let refusal = tryLock(database);
    if (refusal !== null && (await hasNoLocks(dirname(path)))) return null;
    while (refusal !== null) {
      if (refusal.errcode !== SQLITE_BUSY) throw refusal;
      if (monotonicNow() >= deadline) throw new LockTimeoutError('the lock is held by another process');
      await delay(RETRY_MS);
      refusal = tryLock(database);
    }
    isHeld = true;
    return database;
  } finally {
    if (!isHeld) database.close();
  }
}

/** @returns `null` where none is to be had. @throws LockTimeoutError */
async function holdStandIn(
  path: string,
  deadline: number,
  attempts = ATTEMPTS,
): Promise<DatabaseSync | null> {
  for await (const standIn of standInsFor(path)) {
    const before = await identityOf(standIn);
    const lock = await hold(standIn, deadline).catch((error: unknown) => {
      if (error instanceof LockTimeoutError) throw error;
      return null;
    });
    if (lock === null) continue;
    // It may have been cleared away while it was waited for, and somebody else hold another one of its name.
    if (attempts === 1 || (await identityOf(standIn)) === before) return lock;
    lock.close();
    return holdStandIn(path, deadline, attempts - 1);
  }
  return null;
}

/** `null` where there is none. */
async function identityOf(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  return found === null ? null : `${found.dev}:${found.ino}`;
}

/** Whether a file of which nobody else knows cannot be locked there either. False where nobody can tell. Never rejects. */
async function hasNoLocks(folder: string): Promise<boolean> {
  if ((withoutLocks.get(folder) ?? 0) > monotonicNow()) return true;
  const probe = join(folder, `.latchkey-${randomUUID()}.lock`);
  try {
    const database = await openLockFile(probe);
    try {
      if (tryLock(database) === null) return false;
    } finally {
      database.close();
    }
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  withoutLocks.set(folder, monotonicNow() + WITHOUT_LOCKS_MS);
  return true;
}

async function openLockFile(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadFileLock();
  // Here and not earlier: closing any handle of the file would free a lock that this process holds on it (POSIX).
  await makeLockFile(path);
  return new DatabaseSync(path, { timeout: 0 });
}

/** Follows no link and waits for no pipe: in a shared folder somebody may have put one there. */
async function makeLockFile(path: string): Promise<void> {
  const { O_CREAT, O_EXCL, O_RDWR, O_NOFOLLOW, O_NONBLOCK } = constants;
  // Windows has neither of the last two.
  const flags =
    O_RDWR | ((O_NOFOLLOW as number | undefined) ?? 0) | ((O_NONBLOCK as number | undefined) ?? 0);
  const made = await open(path, flags | O_CREAT | O_EXCL, OWNER_ONLY).catch((error: unknown) => {
    if (errnoOf(error) === 'EEXIST') return null;
    throw error;
  });
  const file = made ?? (await open(path, flags));
  try {
    if (!(await file.stat()).isFile()) throw Object.assign(new Error('no file'), { code: 'EEXIST' });
    // Only of one we made ourselves: another name of an existing file would give that away.
    if (made !== null) await giveToOwnerOf(dirname(path), made);
  } finally {
    await file.close();
  }
}

/** `null` where it is ours now. @throws what is no matter of locks, such as a damaged file */
function tryLock(database: DatabaseSync): Refusal | null {
  try {
    // A journal on disk would be a second file beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return null;
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

type Refusal = Error & { readonly errcode: number };

function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    REFUSALS.includes(error.errcode)
  );
}
