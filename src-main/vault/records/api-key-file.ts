import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import type { KeyTest } from '../../domain/api-key.ts';
import type { Failure } from '../../domain/failure.ts';
import { isFailureCode } from '../../domain/gravity.ts';
import type { Instant } from '../../domain/instant.ts';
import { fromText, instantText, toText } from '../files/instant-text.ts';
import { DataFile } from './data-file.ts';

/** What is remembered of a key, by a digest of it. */
export interface KeyRecord {
  readonly digest: string;
  /** When we wrote it; `null` where another program did. */
  readonly since: Instant | null;
  readonly test: KeyTest | null;
}

/** The same of one that is in the keychain, with what may be shown of it: to show it asks nobody for a password. */
export interface KeptKeyRecord extends KeyRecord {
  readonly start: string;
  readonly end: string;
}

/** Of one config file. */
export interface KeyRecords {
  /** Of the key that stood in the file last. */
  readonly inFile: KeyRecord | null;
  /** Of the key in the keychain; `null`: there is none. */
  readonly kept: KeptKeyRecord | null;
}

export const NO_KEY_RECORDS: KeyRecords = { inFile: null, kept: null };

/** A failure of the closed list, as it was written. */
const failureSchema = v.looseObject({ code: v.string() });
const keySchema = v.looseObject({
  digest: v.string(),
  since: instantText,
  test: v.nullable(v.looseObject({ at: instantText, failure: v.nullable(failureSchema) })),
});
const keptSchema = v.looseObject({ ...keySchema.entries, start: v.string(), end: v.string() });
const schema = v.looseObject({
  version: v.literal(1),
  /** By config file, as are the others. */
  keys: v.record(v.string(), keySchema),
  kept: v.optional(v.record(v.string(), keptSchema), {}),
});

/** `api-key.json`: no key, only what is remembered of it. Every method throws FailureError `data-not-writable`. */
export class ApiKeyFile {
  readonly path: string;
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'api-key.json');
    this.#file = new DataFile(this.path, schema, { version: 1, keys: {}, kept: {} });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(configFile: string): Promise<KeyRecords> {
    const { keys, kept } = await this.#file.read();
    const [ofFile, ofKept] = [own(keys, configFile), own(kept, configFile)];
    return {
      inFile: ofFile === undefined ? null : recordOf(ofFile),
      kept: ofKept === undefined ? null : { ...recordOf(ofKept), start: ofKept.start, end: ofKept.end },
    };
  }

  /** @param change what is not in it stays; `null`: nothing is remembered any more */
  async save(configFile: string, change: Partial<KeyRecords>): Promise<void> {
    const { inFile, kept } = change;
    await this.#file.update((content) => ({
      ...content,
      ...(inFile === undefined ? {} : { keys: changed(content.keys, configFile, inFile && written(inFile)) }),
      ...(kept === undefined
        ? {}
        : {
            kept: changed(
              content.kept,
              configFile,
              kept && { ...written(kept), start: kept.start, end: kept.end },
            ),
          }),
    }));
  }
}

/** A key has far more than 128 random bits: nothing can be learned from a digest of it. */
export function keyDigest(key: string): string {
  return createHash('sha256').update(`api key ${key}`).digest('base64url').slice(0, 22);
}

type Written = v.InferOutput<typeof keySchema>;

function own<T>(all: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

function changed<T>(all: Readonly<Record<string, T>>, name: string, value: T | null): Record<string, T> {
  const others = Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
  return value === null ? others : { ...others, [name]: value };
}

function recordOf({ digest, since, test }: Written): KeyRecord {
  return { digest, since: fromText(since), test: testOf(test) };
}

function written({ digest, since, test }: KeyRecord): Written {
  return {
    digest,
    since: toText(since),
    test: test && { at: toText(test.at), failure: test.failure && { ...test.failure } },
  };
}

/** `null` also for one whose end only another version knows. */
function testOf(test: Written['test']): KeyTest | null {
  const at = test === null ? null : fromText(test.at);
  if (test === null || at === null) return null;
  const { failure } = test;
  if (failure === null) return { at, failure };
  return isFailureCode(failure.code) ? { at, failure: failure as Failure } : null;
}
