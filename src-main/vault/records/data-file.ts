import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { FailureError, type Failure, type FileObstacle } from '../../domain/failure.ts';
import {
  blankOut,
  clearNeedless,
  existing,
  takeRoom,
  temporaryFilesFor,
  writeFileAtomically,
} from '../files/atomic-write.ts';
import { errnoOf, reasonOf } from '../files/errno.ts';
import { LockTimeoutError, withFileLock } from '../files/file-lock.ts';

const LOCK_TIMEOUT_MS = 10_000;

/** What every file of ours says of itself, so that a later version can change the shape. */
interface Versioned {
  readonly version: number;
}

/** An update with its room on disk taken already. */
export interface PreparedUpdate<Content> {
  /** Leaves a content of its own in the room, where `leftovers` finds it after a crash. Never throws. */
  draft(change: (fresh: Content) => Content): void;
  /** As `DataFile.update`; to be called once. */
  update(change: (content: Content) => Content): Promise<void>;
  /** Gives the room back; nothing to do after `update`. */
  release(): Promise<void>;
}

/**
 * One JSON file in our own data folder. One that cannot be understood (no JSON, another version, another shape) is set
 * aside as `<name>.broken-<time>`, never deleted, and a fresh one begun. Processes take turns by a lock in the folder.
 */
export class DataFile<Content extends Versioned> {
  readonly path: string;
  readonly #schema: v.GenericSchema<unknown, Content>;
  readonly #fresh: Content;
  #setAside: Failure | null = null;

  /** @param schema loose objects, so that fields it does not know survive an update */
  constructor(path: string, schema: v.GenericSchema<unknown, Content>, fresh: Content) {
    this.path = path;
    this.#schema = schema;
    this.#fresh = fresh;
  }

  /** `data-set-aside` once that has happened in this process, else `null`. */
  get setAside(): Failure | null {
    return this.#setAside;
  }

  /** The content, `null` where there is no file. @throws FailureError `data-not-writable` */
  async find(): Promise<Content | null> {
    const content = await this.read();
    return content === this.#fresh ? null : content;
  }

  /** The content, a fresh one where there is no file. @throws FailureError `data-not-writable` */
  async read(): Promise<Content> {
    try {
      return (await this.#readWhole()) ?? (await this.#locked(() => this.#readOrSetAside()));
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** `null` for a file that cannot be understood. */
  async #readWhole(): Promise<Content | null> {
    try {
      return this.#parse(await readFile(this.path, 'utf8'));
    } catch (error) {
      // Where its folder is a file there is none either.
      if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return this.#fresh;
      throw error;
    }
  }

  /** Under the lock: another process may have set the broken file aside and begun a fresh one already. */
  async #readOrSetAside(): Promise<Content> {
    const content = await this.#readWhole();
    if (content !== null) return content;
    // Colons are not allowed in names on Windows.
    const name = `${this.#broken}${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(this.path, join(dirname(this.path), name));
    this.#setAside = { code: 'data-set-aside', path: this.path, setAsideAs: name };
    return this.#fresh;
  }

  /** What a crash kept from taking the file's place: while it is synced it is whole in a temporary file. Never rejects. */
  async leftovers(): Promise<readonly { readonly path: string; readonly content: Content }[]> {
    const paths = await temporaryFilesFor(this.path).catch(() => []);
    const found = await Promise.all(
      paths.map(async (path) => {
        const content = this.#parse(await readFile(path, 'utf8').catch(() => ''));
        return content === null ? [] : [{ path, content }];
      }),
    );
    return found.flat();
  }

  /**
   * Removes the temporary files that are needless by what they hold, and these texts from what was set aside: of that nobody
   * knows what else it holds.
   *
   * @throws FailureError `data-not-writable`
   */
  async clear(isNeedless: (text: string) => boolean, texts: readonly string[]): Promise<void> {
    try {
      const temporary = await temporaryFilesFor(this.path).catch(() => []);
      await clearNeedless(temporary, isNeedless, (work) => this.#locked(work));
      for (const path of await this.#setAsidePaths()) await blankOut(path, texts);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async #setAsidePaths(): Promise<readonly string[]> {
    const folder = dirname(this.path);
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.startsWith(this.#broken)).map((name) => join(folder, name));
  }

  get #broken(): string {
    return `${basename(this.path)}.broken-`;
  }

  #locked<T>(work: () => Promise<T>): Promise<T> {
    return withFileLock(join(dirname(this.path), '.lock'), LOCK_TIMEOUT_MS, work);
  }

  /** Replaces the content by what `change` makes of it; on disk when this returns. @throws FailureError `data-not-writable` */
  async update(change: (content: Content) => Content): Promise<void> {
    await this.#update(change, (text) => writeFileAtomically(this.path, text));
  }

  /**
   * Takes room on disk, so that a full one shows before anything depends on the update, and so does a lock that nobody gets.
   *
   * @param bytes by how much the file may grow
   * @throws FailureError `data-not-writable`
   */
  async prepare(bytes: number): Promise<PreparedUpdate<Content>> {
    try {
      const size = ((await existing(stat(this.path)))?.size ?? 0) + bytes;
      const room = await this.#locked(() => takeRoom(this.path, size));
      return {
        draft: (change) => {
          try {
            room.draft(filled(change(this.#fresh), size));
          } catch {
            // A crash in the next moment would lose it, as it would without a draft.
          }
        },
        update: async (change) => {
          try {
            await this.#update(change, (text) => room.replace(text));
          } finally {
            await room.release();
          }
        },
        release: () => room.release(),
      };
    } catch (error) {
      throw this.#failure(error);
    }
  }

  async #update(
    change: (content: Content) => Content,
    write: (text: string) => Promise<void>,
  ): Promise<void> {
    try {
      await this.#locked(async () => {
        const content = await this.#readOrSetAside();
        const changed = change(content);
        if (changed !== content) await write(`${JSON.stringify(changed, null, 2)}\n`);
      });
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #parse(text: string): Content | null {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return null;
    }
    const result = v.safeParse(this.#schema, json);
    return result.success ? result.output : null;
  }

  #failure(error: unknown): FailureError {
    if (error instanceof FailureError) return error;
    const isBusy = error instanceof LockTimeoutError;
    const reason = isBusy ? ('held-too-long' satisfies FileObstacle) : reasonOf(error);
    return new FailureError({ code: 'data-not-writable', path: this.path, reason }, { cause: error });
  }
}

/** As JSON of that length, the rest of it random: a file system that compresses gives little of the room away. */
function filled(content: object, size: number): string {
  const text = (rest: string) => JSON.stringify({ ...content, rest });
  const length = Math.max(0, size - Buffer.byteLength(text('')));
  return text(randomBytes(length).toString('base64').slice(0, length));
}
