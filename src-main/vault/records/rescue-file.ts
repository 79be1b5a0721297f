import { join } from 'node:path';
import * as v from 'valibot';
import type { Kept } from '../../domain/custody.ts';
import type { Failure } from '../../domain/failure.ts';
import { DataFile, type PreparedUpdate } from './data-file.ts';
import { credentialEntries, fromStored, toStored, type CredentialCopy } from './stored-credential.ts';

/** A credential that is not in the config file, and why. Secret. */
export type KeptCredential = CredentialCopy & Pick<Kept, 'kind'>;

const storedSchema = v.looseObject({
  ...credentialEntries,
  /** The config file it is of, as that really is; `null`: an older version did not say. */
  configFile: v.nullable(v.string()),
  kind: v.picklist(['signed-in', 'renewed', 'copy', 'former']),
  replaces: v.array(v.string()),
});
const schema = v.looseObject({ version: v.literal(2), credentials: v.array(v.unknown()) });
type Content = v.InferOutput<typeof schema>;
type Stored = v.InferOutput<typeof storedSchema>;
type TokenPair = Pick<Stored, 'accessToken' | 'refreshToken'>;

/** `former`: what another program's sign-in took the place of, until it is known whose that is. It waits for nothing. */
type Waiting = Stored & { readonly kind: KeptCredential['kind'] };

/** One that cannot be understood costs nobody else's, and stays as it is. */
function isStored(each: unknown): each is Waiting {
  return v.is(storedSchema, each) && each.kind !== 'former';
}

function isFormer(each: unknown): each is Stored {
  return v.is(storedSchema, each) && each.kind === 'former';
}

const firstVersion = v.looseObject({
  version: v.literal(1),
  credentials: v.array(v.looseObject(credentialEntries)),
});

const anyVersion = v.union([
  schema,
  v.pipe(
    firstVersion,
    v.transform((content): Content => {
      const credentials = content.credentials.map(
        // What it was got for stands in the record of the account: its predecessors are known there.
        (each): Stored => ({ ...each, configFile: null, kind: 'signed-in', replaces: [] }),
      );
      return { ...content, version: 2, credentials };
    }),
  ),
]);

interface RescueContent {
  readonly ours: readonly KeptCredential[];
  readonly others: readonly KeptCredential[];
}

/** One that was to be kept, and for which config file. Secret. */
export interface LeftCredential extends KeptCredential {
  readonly configFile: string | null;
}

/** What is left in a temporary file. */
export interface RescueLeftover {
  readonly path: string;
  readonly waiting: readonly LeftCredential[];
}

/** Room that was taken for credentials to come. */
export type PreparedRescue = PreparedUpdate<Content>;

/** What one more credential takes on the disk, at most; tokens are some hundred bytes. */
const ROOM = 32 * 1024;

/**
 * `rescue.json`, secret: credentials that are not in their config file, until they are there or nobody needs them. Every
 * method throws FailureError `data-not-writable`.
 */
export class RescueFile {
  readonly #file: DataFile<Content>;

  constructor(dataDir: string) {
    this.#file = new DataFile(join(dataDir, 'rescue.json'), anyVersion, { version: 2, credentials: [] });
  }

  get path(): string {
    return this.#file.path;
  }

  get setAside(): Failure | null {
    return this.#file.setAside;
  }

  /**
   * Those of a config file, as that really is, and those of others; `null` where there is no file.
   *
   * @param isHeir whether what an older version kept is of it, too
   */
  async read(configFile: string, isHeir: boolean): Promise<RescueContent | null> {
    const content = await this.#file.find();
    if (content === null) return null;
    const stored = content.credentials.filter(isStored);
    const isOurs = (each: Stored) => isOf(each, configFile, isHeir);
    return {
      ours: stored.filter(isOurs).map(keptOf),
      others: stored.filter((each) => each.configFile !== null && !isOurs(each)).map(keptOf),
    };
  }

  /** Takes room for what `keep` would write, on disk when this resolves. */
  async prepare(): Promise<PreparedRescue> {
    return this.#file.prepare(ROOM);
  }

  /** Leaves what was just got where `leftovers` finds it after a crash. Never throws. */
  draft(configFile: string, kept: readonly KeptCredential[], room: PreparedRescue): void {
    room.draft(withKept(configFile, kept));
  }

