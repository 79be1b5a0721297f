import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Instant } from '../domain/instant.ts';
import { fromText, instantText, toText } from '../vault/files/instant-text.ts';
import { DataFile } from '../vault/records/data-file.ts';

interface Remembered {
  readonly lookedAt: Instant | null;
  /** The version that the person does not want. */
  readonly skipped: string | null;
  /** What was ready could not be put in place at the last quit. */
  readonly notPutInPlace: boolean;
}

/** What is remembered of updates. Neither rejects: without it there is one more look, or one more line. */
export interface UpdateMemory {
  read(): Promise<Remembered>;
  save(change: Partial<Remembered>): Promise<void>;
}

const schema = v.looseObject({
  version: v.literal(1),
  lookedAt: v.fallback(instantText, null),
  skipped: v.fallback(v.nullable(v.string()), null),
});

/** `updates.json` in the data folder. */
export class UpdateFile implements UpdateMemory {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;
  readonly #folder: string;
  readonly #mark: string;
  readonly #reportError: (error: unknown) => void;

  /** @param folder where what is fetched lies */
  constructor(dataDir: string, folder: string, reportError: (error: unknown) => void) {
    this.#file = new DataFile(join(dataDir, 'updates.json'), schema, {
      version: 1,
      lookedAt: null,
      skipped: null,
    });
    this.#folder = folder;
    this.#mark = join(folder, 'not-put-in-place');
    this.#reportError = reportError;
  }

  async read(): Promise<Remembered> {
    const notPutInPlace = existsSync(this.#mark);
    try {
      const { lookedAt, skipped } = await this.#file.read();
      return { lookedAt: fromText(lookedAt), skipped, notPutInPlace };
    } catch (error) {
      this.#reportError(error);
      return { lookedAt: null, skipped: null, notPutInPlace };
    }
  }

  async save({ lookedAt, skipped, notPutInPlace }: Partial<Remembered>): Promise<void> {
    try {
      if (notPutInPlace === false) rmSync(this.#mark, { force: true });
      await this.#file.update((content) => ({
        ...content,
        ...(lookedAt === undefined ? {} : { lookedAt: toText(lookedAt) }),
        ...(skipped === undefined ? {} : { skipped }),
      }));
    } catch (error) {
      this.#reportError(error);
    }
  }

  /** At once: the app is ending. */
  noteNotPutInPlace(error: unknown): void {
    this.#reportError(error);
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(this.#mark, '');
    } catch (unnoted) {
      this.#reportError(unnoted);
    }
  }
}
