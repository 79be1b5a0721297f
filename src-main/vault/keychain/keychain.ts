import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Credential } from '../../domain/credential.ts';
import { SECOND } from '../../domain/instant.ts';
import { resolveLinks } from '../files/atomic-write.ts';
import { fromText, instantText, toText } from '../files/instant-text.ts';
import { KeychainLine, type HelperItems, type KeychainHelper } from './keychain-line.ts';
import { PASSWORD_SERVICES, type Passwords } from './passwords.ts';

export type { KeychainHelper };

/** A second copy of a credential. */
export interface Copy {
  readonly credential: Credential;
  /** The refresh tokens it was got for, as traces; none after a sign-in, or where an older version kept it. */
  readonly replaces: readonly string[];
  /** An older version kept it, which did not say what it was got for. */
  readonly isOld: boolean;
  /** Kept under a name that the config file is reached by, and may have been another file's. */
  readonly isFormer: boolean;
}

/** A copy that is to be kept. */
export type KeptCopy = Pick<Copy, 'credential' | 'replaces'>;

/**
 * Copies of credentials, out of reach of what happens to files. Every method throws FailureError
 * `keychain-unavailable`. After the reason `no-answer` the work may still be done later, when a person answers the
 * system's dialogue: whoever gave up on it asks again.
 */
export interface Keychain {
  /** Keeps copies, each in the place of an older one of the same id. */
  keep(copies: readonly KeptCopy[]): Promise<void>;
  /** The copies kept, in no particular order. What another version wrote is left out, and left alone. */
  read(): Promise<readonly Copy[]>;
  /** Fine also where there is none. */
  forget(ids: readonly string[]): Promise<void>;
}

const CALL_LIMIT = 5 * SECOND;

const copySchema = v.object({
  version: v.literal(1),
  /** What its name in the keychain cannot hold, or an older version did not keep. */
  id: v.optional(v.string()),
  replaces: v.optional(v.array(v.string())),
  clientId: v.string(),
  accessToken: v.string(),
  refreshToken: v.nullable(v.string()),
  accessExpiresAt: instantText,
  scopes: v.array(v.string()),
});

/**
 * The system's keychain through keytar: Secret Service, macOS Keychain or Windows Credential Manager.
 *
 * keytar cannot be cancelled, its pending call keeps Node and Electron from exiting, and `findCredentials` crashes
 * the process when a Linux keyring stays locked. So each call runs in a process of its own, which is ended afterwards.
 * One that takes too long is left running, since the system may be showing a person its password dialogue; until it
 * is done every further call is refused at once. It ends with this process, and does not keep it.
 */
export class SystemKeychain implements Keychain {
  readonly #services: () => Promise<readonly string[]>;
  readonly #line: KeychainLine;

  /**
   * @param services the names the copies are kept under, see `serviceNames`: the first one now, the others formerly
   * @param helper starts the process for a call, or the line that others take as well
   * @param callLimit milliseconds
   */
  constructor(
    services: () => Promise<readonly string[]>,
    helper: (() => Promise<KeychainHelper>) | KeychainLine,
    callLimit = CALL_LIMIT,
  ) {
    this.#services = services;
    this.#line = helper instanceof KeychainLine ? helper : new KeychainLine(helper, callLimit);
  }

  /** The same keychain under other names: a person is shown one dialogue at a time. */
  under(services: () => Promise<readonly string[]>): SystemKeychain {
    return new SystemKeychain(services, this.#line);
  }

  /** Called when a call that was given up on was answered after all: somebody has typed a password. */
  set onAnsweredLate(listener: () => void) {
    this.#line.onAnsweredLate = listener;
  }

  async keep(copies: readonly KeptCopy[]): Promise<void> {
    const [service = ''] = await this.#services();
    await this.#line.call({ do: 'keep', service, items: copies.map(itemOf) });
  }

  async read(): Promise<readonly Copy[]> {
    const services = await this.#services();
    const items = await this.#line.call({ do: 'read', services });
    return items.flatMap((item) => parseCopy(item, item.service !== services[0]) ?? []);
  }

  async forget(ids: readonly string[]): Promise<void> {
    await this.#line.call({ do: 'forget', services: await this.#services(), accounts: ids.map(accountName) });
  }

  /** Other secrets, kept in the same keychain by names of their own: not by config file. */
  passwords(kind: keyof typeof PASSWORD_SERVICES): Passwords {
    const service = PASSWORD_SERVICES[kind];
    return {
      keep: async (account, text) => {
        await this.#line.call({ do: 'keep', service, items: [{ account, text }] });
      },
      read: async (name) => {
        const items = await this.#line.call({ do: 'read', services: [service] });
        return items.find(({ account }) => account === name)?.password ?? null;
      },
      forget: async (name) => {
        await this.#line.call({ do: 'forget', services: [service], accounts: [name] });
      },
    };
  }
}

/** Starts the helper in plain Node. @param path of the built `keychain-helper.ts` */
export function forkKeychainHelper(path: string): Promise<KeychainHelper> {
  const child = fork(path, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  // Only a call's time limit keeps this process: once that is over nothing does.
  child.unref();
  child.channel?.unref();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      resolve({
        postMessage: (request) => void child.send(request, () => undefined),
        on: child.on.bind(child) as KeychainHelper['on'],
        kill: () => child.kill('SIGKILL'),
      });
    });
  });
}

/**
 * The names that copies are kept under: of the product and the config file they are copies of, as that really is, so
 * that practice, the real thing and every other file never mix; then the path that leads there, which older versions
 * took.
 */
export async function serviceNames(configFile: string): Promise<readonly string[]> {
  const real = await resolveLinks(configFile).catch(() => configFile);
  return [...new Set([real, configFile])].map(serviceName);
}

/** The name that the copies of one config file are kept under. @param path as it really is */
export function serviceName(path: string): string {
  return `Latchkey ${path}`;
}

/**
 * The same for what is nowhere else: nothing that is done with copies reaches it. Neither name begins with the other,
 * since on Windows keytar reads whatever begins so.
 */
export async function secretServiceNames(configFile: string): Promise<readonly string[]> {
  const real = await resolveLinks(configFile).catch(() => configFile);
  return [...new Set([real, configFile])].map(secretServiceName);
}

/** The name that the secrets of one config file are kept under. @param path as it really is */
export function secretServiceName(path: string): string {
  return `Latchkey secrets ${path}`;
}

/** Keychains take no empty name, and some none that is long or holds more than letters. */
function accountName(id: string): string {
  return /^[\w.@+-]{1,100}$/.test(id) ? id : `#${createHash('sha256').update(id).digest('base64url')}`;
}

function itemOf({ credential, replaces }: KeptCopy) {
  const { id, clientId, accessToken, refreshToken, accessExpiresAt, scopes } = credential;
  const copy: v.InferInput<typeof copySchema> = {
    version: 1,
    id,
    replaces: [...replaces],
    clientId,
    accessToken,
    refreshToken,
    accessExpiresAt: toText(accessExpiresAt),
    scopes: [...scopes],
  };
  return { account: accountName(id), text: JSON.stringify(copy) };
}

function parseCopy({ account, password }: HelperItems[number], isFormer: boolean): Copy | null {
  try {
    const copy = v.parse(copySchema, JSON.parse(password));
    const { id = account, replaces = [], clientId, accessToken, refreshToken, scopes } = copy;
    const accessExpiresAt = fromText(copy.accessExpiresAt);
    return {
      credential: { id, clientId, accessToken, refreshToken, accessExpiresAt, scopes },
      replaces,
      isOld: copy.replaces === undefined,
      isFormer,
    };
  } catch {
    return null;
  }
}
