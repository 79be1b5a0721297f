import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from './errno.ts';
import { walkPath } from './path-walk.ts';
import { isSilent } from './silent-file-system.ts';
import { Turns } from './turns.ts';

/** How long changes are gathered before they are told, in milliseconds, and how soon a failed watch is tried again. */
export interface WatchTiming {
  readonly gather: number;
  readonly retry: number;
}

const TIMING: WatchTiming = { gather: 100, retry: 60_000 };

/** macOS begins to watch some time after `fs.watch` has returned (nodejs/node#52601): how long to wait for it. */
const START_DELAY = process.platform === 'darwin' ? 1_000 : null;

/** On Windows merely reading a file can be an event, and reading is what a callback does. */
const EVENT_IS_CHANGE = process.platform !== 'win32';

/**
 * When the kernel's queue of events is full (Linux: 16,384), later ones are lost, and Node does not tell. So many
 * events of others that came before are reason enough to look.
 */
const MANY = 1_000;

/**
 * Calls back soon (well under two seconds) after the file at `path` may have changed: been written, replaced, removed
 * or created, or been reached through other folders or links than before. Spurious calls are rare.
 *
 * Each folder on the way to the file is watched (`fs.watch`), because only a folder tells of a file that is replaced,
 * and the file itself, because a folder does not tell what is written through a hard link elsewhere. It is looked at
 * once more `timing.retry` later, and nothing is polled from then on but a file that is missing, since what is mounted over
 * a folder is no event, and one on a file system that tells of no others (`silent-file-system.ts`). The watch keeps no
 * process alive.
 *
 * Once it has begun no disk is walked over before it has answered elsewhere than on the main thread: where a server is away
 * whoever asks stands still until it is back, and all else would with them.
 *
 * @param onError told once for each kind of error (`code`) that keeps a folder from being watched; such changes are
 * then noticed within `timing.retry`, when the watch is tried again
 */
export function watchFile(
  path: string,
  onChange: () => void,
  onError: (error: unknown) => void,
  timing = TIMING,
): { close(): void } {
  return new FileWatch(resolve(path), onChange, onError, timing);
}

/** What the system says in the stead of a server that does not answer, after a while in which whoever asks stands still. */
const AWAY: ReadonlySet<string> = new Set(['EIO', 'ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH']);

/** A watch of a folder for some names in it, or of the file itself. */
interface Watch {
  /** `null` when it failed. */
  watcher: FSWatcher | null;
  readonly names: Set<string> | null;
}

class FileWatch {
  readonly #path: string;
  readonly #onChange: () => void;
  readonly #onError: (error: unknown) => void;
  readonly #timing: WatchTiming;
  /** By what is watched. */
  #watches = new Map<string, Watch>();
  /** What `walkPath` found. */
  #found = '';
  /** The last name on the way: the file's own, or the one that is missing. */
  #lastName = '';
  /** `null` until that was asked of what is watched now. */
  #isSilent: boolean | null = null;
  /** What the disk answered at the last check, `null` at the first of what is watched now. */
  #answer: string | null = null;
  /** One question at a time, since each that is not answered keeps one of the few threads. */
  readonly #questions = new Turns();
  #mayHaveChanged = false;
  #foreignEvents = 0;
  readonly #told = new Set<string | null>();
  #gathering: NodeJS.Timeout | undefined;
  #checking: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(path: string, onChange: () => void, onError: (error: unknown) => void, timing: WatchTiming) {
    this.#path = path;
    this.#onChange = onChange;
    this.#onError = onError;
    this.#timing = timing;
    this.#arm();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#checking);
    for (const { watcher } of this.#watches.values()) watcher?.close();
  }