  /** On disk when this returns, each in the place of an older one with the same id. @param room of `prepare` */
  async keep(
    configFile: string,
    kept: readonly KeptCredential[],
    room: PreparedRescue | null,
  ): Promise<void> {
    const change = withKept(configFile, kept);
    await (room === null ? this.#file.update(change) : room.update(change));
  }

  /** What a crash kept from being written here, whichever config file it is of. Never rejects. */
  async leftovers(): Promise<readonly RescueLeftover[]> {
    return (await this.#file.leftovers()).map(({ path, content }) => ({
      path,
      // Of a copy alone there is another one.
      waiting: content.credentials
        .filter(isStored)
        .filter(({ kind }) => kind !== 'copy')
        .map((each) => ({ ...keptOf(each), configFile: each.configFile })),
    }));
  }

  /** On disk when this returns: it waits as it was to. */
  async keepLeftovers(left: readonly LeftCredential[]): Promise<void> {
    // Waits for whoever writes it just now, also where there is nothing to keep: that one's temporary file is gone then.
    await this.#file.update((now) =>
      left.reduce((before, each) => withKept(each.configFile, [each])(before), now),
    );
  }

  /**
   * What was kept for a config file is another one's from now on; nothing gives way for it.
   *
   * @param ids by the id that each had, the one it has there
   */
  async move(from: string, to: string, ids: ReadonlyMap<string, string>): Promise<void> {
    await this.#file.update((content) => {
      const isOurs = (each: unknown, path: string): each is Stored =>
        (isStored(each) || isFormer(each)) && each.configFile === path;
      const moved = (each: unknown): Stored | null => {
        const as = isOurs(each, from) ? ids.get(each.id) : undefined;
        if (!isOurs(each, from) || as === undefined) return null;
        const isTaken =
          !isFormer(each) &&
          content.credentials.some((there) => isStored(there) && isOurs(there, to) && there.id === as);
        return isTaken ? null : { ...each, id: as, configFile: to };
      };
      if (content.credentials.every((each) => moved(each) === null)) return content;
      const credentials = content.credentials.map((each) => moved(each) ?? each);
      return { ...content, credentials };
    });
  }

  /** What other programs' sign-ins took the place of. */
  async readFormer(configFile: string): Promise<readonly CredentialCopy[]> {
    const { credentials } = await this.#file.read();
    return credentials
      .filter(isFormer)
      .filter((each) => each.configFile === configFile)
      .map(placedOf);
  }

  /** On disk when this returns, each once. */
  async keepFormer(configFile: string, former: readonly CredentialCopy[]): Promise<void> {
    await this.#file.update((content) => {
      const there = content.credentials.filter(isFormer).filter((each) => each.configFile === configFile);
      const added = former
        .filter(({ credential }) => !there.some((each) => isSame(each, credential)))
        .map((each) => storedOf(configFile, { ...each, kind: 'former' }));
      return added.length === 0 ? content : { ...content, credentials: [...content.credentials, ...added] };
    });
  }

  async forgetFormer(configFile: string, former: readonly CredentialCopy[]): Promise<void> {
    await this.#file.update((content) => {
      const isOver = (each: unknown) =>
        isFormer(each) &&
        each.configFile === configFile &&
        former.some(({ credential }) => isSame(each, credential));
      const credentials = content.credentials.filter((each) => !isOver(each));
      return credentials.length === content.credentials.length ? content : { ...content, credentials };
    });
  }

  /** As `DataFile.clear`. */
  async clear(isNeedless: (text: string) => boolean, texts: readonly string[]): Promise<void> {
    await this.#file.clear(isNeedless, texts);
  }

  async forget(configFile: string, ids: readonly string[], isHeir: boolean): Promise<void> {
    await this.#file.update((content) => {
      const credentials = content.credentials.filter(
        (each) => !isStored(each) || !ids.includes(each.id) || !isOf(each, configFile, isHeir),
      );
      return credentials.length === content.credentials.length ? content : { ...content, credentials };
    });
  }
}

function isSame(one: TokenPair, other: TokenPair): boolean {
  return one.accessToken === other.accessToken && one.refreshToken === other.refreshToken;
}

function isOf(stored: Stored, configFile: string, isHeir: boolean): boolean {
  return stored.configFile === configFile || (stored.configFile === null && isHeir);
}

function withKept(configFile: string | null, kept: readonly KeptCredential[]) {
  return (content: Content): Content => {
    const ids = new Set(kept.map(({ credential }) => credential.id));
    const others = content.credentials.filter(
      (each) => !isStored(each) || each.configFile !== configFile || !ids.has(each.id),
    );
    const added = kept.map((each) => storedOf(configFile, each));
    return { ...content, credentials: [...others, ...added] };
  };
}

function storedOf(
  configFile: string | null,
  { credential, kind, replaces }: CredentialCopy & { readonly kind: Stored['kind'] },
): Stored {
  return { ...toStored(credential), configFile, kind, replaces: [...replaces] };
}

function keptOf(stored: Waiting): KeptCredential {
  return { ...placedOf(stored), kind: stored.kind };
}

function placedOf(stored: Stored): CredentialCopy {
  return { credential: fromStored(stored), replaces: stored.replaces };
}
