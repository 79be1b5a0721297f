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

/** A failure of the closed list, as it was written. */
const failureSchema = v.looseObject({ code: v.string() });
const schema = v.looseObject({
  version: v.literal(1),
  /** By config file. */
  keys: v.record(
    v.string(),
    v.looseObject({
      digest: v.string(),
      since: instantText,
      test: v.nullable(v.looseObject({ at: instantText, failure: v.nullable(failureSchema) })),
    }),
  ),
});

/** `api-key.json`: no key, only what is remembered of it. Every method throws FailureError `data-not-writable`. */
export class ApiKeyFile {
  readonly #file: DataFile<v.InferOutput<typeof schema>>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'api-key.json'), schema, { version: 1, keys: {} });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  async read(configFile: string): Promise<KeyRecord | null> {
    const { keys } = await this.#file.read();
    const found = Object.hasOwn(keys, configFile) ? keys[configFile] : undefined;
    if (found === undefined) return null;
    const { digest, since, test } = found;
    return { digest, since: fromText(since), test: testOf(test) };
  }

  /** @param record `null`: nothing is remembered any more */
  async save(configFile: string, record: KeyRecord | null): Promise<void> {
    await this.#file.update((content) => {
      const others = Object.fromEntries(Object.entries(content.keys).filter(([each]) => each !== configFile));
      if (record === null) return { ...content, keys: others };
      const { digest, since, test } = record;
      const told = { digest, since: toText(since), test: test && writtenTest(test) };
      return { ...content, keys: { ...others, [configFile]: told } };
    });
  }
}

type WrittenTest = v.InferOutput<typeof schema>['keys'][string]['test'];

/** `null` also for one whose end only another version knows. */
function testOf(test: WrittenTest): KeyTest | null {
  const at = test === null ? null : fromText(test.at);
  if (test === null || at === null) return null;
  const { failure } = test;
  if (failure === null) return { at, failure };
  return isFailureCode(failure.code) ? { at, failure: failure as Failure } : null;
}

function writtenTest({ at, failure }: KeyTest): WrittenTest {
  return { at: toText(at), failure: failure && { ...failure } };
}
