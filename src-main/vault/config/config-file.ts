import { readFileSync } from 'node:fs';
import { chmod, lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FailureError } from '../../domain/failure.ts';
import type { ConfigEntry, EntryEdit, OlderBlock } from './config-entry.ts';
import { ConfigPlaces } from './config-places.ts';
import {
  ConfigReader,
  contentOf,
  emptyDocument,
  loadConfigDocument,
  octal,
  type ConfigFileContent,
  type Expectation,
} from './config-reader.ts';
import { lookAtText, type RootAtFirst } from './config-text.ts';
import { mayHoldNewer } from './unread-news.ts';
import { existing, type Room } from '../files/atomic-write.ts';
import { errnoOf, reasonOf } from '../files/errno.ts';
import { loadFileLock, LockTimeoutError } from '../files/file-lock.ts';
import { MixedUpError } from '../files/in-place-write.ts';
import { unwrittenOf, type Unwritten } from './unwritten.ts';
import { OWNER_ONLY } from '../files/owner-only.ts';
import { Turns } from '../files/turns.ts';

export type { ConfigEntry, ConfigFileContent, EntryEdit, Expectation, OlderBlock };

/** Which edits a content needs. Called again where another program changes the file before they are made. */
export type Decide = (content: ConfigFileContent) => readonly EntryEdit[];

export interface EditOutcome {
  /** False where nothing had to be written. */
  readonly changed: boolean;
  /** The file's mode before, in octal, where writing took a right away from its group or from others; else `null`. */
  readonly madePrivateFrom: string | null;
}

/** An edit with its room on disk taken already. */
export interface PreparedEdit {
  /** As `edit`; to be called once. */
  commit(decide: Decide): Promise<EditOutcome>;
  /** Gives the room back; nothing to do after `commit`. */
  release(): Promise<void>;
}

export interface ConfigFileOptions {
  /** Our own folder, for what the file's folder does not take: its lock, and the journal of a write in place. */
  readonly journalFolder: string;
  /**
   * Takes the credentials that a write of ours was to bring, where a crash cut that short and the file is another one
   * since: only the journal has them. What it throws keeps the journal.
   */
  readonly keepUnwritten?: (unwritten: Unwritten) => Promise<void>;
  /** Remembers it; when left out, what takes its place outside is not noticed while what is mounted has a name. */
  readonly rootAtFirst?: RootAtFirst;
  /** For how long a file that makes no sense is looked at again after it was changed; milliseconds. */
  readonly settleMs?: number;
}

/** What an edit may come to need beyond its trial. */
const SPARE_BYTES = 16 * 1024;
const MAX_TRIES = 10;
const UNCHANGED: EditOutcome = { changed: false, madePrivateFrom: null };

/**
 * `config.yaml`, shared with other programs (`facts.md` section 3). Writers of this product take turns by a lock beside
 * the file. Others know nothing of that lock: a change of theirs that comes in between is noticed and built upon, and
 * while one of them writes in place, half of its text is not taken for the whole.
 *
 * The file is its owner's alone (0600, or 0400 where it was) whenever it was written. Where it cannot be replaced it is written in place.
 */
export class ConfigFile {
  readonly path: string;
  readonly #places: ConfigPlaces;
  readonly #reader: ConfigReader;
  readonly #keepUnwritten: NonNullable<ConfigFileOptions['keepUnwritten']>;
  readonly #settleMs: number;
  readonly #turns = new Turns();

  constructor(
    path: string,
    {
      journalFolder,
      keepUnwritten = () => Promise.resolve(),
      rootAtFirst,
      settleMs = 1_000,
    }: ConfigFileOptions,
  ) {
    this.path = path;
    this.#keepUnwritten = keepUnwritten;
    this.#places = new ConfigPlaces(path, journalFolder);
    this.#settleMs = settleMs;
    this.#reader = new ConfigReader(path, settleMs, rootAtFirst);
  }

