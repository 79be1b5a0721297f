import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
  type BigIntStats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApiKey } from '../domain/api-key.ts';
import { MINUTE, SECOND, type Instant } from '../domain/instant.ts';
import type { Account, Surroundings } from '../domain/snapshot.ts';
import type { Environment } from '../login/environment.ts';
import type { Login } from '../login/login.ts';

/**
 * What a whole reading of the files found, for as long as nothing that it was read from has changed: parsing them takes
 * several times as long as all the rest of an answer. It holds no token, only where in the config file one is, and only
 * what is in order: whatever is a trouble, or not in the file, is read anew each time.
 */
export interface Glance {
  readonly version: 3;
  /** The program's version: another one reads the files, and this one, otherwise. */
  readonly program: string;
  readonly configFile: string;
  readonly at: Instant;
  readonly prints: readonly string[];
  readonly surroundings: Surroundings;
  readonly accounts: readonly Account[];
  readonly apiKey: ApiKey;
  /** By id, in bytes of the config file. */
  readonly tokens: Readonly<Record<string, { readonly start: number; readonly length: number }>>;
}

type Files = Pick<Environment, 'configFile' | 'dataDir' | 'home'>;

/** Two changes within so much time may look like one, on some disks. */
const COARSEST_CLOCK = 3 * SECOND;
const NONE = 'none';

const fileOf = (dataDir: string) => join(dataDir, 'command', 'glance.json');

/**
 * What changes whenever something is written that an answer depends on: the files themselves, and their folders, where
 * the journal of a write that was cut short would be. `null` where that cannot be told.
 */
export function fingerprint({ configFile, dataDir }: Files): readonly string[] | null {
  try {
    const own = ['accounts.json', 'settings.json', 'rescue.json', 'api-key.json'].map((name) =>
      join(dataDir, name),
    );
    const paths = [configFile, dirname(realOf(configFile)), dataDir, ...own];
    return paths.map((path) => printOf(statSync(path, { bigint: true, throwIfNoEntry: false })));
  } catch {
    return null;
  }
}

function realOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path);
}

function printOf(stats: BigIntStats | undefined): string {
  if (stats === undefined) return NONE;
  const { dev, ino, mode, uid, size, mtimeNs, ctimeNs } = stats;
  // A folder's size tells nothing that its times do not.
  return [dev, ino, mode, uid, stats.isDirectory() ? 0 : size, mtimeNs, ctimeNs].join(' ');
}

/** Whether what was written last was so long ago that a later change has another time. */
function isOld(prints: readonly string[], now: Instant): boolean {
  const latest = Math.max(
    ...prints.flatMap((print) =>
      print
        .split(' ')
        .slice(5)
        .map((time) => Number(time) / 1e6),
    ),
  );
  return now - latest > COARSEST_CLOCK;
}

/** What is remembered and still holds; `null` where all has to be read. */
export function recall(files: Files, program: string, now: Instant): Glance | null {
  try {
    const glance = JSON.parse(readFileSync(fileOf(files.dataDir), 'utf8')) as Glance;
    const { configFile, home } = glance.surroundings;
    const isOurs = glance.program === program && isVersion(glance.version);
    const isSame = configFile === files.configFile && home === files.home && glance.at <= now;
    const prints = fingerprint(files);
    const holds = prints !== null && prints.join('\n') === glance.prints.join('\n');
    return isOurs && isSame && holds ? glance : null;
  } catch {
    return null;
  }
}

/** The access token of an account, from the file that the glance is of; `null` where that cannot be had. */
export function tokenOf(glance: Glance, id: string): string | null {
  const place = Object.hasOwn(glance.tokens, id) ? glance.tokens[id] : undefined;
  if (place === undefined) return null;
  const file = openSync(glance.configFile, 'r');
  try {
    // Not that of a moment ago, perhaps.
    if (printOf(fstatSync(file, { bigint: true })) !== glance.prints[0]) return null;
    return readFileSync(file)
      .subarray(place.start, place.start + place.length)
      .toString();
  } finally {
    closeSync(file);
  }
}

/**
 * Remembers what was read, where all is in order and there is a data folder. Never rejects: it is only to be quick.
 *
 * @param before the fingerprint from before it was read
 */
export async function remember(
  login: Pick<Login, 'snapshot' | 'accessToken'>,
  files: Files,
  before: readonly string[] | null,
  program: string,
  now: Instant,
): Promise<void> {
  const { accounts, apiKey, isFileReadable, troubles, surroundings } = login.snapshot;
  const isInOrder = isFileReadable && troubles.length === 0 && accounts.every(isAccountInOrder);
  if (before === null || !isInOrder || !isOld(before, now) || before[2] === NONE) return;
  if (recall(files, program, now) !== null) return;
  try {
    // As root, with the home of somebody else, this would leave a folder that they cannot write.
    if (process.getuid !== undefined && statSync(files.dataDir).uid !== process.getuid()) return;
    const text = before[0] === NONE ? Buffer.alloc(0) : readFileSync(files.configFile);
    const tokens: Record<string, { start: number; length: number }> = {};
    for (const { id, accessExpiresAt } of accounts) {
      if ((accessExpiresAt ?? 0) < now + MINUTE) continue;
      const place = placeOf(await login.accessToken(id, 0), text);
      if (place !== null) tokens[id] = place;
    }
    const after = fingerprint(files);
    if (after?.join('\n') !== before.join('\n')) return;
    const { configFile } = files;
    const prints = before;
    const glance: Glance = {
      version: 3,
      program,
      configFile,
      at: now,
      prints,
      surroundings,
      accounts,
      apiKey,
      tokens,
    };
    write(fileOf(files.dataDir), JSON.stringify(glance));
  } catch {
    // The next command reads it all again.
  }
}

function isAccountInOrder(account: Account): boolean {
  const { whereabouts, storage, troubles, refreshing, accessExpiresAt } = account;
  // No file tells that the keychain has locked.
  const isInFile = whereabouts === 'config-file' && storage === 'config-file';
  return isInFile && troubles.length === 0 && !refreshing && accessExpiresAt !== null;
}

/** Where the token stands as it is, and nowhere else. */
function placeOf(token: string, text: Buffer): { start: number; length: number } | null {
  const bytes = Buffer.from(token);
  const start = text.indexOf(bytes);
  if (start < 0 || text.indexOf(bytes, start + 1) >= 0) return null;
  return { start, length: bytes.length };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}

/** Whoever wrote it may have been a checkout of another day, of the same version. */
function isVersion(version: number): boolean {
  return version === 3;
}
