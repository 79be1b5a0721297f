import { readFileSync } from 'node:fs';
import { chmod, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Credential } from '../domain/credential.ts';
import { FailureError } from '../domain/failure.ts';
import type { ConfigDocument } from './config-document.ts';
import { resolveLinks, writeFileAtomically } from './atomic-write.ts';
import { errnoOf, reasonOf } from './errno.ts';
import { loadFileLock, LockTimeoutError, withFileLock } from './file-lock.ts';
import { Turns } from './turns.ts';

export interface ConfigFileContent {
  readonly credentials: readonly Credential[];
  /** The file's mode in octal where users other than its owner may read it, else `null`. Unix only. */
  readonly readableByOthers: string | null;
}

/** Far above any real config file; bounds what a mistaken path can cost. */
const MAX_BYTES = 256 * 1024;
const LOCK_TIMEOUT_MS = 10_000;
const MAX_TRIES = 5;

/**
 * `config.yaml`, shared with other programs (`facts.md` section 3). Writers of this product take turns by a lock beside
 * the file. Others know nothing of that lock: a change of theirs that comes in between is noticed and built upon.
 */
export class ConfigFile {
  readonly path: string;
  readonly #turns = new Turns();

  constructor(path: string) {
    this.path = path;
  }

  /** @throws FailureError `config-unreadable`, `config-not-yaml`, `config-shape` */
  async read(): Promise<ConfigFileContent> {
    const text = await this.#readText();
    if (text === null) return { credentials: [], readableByOthers: null };
    const { mode } = await stat(this.path);
    const isReadable = process.platform !== 'win32' && (mode & 0o044) !== 0;
    return {
      credentials: (await this.#parse(text)).credentials(),
      readableByOthers: isReadable ? (mode & 0o777).toString(8).padStart(4, '0') : null,
    };
  }

  /** Loads what saving needs, so that the first save is as quick as the later ones. */
  async prepareToSave(): Promise<void> {
    await Promise.all([loadConfigDocument(), loadFileLock()]);
  }

  /**
   * On disk when this returns.
   *
   * @throws FailureError as `read` does, and `config-not-writable`, `config-locked`; the file is untouched then
   */
  async saveCredential(credential: Credential): Promise<void> {
    await this.#turns.take(() => this.#edit((document) => document.withCredential(credential)));
  }

  /** @throws FailureError as `saveCredential` does */
  async removeCredential(id: string): Promise<void> {
    await this.#turns.take(() => this.#edit((document) => document.withoutCredential(id)));
  }

  /** Takes the permissions of everyone but the owner away. @throws FailureError `config-not-writable` */
  async restrictPermissions(): Promise<void> {
    try {
      await chmod(this.path, 0o600);
    } catch (error) {
      throw this.#notWritable(error);
    }
  }

  async #edit(edit: (document: ConfigDocument) => string): Promise<void> {
    try {
      const target = await resolveLinks(this.path);
      const lock = join(dirname(target), `.${basename(target)}.latchkey.lock`);
      await withFileLock(lock, LOCK_TIMEOUT_MS, async () => {
        for (let tries = 0; tries < MAX_TRIES; tries++) {
          if (await this.#tryEdit(edit)) return;
        }
        throw new FailureError({ code: 'config-locked', path: this.path });
      });
    } catch (error) {
      if (error instanceof FailureError) throw error;
      if (error instanceof LockTimeoutError) {
        throw new FailureError({ code: 'config-locked', path: this.path }, { cause: error });
      }
      throw this.#notWritable(error);
    }
  }

  /** False when another program changed the file between reading and replacing it. */
  async #tryEdit(edit: (document: ConfigDocument) => string): Promise<boolean> {
    const before = await this.#readText();
    const after = edit(await this.#parse(before ?? ''));
    if (after === (before ?? '')) return true;
    try {
      await writeFileAtomically(this.path, after, async () => {
        if ((await this.#readText()) !== before) throw new ChangedMeanwhile();
        // Once more, at once: what another program wrote during the first look would be lost.
        if (this.#readTextNow() !== before) throw new ChangedMeanwhile();
      });
      return true;
    } catch (error) {
      if (error instanceof ChangedMeanwhile) return false;
      throw error;
    }
  }

  async #parse(text: string): Promise<ConfigDocument> {
    const document = await loadConfigDocument();
    return new document.ConfigDocument(text, this.path);
  }

  /** `null` where there is no file. */
  async #readText(): Promise<string | null> {
    try {
      const file = await stat(this.path);
      // A pipe would never end, and a device must not be replaced.
      if (!file.isFile()) throw this.#unreadable(file.isDirectory() ? 'EISDIR' : 'not-regular');
      if (file.size > MAX_BYTES) throw this.#unreadable('too-large');
      // Bytes that are no text would not survive being written again. A byte order mark does.
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(this.path));
    } catch (error) {
      if (error instanceof FailureError) throw error;
      if (errnoOf(error) === 'ENOENT') return null;
      if (errnoOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw this.#unreadable('not-utf8');
      throw this.#unreadable(reasonOf(error), error);
    }
  }

  /** Only after `#readText` has seen that it is a file, and a small one. */
  #readTextNow(): string | null {
    try {
      return readFileSync(this.path, 'utf8');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw this.#unreadable(reasonOf(error), error);
    }
  }

  #unreadable(reason: string, cause?: unknown): FailureError {
    return new FailureError({ code: 'config-unreadable', path: this.path, reason }, { cause });
  }

  #notWritable(error: unknown): FailureError {
    const reason = reasonOf(error);
    return new FailureError({ code: 'config-not-writable', path: this.path, reason }, { cause: error });
  }
}

/** Loaded when needed, so that a start without a config file does not pay for a YAML parser. */
function loadConfigDocument() {
  return import('./config-document.ts');
}

class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}
