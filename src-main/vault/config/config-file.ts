import { readFileSync } from 'node:fs';
import { chmod, lstat, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { FailureError } from '../../domain/failure.ts';
import type { ConfigDocument } from './config-document.ts';
import type { ConfigEntry, EntryEdit, OlderBlock } from './config-entry.ts';
import { ConfigPlaces } from './config-places.ts';
import { lookAtText, type SeenText } from './config-text.ts';
import { existing, type Room } from '../files/atomic-write.ts';
import { errnoOf, reasonOf } from '../files/errno.ts';
import { loadFileLock, LockTimeoutError } from '../files/file-lock.ts';
import { MixedUpError } from '../files/in-place-write.ts';
import { Turns } from '../files/turns.ts';

export type { ConfigEntry, EntryEdit, OlderBlock };

export interface ConfigFileContent {
  /** In the file's order. */
  readonly entries: readonly ConfigEntry[];
  /** Of every item of the list, also of those that hold no token. */
  readonly ids: readonly string[];
  /** A login that an older program wrote elsewhere in the file, `null` for none. */
  readonly olderBlock: OlderBlock | null;
  /** The file's mode in octal where users other than its owner may read it, else `null`. Unix only. */
  readonly readableByOthers: string | null;
  /** False while another program keeps on changing the file: this may be half of what it writes. */
  readonly isSettled: boolean;
}

/** Whether a content is no surprise. */
export type Expectation = (content: ConfigFileContent) => boolean | Promise<boolean>;

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
  /** For how long a file that makes no sense is looked at again after it was changed; milliseconds. */
  readonly settleMs?: number;
}

/** What an edit may come to need beyond its trial. */
const SPARE_BYTES = 16 * 1024;
const MAX_TRIES = 10;
const LOOK_AGAIN_MS = 50;
const UNCHANGED: EditOutcome = { changed: false, madePrivateFrom: null };

/** A text and what it says, or why it says nothing. */
interface Parsed {
  readonly text: string;
  readonly result: ConfigDocument | FailureError;
}

