import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from './errno.ts';
import { giveToOwnerOf, makeFolder, OWNER_ONLY } from './owner-only.ts';
import { Turns } from './turns.ts';
import { monotonicNow } from './monotonic.ts';

/** Another process held the lock for the whole time. */
export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError';
}

const SQLITE_BUSY = 5;
const RETRY_MS = 15;

/** The callers in this process by lock file: one at a time, in their order. */
const turns = new Map<string, Turns>();

/**
 * Runs `work` while no other process, and no other caller in this one, runs theirs under the same lock file. The
 * kernel frees the lock when its holder dies, however it dies.
 *
 * Node has no file locks of its own but SQLite in it: an exclusive transaction on an empty database that nobody writes
 * to is a lock on that file and nothing else. The file stays, because deleting it would let two holders lock two files
 * of one name.
 *
 * @param path the lock file itself, with every link resolved; created with mode 0600
 * @throws LockTimeoutError, or the system's error where the lock file cannot be made
 */
export function withFileLock<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const ours = turns.get(path) ?? new Turns();
  turns.set(path, ours);
  return ours.take(() => locked(path, timeoutMs, work));
}

/** Loads SQLite, which a start that stores nothing does without. */
export function loadFileLock() {
  return import('node:sqlite');
}

async function locked<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const { DatabaseSync } = await loadFileLock();
  await makeFolder(dirname(path));
  // Here and not earlier: closing any handle of the file would free a lock that this process holds on it (POSIX).
  await makeLockFile(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    const deadline = monotonicNow() + timeoutMs;
    while (!tryLock(database)) {
      if (monotonicNow() >= deadline) throw new LockTimeoutError('the lock is held by another process');
      await delay(RETRY_MS);
    }
    return await work();
  } finally {
    database.close();
  }
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

function tryLock(database: { exec(sql: string): void }): boolean {
  try {
    // A journal on disk would be a second file beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
