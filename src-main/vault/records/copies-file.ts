import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../../domain/failure.ts';
import { DataFile } from './data-file.ts';
import { credentialEntries, fromStored, toStored, type CredentialCopy } from './stored-credential.ts';

const copySchema = v.looseObject({
  ...credentialEntries,
  /** The config file it is of, as that really is. */
  configFile: v.string(),
  replaces: v.array(v.string()),
});
type StoredCopy = v.InferOutput<typeof copySchema>;
const schema = v.looseObject({ version: v.literal(1), credentials: v.array(v.unknown()) });
type Content = v.InferOutput<typeof schema>;

/** A copy, and the config file it is of. */
export interface CopyOfFile extends CredentialCopy {
  readonly configFile: string;
}

/** One that cannot be understood costs nobody else's, and stays as it is. */
function isCopy(each: unknown): each is StoredCopy {
  return v.is(copySchema, each);
}

/**
 * `copies.json`, secret: a copy of each account's last credential, where no keychain takes one. Every method throws
 * FailureError `data-not-writable`.
 */
export class CopiesFile {
  readonly #file: DataFile<Content>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'copies.json'), schema, { version: 1, credentials: [] });
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  /** Those of a config file, as that really is. */
  async read(configFile: string): Promise<readonly CredentialCopy[]> {
    const { credentials } = await this.#file.read();
    return credentials
      .filter(isCopy)
      .filter((each) => each.configFile === configFile)
      .map((each) => ({ credential: fromStored(each), replaces: each.replaces }));
  }

  /** Those of other config files: this one may be one of those, moved or reached by another way. */
  async readElsewhere(configFile: string): Promise<readonly CopyOfFile[]> {
    const { credentials } = await this.#file.read();
    return credentials
      .filter(isCopy)
      .filter((each) => each.configFile !== configFile)
      .map((each) => ({
        credential: fromStored(each),
        replaces: each.replaces,
        configFile: each.configFile,
      }));
  }

  /** On disk when this returns, each in the place of an older one with the same id. */
  async keep(configFile: string, copies: readonly CredentialCopy[]): Promise<void> {
    const last = new Map(copies.map((each) => [each.credential.id, each]));
    const ids = [...last.keys()];
    const added = [...last.values()].map(({ credential, replaces }) => ({
      ...toStored(credential),
      configFile,
      replaces: [...replaces],
    }));
    await this.#file.update((content) => {
      const others = without(content, configFile, ids);
      return { ...content, credentials: [...others, ...added] };
    });
  }

  /**
   * What was kept for a config file is another one's from now on; nothing gives way for it.
   *
   * @param ids by the id that each had, the one it has there
   */
  async move(from: string, to: string, ids: ReadonlyMap<string, string>): Promise<void> {
    await this.#file.update((content) => {
      const moved = (each: unknown): StoredCopy | null => {
        const as = isCopy(each) && each.configFile === from ? ids.get(each.id) : undefined;
        if (!isCopy(each) || as === undefined) return null;
        const isTaken = content.credentials.some(
          (there) => isCopy(there) && there.configFile === to && there.id === as,
        );
        return isTaken ? null : { ...each, id: as, configFile: to };
      };
      if (content.credentials.every((each) => moved(each) === null)) return content;
      const credentials = content.credentials.map((each) => moved(each) ?? each);
      return { ...content, credentials };
    });
  }

  /** As `DataFile.clear`. */
  async clear(isNeedless: (text: string) => boolean, texts: readonly string[]): Promise<void> {
    await this.#file.clear(isNeedless, texts);
  }

  async forget(configFile: string, ids: readonly string[]): Promise<void> {
    await this.#file.update((content) => {
      const credentials = without(content, configFile, ids);
      return credentials.length === content.credentials.length ? content : { ...content, credentials };
    });
  }
}

function without({ credentials }: Content, configFile: string, ids: readonly string[]): unknown[] {
  return credentials.filter(
    (each) => !isCopy(each) || each.configFile !== configFile || !ids.includes(each.id),
  );
}
