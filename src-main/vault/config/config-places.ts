import { createHash } from 'node:crypto';
import { access, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  clearNeedless,
  resolveLinks,
  takeRoom,
  temporaryFilesFor,
  type Room,
} from '../files/atomic-write.ts';
import { errnoOf } from '../files/errno.ts';
import { LockTimeoutError, withFileLock } from '../files/file-lock.ts';
import { finishWrite, takeRoomInPlace, type AbandonedWrite } from '../files/in-place-write.ts';
import { isMountPoint } from '../files/mount-point.ts';

const LOCK_TIMEOUT_MS = 10_000;
/** The system's answers where a file or folder may not be written by us. */
const FORBIDDEN = ['EACCES', 'EPERM', 'EROFS'];

/**
 * What stands around the config file while it is written: a lock, room for the new text, and a journal where the file
 * can only be written in place. Beside it as far as its folder takes them, else in a folder of our own.
 */
export class ConfigPlaces {
  readonly #path: string;
  readonly #ownFolder: string;

  constructor(path: string, ownFolder: string) {
    this.#path = path;
    this.#ownFolder = ownFolder;
  }

  /**
   * Runs `work` while no other process of ours writes the file.
   *
   * @throws LockTimeoutError, the system's error, or what `work` throws
   */
  async locked<T>(work: () => Promise<T>): Promise<T> {
    const { beside, apart } = await this.#names('lock');
    let begun = false as boolean;
    const begin = () => {
      begun = true;
      return work();
    };
    // Where there are no locks beside it the one in our own folder has to do; where there is none either, nothing.
    const withoutBeside = async () => {
      try {
        return await withFileLock(apart, LOCK_TIMEOUT_MS, begin);
      } catch (error) {
        if (begun || error instanceof LockTimeoutError) throw error;
        return await begin();
      }
    };
    try {
      return await withFileLock(beside, LOCK_TIMEOUT_MS, (isLocked) =>
        isLocked ? begin() : withoutBeside(),
      );
    } catch (error) {
      if (begun || !isForbidden(error)) throw error;
      return await withFileLock(apart, LOCK_TIMEOUT_MS, begin);
    }
  }

  /** Whether there is a folder for the file, links followed. @throws the system's error */
  async hasFolder(): Promise<boolean> {
    return doesExist(dirname(await resolveLinks(this.#path)));
  }

  /** Whether a write in place was begun and, unless somebody holds the lock, not finished. Never rejects. */
  async isWriteUnfinished(): Promise<boolean> {
    let names;
    try {
      names = await this.#names('journal');
    } catch {
      // Whoever reads the file meets the same, and tells it.
      return false;
    }
    const found = await Promise.all([doesExist(names.beside), doesExist(names.apart)]);
    return found.includes(true);
  }

  /** Under the lock. @throws the system's error, or what `onAbandoned` throws */
  async finishWrite(onAbandoned: (write: AbandonedWrite) => Promise<void>): Promise<void> {
    const { target, beside, apart } = await this.#names('journal');
    for (const journal of [beside, apart]) {
      if (await doesExist(journal)) await finishWrite(target, journal, onAbandoned);
    }
  }

  /**
   * As `clearNeedless` for the temporary files of the file and its journals.
   *
   * @param former where the file lay before it was made a link
   */
  async clearTemporary(isNeedless: (text: string) => boolean, former: string): Promise<void> {
    const { target, beside, apart } = await this.#names('journal');
    const of = [target, beside, apart, former];
    const paths = await Promise.all(of.map((each) => temporaryFilesFor(each).catch(() => [])));
    await clearNeedless(paths.flat(), isNeedless, (work) => this.locked(work));
  }

  /**
   * Room for replacing the file, or for writing it in place where nothing else is possible: where it is mounted by
   * itself, or its folder is not ours to write.
   *
   * @param bytes of the text to come; 0 takes none
   * @throws the system's error
   */
  async takeRoom(bytes: number): Promise<Room> {
    const { target } = await this.#names('journal');
    if (await isMountPoint(target)) return this.#takeRoomInPlace(bytes);
    let room: Room;
    try {
      room = await takeRoom(this.#path, bytes);
    } catch (error) {
      if (isForbidden(error) && (await isWritable(target))) return this.#takeRoomInPlace(bytes);
      throw error;
    }
    return {
      replace: async (text, beforeReplacing) => {
        try {
          await room.replace(text, beforeReplacing);
        } catch (error) {
          // Mounted by itself, where the system does not tell beforehand.
          if (errnoOf(error) !== 'EBUSY') throw error;
          await room.release();
          room = await this.#takeRoomInPlace(0);
          await room.replace(text, beforeReplacing);
        }
      },
      release: () => room.release(),
    };
  }

  async #takeRoomInPlace(bytes: number): Promise<Room> {
    const { beside, apart } = await this.#names('journal');
    try {
      return await takeRoomInPlace(this.#path, beside, bytes);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      return await takeRoomInPlace(this.#path, apart, bytes);
    }
  }

  /** Two config files share neither name: in our own folder they are told apart by their paths. */
  async #names(kind: 'lock' | 'journal') {
    const target = await resolveLinks(this.#path);
    const digest = createHash('sha256').update(target).digest('hex').slice(0, 16);
    return {
      target,
      beside: join(dirname(target), `.${basename(target)}.latchkey.${kind}`),
      apart: join(this.#ownFolder, `config-${digest}.${kind}`),
    };
  }
}

function isForbidden(error: unknown): boolean {
  return FORBIDDEN.includes(errnoOf(error) ?? '');
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function doesExist(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