/** What was seen in the end, and whether the file had come to rest. */
interface Rest {
  readonly seen: SeenText;
  readonly result: ConfigDocument | FailureError;
  readonly isSettled: boolean;
}

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
  readonly #settleMs: number;
  readonly #turns = new Turns();
  /** The last text that was read or written: the same is not parsed again. */
  #parsed: Parsed | null = null;
  /** The text that the file was seen to rest at, or that we wrote; `undefined` for none, `null` for no file. */
  #restingText: string | null | undefined = undefined;

  constructor(path: string, { journalFolder, settleMs = 1_000 }: ConfigFileOptions) {
    this.path = path;
    this.#places = new ConfigPlaces(path, journalFolder);
    this.#settleMs = settleMs;
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
      const rest = await this.#comeToRest(isExpected, 0);
      // Ours may have begun meanwhile.
      if ((await this.#places.isWriteUnfinished()) && tries < MAX_TRIES) continue;
      // Its disk may not be there: nobody can tell then.
      if (rest.seen.text === null && (await isLink(this.path))) throw this.#dangling();
      if (!(rest.result instanceof FailureError)) return contentOf(rest.result, rest);
      if (rest.isSettled) throw rest.result;
      return {
        entries: [],
        ids: [],
        olderBlock: null,
        readableByOthers: readableByOthers(rest.seen),
        isSettled: false,
      };
    }
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
   * @throws FailureError as `edit` does
   */
  async prepare(trial: Decide): Promise<PreparedEdit> {
    const room = await this.#telling(async () => {
      await this.#finishWrite();
      const { document, content } = await this.#readForEdit();
      const edited = document.edited(trial(content));
      const bytes = Math.max(...[document, edited].map(({ text }) => Buffer.byteLength(text)));
      return this.#places.takeRoom(bytes + SPARE_BYTES);
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
    await this.#telling(() => chmod(this.path, 0o600));
  }

  async #edit(decide: Decide, prepared: Room | null): Promise<EditOutcome> {
    return this.#telling(async () => {
      // Before a lock file of ours changes the folder, which tells whether the file is just being made. What stands in
      // the way is met again under the lock.
      const rest = await this.#comeToRest(() => true, 0).catch(() => null);
      // Nor is a folder that somebody removed made again for nothing.
      if (rest?.seen.text === null && decide(contentOf(await this.#empty(), rest)).length === 0)
        return UNCHANGED;
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
    await this.#places.finishWrite();
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
    this.#parsed = { text: edited.text, result: edited };
    this.#restingText = edited.text;
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
    const rest = await this.#comeToRest(() => true, this.#settleMs / 10);
    if (!rest.isSettled) throw new FailureError({ code: 'config-locked', path: this.path });
    if (rest.result instanceof FailureError) throw rest.result;
    return { document: rest.result, content: contentOf(rest.result, rest), seen: rest.seen };
  }

  /** Looks again and again while the file is young and not fine. */
  async #comeToRest(isFine: Expectation, quietMs: number): Promise<Rest> {
    const begun = performance.now();
    let [last, since]: [string | null | undefined, number] = [undefined, begun];
    for (;;) {
      const seen = await lookAtText(this.path);
      const now = performance.now();
      if (seen.text !== last) [last, since] = [seen.text, now];
      // A file from the future is no young one either. The file system's clock may be a little ahead.
      const age = Math.abs(Date.now() - seen.changedAt);
      const isUnchangedFor = (ms: number) => age >= ms || now - since >= ms;

      const isResting = seen.text === this.#restingText || isUnchangedFor(this.#settleMs);
      this.#restingText = isResting ? seen.text : undefined;
      const result = await this.#parse(seen);
      if (isResting) return { seen, result, isSettled: true };
      const isSense = !(result instanceof FailureError) && seen.text !== null && seen.text.trim() !== '';
      if (isSense && (await isFine(contentOf(result, { seen, isSettled: true })))) {
        if (isUnchangedFor(quietMs) || now - begun >= this.#settleMs)
          return { seen, result, isSettled: true };
      }
      if (now - begun >= 5 * this.#settleMs) return { seen, result, isSettled: false };
      await delay(Math.min(LOOK_AGAIN_MS, this.#settleMs / 20));
    }
  }

  #dangling(): FailureError {
    return new FailureError({ code: 'config-unreadable', path: this.path, reason: 'ENOENT' });
  }

  async #empty(): Promise<ConfigDocument> {
    const { ConfigDocument } = await loadConfigDocument();
    return new ConfigDocument('', this.path);
  }

  async #parse({ text, isUtf8 }: SeenText): Promise<ConfigDocument | FailureError> {
    if (!isUtf8) return new FailureError({ code: 'config-unreadable', path: this.path, reason: 'not-utf8' });
    if (this.#parsed?.text === (text ?? '')) return this.#parsed.result;
    const { ConfigDocument } = await loadConfigDocument();
    let result: ConfigDocument | FailureError;
    try {
      result = new ConfigDocument(text ?? '', this.path);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      result = error;
    }
    this.#parsed = { text: text ?? '', result };
    return result;
  }

  /** Mends what a crash of ours has left half written; waits while another of our processes is writing in place. */
  async #finishWrite(): Promise<void> {
    if (!(await this.#places.isWriteUnfinished())) return;
    await this.#telling(() => this.#places.locked(() => this.#places.finishWrite()));
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

function contentOf(document: ConfigDocument, rest: Pick<Rest, 'seen' | 'isSettled'>): ConfigFileContent {
  const { entries, ids, olderBlock } = document;
  return {
    entries,
    ids,
    olderBlock,
    readableByOthers: readableByOthers(rest.seen),
    isSettled: rest.isSettled,
  };
}

function readableByOthers({ mode }: SeenText): string | null {
  return mode === null || process.platform === 'win32' || (mode & 0o044) === 0 ? null : octal(mode);
}

/** Whether a path is a symbolic link; where it cannot be looked at it is none. */
async function isLink(path: string): Promise<boolean> {
  const found = await existing(lstat(path)).catch(() => null);
  return found?.isSymbolicLink() === true;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** Loaded when needed, so that a start without a config file does not pay for a YAML parser. */
function loadConfigDocument() {
  return import('./config-document.ts');
}

class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}