  /** Watches what is on the way to the file now: a watch stays with a folder that was moved or removed. */
  #arm(): void {
    const old = this.#watches;
    this.#watches = new Map();
    this.#found = walkPath(this.#path, (folderOrFile, name) => {
      if (name !== null) this.#lastName = comparable(name);
      const watched = this.#watches.get(folderOrFile);
      if (watched === undefined) this.#watch(folderOrFile, name === null ? null : new Set([this.#lastName]));
      else watched.names?.add(this.#lastName);
    });
    // Only now, because Linux then goes on with the watch of the same folder, and loses no event in between.
    for (const { watcher } of old.values()) watcher?.close();
    clearTimeout(this.#checking);
    [this.#isSilent, this.#answer] = [null, null];
    this.#checkAfter(this.#hasFailed() ? this.#timing.retry : (START_DELAY ?? this.#timing.retry));
  }

  #watch(folderOrFile: string, names: Set<string> | null): void {
    const entry: Watch = { watcher: null, names };
    this.#watches.set(folderOrFile, entry);
    try {
      entry.watcher = watch(folderOrFile, { persistent: false });
    } catch (error) {
      this.#tell(error);
      return;
    }
    entry.watcher.on('change', (_, name) => this.#noticed(folderOrFile, names, name));
    entry.watcher.on('error', (error) => {
      // Node has closed it. On Windows the folder may have been removed, or can be opened but not watched.
      entry.watcher = null;
      void this.#failed(error);
    });
  }

  async #failed(error: unknown): Promise<void> {
    const watches = this.#watches;
    await this.#ask();
    if (this.#isOver(watches)) return;
    if (this.#hasMoved()) this.#lookSoon(false);
    else {
      this.#tell(error);
      this.#checkAfter(this.#timing.retry);
    }
  }

  #noticed(folderOrFile: string, names: Set<string> | null, name: string | Buffer | null): void {
    // Windows tells of the folder's own removal under its full path (nodejs/node#61398), and not what was lost.
    const entry = name === null ? null : comparable(basename(name.toString()));
    if (names === null || entry === null || names.has(entry)) {
      // A file can change without its size and time, a folder or link cannot without being another one.
      this.#lookSoon(EVENT_IS_CHANGE && (names === null || entry === this.#lastName));
    } else if (entry === comparable(basename(folderOrFile)) || ++this.#foreignEvents % MANY === 0) {
      this.#lookSoon(false);
    }
  }

  #lookSoon(mayHaveChanged: boolean): void {
    this.#mayHaveChanged ||= mayHaveChanged;
    this.#gathering ??= setTimeout(() => void this.#look(), this.#timing.gather).unref();
  }

  async #look(): Promise<void> {
    await this.#ask();
    if (this.#isClosed) return;
    const [before, mayHaveChanged] = [this.#found, this.#mayHaveChanged];
    this.#gathering = undefined;
    this.#mayHaveChanged = false;
    this.#arm();
    // Last, so that a change during the call is an event of its own.
    if (mayHaveChanged || this.#found !== before) this.#onChange();
  }

  #checkAfter(milliseconds: number): void {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => void this.#check(), milliseconds).unref();
  }

  async #check(): Promise<void> {
    if (this.#hasFailed()) {
      this.#lookSoon(false);
      return;
    }
    const watches = this.#watches;
    const answer = await this.#ask();
    const isSilent = this.#isSilent ?? (await this.#questions.take(() => isAnySilent(watches)));
    if (this.#isOver(watches)) return;
    const isNews = answer !== this.#answer;
    [this.#answer, this.#isSilent] = [answer, isSilent];
    if (isNews && this.#hasMoved()) this.#lookSoon(false);
    else if (isSilent || this.#isMissing()) this.#checkAfter(this.#timing.retry);
  }

  /** What is at the file's path, once its disk answers. Never rejects. */
  #ask(): Promise<string> {
    return this.#questions.take(async () => {
      for (;;) {
        const answer = await answerAt(this.#path);
        if (this.#isClosed || !AWAY.has(answer)) return answer;
        await delay(this.#timing.retry, undefined, { ref: false });
      }
    });
  }

  /** Whether nobody waits for what was asked any more, because something else is watched by now, or nothing. */
  #isOver(watches: ReadonlyMap<string, Watch>): boolean {
    return this.#isClosed || this.#watches !== watches;
  }

  #hasFailed(): boolean {
    return [...this.#watches.values()].some(({ watcher }) => watcher === null);
  }

  #isMissing(): boolean {
    return [...this.#watches.values()].every(({ names }) => names !== null);
  }

  #hasMoved(): boolean {
    return walkPath(this.#path, () => undefined) !== this.#found;
  }

  #tell(error: unknown): void {
    const code = errnoOf(error);
    // A folder that has just gone: the watch of the one above it tells.
    if (code === 'ENOENT' || code === 'ENOTDIR' || this.#told.has(code)) return;
    this.#told.add(code);
    // Later, because the caller does not hold the watch yet when it fails at once.
    queueMicrotask(() => {
      if (!this.#isClosed) this.#onError(error);
    });
  }
}

function answerAt(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ dev, ino, size, mtimeNs }) => [dev, ino, size, mtimeNs].join(':'),
    (error: unknown) => errnoOf(error) ?? String(error),
  );
}

async function isAnySilent(watches: ReadonlyMap<string, Watch>): Promise<boolean> {
  for (const [folder, { names }] of watches) {
    if (names !== null && (await isSilent(folder))) return true;
  }
  return false;
}

/** Disks that ignore case, or store accents in another form, tell a name as it is on the disk. */
function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