  /**
   * A text that makes no sense, or is not what is expected, is looked at again while the file is young: another program
   * may be writing it in place. A file that does not come to rest is not settled then.
   *
   * @param isExpected false for a content that would be a surprise
   * @throws FailureError `config-unreadable`, `config-not-yaml`, `config-shape`; after a crash in a write of ours in
   *   place also `config-not-writable`, `config-locked`
   */
  async read(isExpected: Expectation = () => true): Promise<ConfigFileContent> {
    for (let tries = 1; ; tries++) {
      await this.#finishWrite();
      const rest = await this.#reader.comeToRest(isExpected, 0);
      // Ours may have begun meanwhile.
      if ((await this.#places.isWriteUnfinished()) && tries < MAX_TRIES) continue;
      // Its disk may not be there: nobody can tell then.
      if (rest.seen.text === null && (await isDangling(this.path))) throw this.#dangling();
      if (!(rest.result instanceof FailureError)) return contentOf(rest.result, rest);
      if (rest.isSettled) throw rest.result;
      return contentOf(null, rest);
    }
  }

  /** As `mayHoldNewer` of `unread-news.ts`. Never rejects. */
  async mayHoldNewer(isKnown: (refreshToken: string) => boolean): Promise<boolean> {
    return mayHoldNewer(this.path, this.#reader.understood, isKnown);
  }

  /** Loads what saving needs, so that the first save is as quick as the later ones. */
  async prepareToSave(): Promise<void> {
    await Promise.all([loadConfigDocument(), loadFileLock()]);
  }

  /**
   * Makes several edits with one write, which is on disk when this returns.
   *
   * @throws FailureError as `read` does, and `config-not-writable`, `config-locked`; the file is as it was then, or its
   *   new text is in a journal and will be written
   */
  async edit(decide: Decide): Promise<EditOutcome> {
    return this.#turns.take(() => this.#edit(decide, null));
  }

  /**
   * Tries an edit and takes room on disk for one like it, so that what stands in its way shows before anything depends
   * on it. The file stays as it is.
   *
   * @param isChecked whether also that nothing else would change, which shows only when the whole is parsed again
   * @throws FailureError as `edit` does
   */
  async prepare(trial: Decide, { isChecked = true } = {}): Promise<PreparedEdit> {
    const room = await this.#telling(async () => {
      await this.#finishWrite();
      const { document, content, seen } = await this.#readForEdit();
      if (seen.text === null) await this.#mustHaveFolder();
      const edits = trial(content);
      const text = isChecked ? document.edited(edits).text : document.textWith(edits);
      const bytes = Math.max(...[document.text, text].map((each) => Buffer.byteLength(each)));
      // Under the lock that the edit will need: one that nobody gets keeps it from being made.
      return this.#places.locked(() => this.#places.takeRoom(bytes + SPARE_BYTES));
    });
    return {
      commit: (decide) =>
        this.#turns.take(async () => {
          try {
            return await this.#edit(decide, room);
          } finally {
            await room.release();
          }
        }),
      release: () => room.release(),
    };
  }

  /** Takes the permissions of everyone but the owner away. @throws FailureError `config-not-writable` */
  async restrictPermissions(): Promise<void> {
    await this.#telling(() => chmod(this.path, OWNER_ONLY));
  }

  /**
   * What crashes left of our writes, as far as it is needless by what it holds.
   *
   * @param former where the file lay before it was made a link
   * @throws FailureError as `edit` does
   */
  async clearTemporary(isNeedless: (text: string) => boolean, former: string): Promise<void> {
    await this.#telling(() => this.#places.clearTemporary(isNeedless, former));
  }

  async #edit(decide: Decide, prepared: Room | null): Promise<EditOutcome> {
    return this.#telling(async () => {
      // Before a lock file of ours changes the folder, which tells whether the file is just being made. What stands in
      // the way is met again under the lock.
      const rest = await this.#reader.comeToRest(() => true, 0).catch(() => null);
      // Nor is a folder that somebody removed made again for nothing.
      if (rest?.seen.text === null) {
        if (decide(contentOf(null, rest)).length === 0) return UNCHANGED;
        await this.#mustHaveFolder();
      }
      return this.#places.locked(async () => {
        let room = prepared;
        const takeRoom = async () => (room ??= await this.#places.takeRoom(0));
        try {
          for (let tries = 0; tries < MAX_TRIES; tries++) {
            const outcome = await this.#tryEdit(decide, takeRoom);
            if (outcome !== null) return outcome;
          }
        } finally {
          if (prepared === null) await room?.release();
        }
        throw new FailureError({ code: 'config-locked', path: this.path });
      });
    });
  }

  /** `null` when another program changed the file between reading and replacing it. */
  async #tryEdit(decide: Decide, takeRoom: () => Promise<Room>): Promise<EditOutcome | null> {
    await this.#finishInTurn();
    const { document, content, seen } = await this.#readForEdit();
    const edited = document.edited(decide(content));
    if (edited.text === document.text) return UNCHANGED;
    const room = await takeRoom();
    try {
      await room.replace(edited.text, async () => {
        if ((await lookAtText(this.path)).text !== seen.text) throw new ChangedMeanwhile();
        // Once more, at once: what another program wrote during the first look would be lost.
        if (this.#readTextNow() !== seen.text) throw new ChangedMeanwhile();
      });
    } catch (error) {
      if (error instanceof ChangedMeanwhile || error instanceof MixedUpError) return null;
      throw error;
    }
    this.#reader.wrote(edited);
    return { changed: true, madePrivateFrom: await this.#lostRights(seen.mode) };
  }

  async #lostRights(before: number | null): Promise<string | null> {
    if (before === null || process.platform === 'win32') return null;
    // Somebody may have removed it by now.
    const after = await existing(stat(this.path));
    return after === null || (before & ~after.mode & 0o077) === 0 ? null : octal(before);
  }

  /**
   * A file that makes sense, or is empty, and has been left alone for a moment: what another program has just written
   * could be half of its text, and what it writes after we have replaced the file is lost.
   */
  async #readForEdit() {
    const rest = await this.#reader.comeToRest(() => true, this.#settleMs / 10);
    if (!rest.isSettled) throw new FailureError({ code: 'config-locked', path: this.path });
    if (rest.result instanceof FailureError) throw rest.result;
    const document = rest.result ?? (await emptyDocument(this.path));
    return { document, content: contentOf(document, rest), seen: rest.seen };
  }

  /** A folder made where a disk is missing would be hidden, with all that is in it, once that disk is back. */
  async #mustHaveFolder(): Promise<void> {
    if ((await isDangling(this.path)) && !(await this.#places.hasFolder())) {
      throw new FailureError({ code: 'config-not-writable', path: this.path, reason: 'ENOENT' });
    }
  }

  #dangling(): FailureError {
    return new FailureError({ code: 'config-unreadable', path: this.path, reason: 'ENOENT' });
  }

  /** Mends what a crash of ours has left half written; waits while another of our processes is writing in place. */
  async #finishWrite(): Promise<void> {
    if (!(await this.#places.isWriteUnfinished())) return;
    await this.#telling(() => this.#places.locked(() => this.#finishInTurn()));
  }

  #finishInTurn(): Promise<void> {
    return this.#places.finishWrite(async (write) =>
      this.#keepUnwritten(await unwrittenOf(write, this.path)),
    );
  }

  /** Only after `lookAtText` has seen that it is a file, and a small one. */
  #readTextNow(): string | null {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  /** What the system refuses, as the failure that it means here. */
  async #telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FailureError) throw error;
      if (error instanceof LockTimeoutError || error instanceof MixedUpError) {
        throw new FailureError({ code: 'config-locked', path: this.path }, { cause: error });
      }
      if (errnoOf(error) === null) throw error;
      const reason = reasonOf(error);
      throw new FailureError({ code: 'config-not-writable', path: this.path, reason }, { cause: error });
    }
  }
}

/** Whether the file, or a folder on the way to it, is a link that leads nowhere; what cannot be looked at is none. */
async function isDangling(path: string): Promise<boolean> {
  const found = await existing(lstat(path)).catch(() => null);
  if (found === null) return dirname(path) !== path && isDangling(dirname(path));
  return found.isSymbolicLink() && (await existing(stat(path)).catch(() => found)) === null;
}

class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}
