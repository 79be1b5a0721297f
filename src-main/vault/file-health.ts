import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FailureError, type Failure } from '../domain/failure.ts';
import { spentOnTheWay, type SpentTokens } from '../domain/entry-change.ts';
import { isGotByUs, sinceSignIn } from '../domain/history.ts';
import { SYNC_MARKERS, syncServiceOf } from '../domain/synced-folder.ts';
import { tokensOf, type ClaudeCodePlaces } from './claude-codes.ts';
import { reasonOf } from './files/errno.ts';
import { excludeFromGit, workTreeOf } from './git-work-tree.ts';
import type { Places } from './places.ts';
import type { AccountRecord } from './records/account-record.ts';

type HealthPlaces = Pick<Places, 'configFile' | 'realPath' | 'dataDir' | 'records'>;

/** Where the config file lies, and our own folder, and who else gets hold of what they hold. */
export class FileHealth {
  readonly #places: HealthPlaces;
  readonly #claudeCodePlaces: ClaudeCodePlaces;

  constructor(places: HealthPlaces, claudeCodePlaces: ClaudeCodePlaces) {
    this.#places = places;
    this.#claudeCodePlaces = claudeCodePlaces;
  }

  /** What a person should know about their places. Never rejects. */
  async look(): Promise<readonly Failure[]> {
    const ofFile = await this.#lookAtFile();
    // Where both are copied the other computer has the config file as well: that is what counts.
    const isSynced = ofFile.some(({ code }) => code === 'file-synced');
    return [...ofFile, ...(isSynced ? [] : await this.#lookAtOwn()), ...(await this.#lookAtClaudeCode())];
  }

  /** A login of ours that was copied there: left to Claude Code is only what it got itself (`claude-codes.ts`). */
  async #lookAtClaudeCode(): Promise<readonly Failure[]> {
    const theirs = await tokensOf(this.#claudeCodePlaces);
    if (theirs.length === 0) return [];
    const { records, spent } = await this.#places.records.readAsFarAsPossible();
    const copy = theirs.find(({ token }) =>
      [...records.values()].some((record) => isOrWas(record, token, spent)),
    );
    return copy === undefined ? [] : [{ code: 'login-copied', path: copy.file }];
  }

  async #lookAtOwn(): Promise<readonly Failure[]> {
    const path = this.#places.dataDir;
    const real = await realpath(path).catch(() => null);
    const service = real === null ? null : await syncServiceAt(real);
    return service === null ? [] : [{ code: 'file-synced', path, service, own: true }];
  }

  async #lookAtFile(): Promise<readonly Failure[]> {
    const { path } = this.#places.configFile;
    const real = await this.#places.realPath();
    if ((await stat(real).catch(() => null)) === null) return [];
    const [tree, service] = await Promise.all([workTreeOf(real), syncServiceAt(dirname(real))]);
    return [
      ...(tree === null || tree.state === 'ignored'
        ? []
        : [{ code: 'file-in-git', path, folder: tree.folder, tracked: tree.state === 'tracked' } as const]),
      ...(service === null ? [] : [{ code: 'file-synced', path, service } as const]),
    ];
  }

  /** Has git ignore it, on this computer alone. @throws FailureError `config-not-writable` */
  async excludeFromGit(): Promise<void> {
    const real = await this.#places.realPath();
    const tree = await workTreeOf(real);
    if (tree?.state !== 'neither') return;
    try {
      await excludeFromGit(tree.folder, real);
    } catch (error) {
      const path = join(tree.folder, '.git');
      throw new FailureError(
        { code: 'config-not-writable', path, reason: reasonOf(error) },
        { cause: error },
      );
    }
  }
}

/** Whether a login that we got has this refresh token, or had it since it began. */
function isOrWas({ known, history }: AccountRecord, token: string, spent: SpentTokens): boolean {
  if (known?.token == null || !isGotByUs(history)) return false;
  if (known.token === token) return true;
  const renewals = sinceSignIn(history).filter(({ kind }) => kind === 'refreshed').length;
  const steps = spentOnTheWay(token, known.token, spent).length;
  return steps > 0 && steps <= renewals;
}

/** By its name, or by what the service has left there. */
async function syncServiceAt(folder: string): Promise<string | null> {
  const named = syncServiceOf(folder);
  if (named !== null) return named;
  for (let at = folder; dirname(at) !== at; at = dirname(at)) {
    for (const [marker, service] of Object.entries(SYNC_MARKERS)) {
      if ((await stat(join(at, marker)).catch(() => null)) !== null) return service;
    }
  }
  return null;
}
