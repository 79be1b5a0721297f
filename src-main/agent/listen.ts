import { lstatSync, mkdirSync, statSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:net';
import { dirname } from 'node:path';
import { FailureError, type SocketObstacle } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { withFileLock } from '../vault/files/file-lock.ts';
import { whoServes } from './client.ts';
import { obstacleOf } from './obstacle.ts';
import { isTooLong } from './socket-path.ts';

/** For whoever is just looking whether a socket is a dead one's. */
const LOCK_TIMEOUT = 10 * SECOND;
/** As many as the kernel lets wait (`net.core.somaxconn`). */
const BACKLOG = 4096;

/**
 * Has a server listen on a socket that only its user can open, in a folder that only they can enter. One that a dead
 * process left is replaced, after nobody has answered there; two that look at once do so one after the other.
 *
 * @throws FailureError `agent-elsewhere`, `agent-not-served`
 */
export async function listenAt(server: Server, path: string): Promise<void> {
  if (process.platform === 'win32') {
    await listening(server, path, () => server.listen({ path, exclusive: true }));
    return;
  }
  if (isTooLong(path, process.platform)) throw notServed(path, 'path-too-long');
  try {
    makePrivateFolder(path);
    await withFileLock(`${path}.lock`, LOCK_TIMEOUT, async () => {
      await clearAway(path);
      await listening(server, path, () => {
        // libuv binds within this call: at no moment anybody else may open it.
        const before = process.umask(0o177);
        try {
          server.listen({ path, exclusive: true, backlog: BACKLOG });
        } finally {
          process.umask(before);
        }
      });
    });
  } catch (error) {
    throw error instanceof FailureError ? error : notServed(path, obstacleOf(error), error);
  }
}

/** Has a server listen on a socket that is open already, as systemd hands it on. */
export async function listenOn(server: Server, fd: number, path: string): Promise<void> {
  await listening(server, path, () => server.listen({ fd }));
}

function makePrivateFolder(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = statSync(folder);
  if ((mode & 0o077) !== 0 || uid !== process.getuid?.()) throw notServed(path, 'folder-not-private');
}

async function clearAway(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket()) throw notServed(path, 'not-a-socket');
  const who = await whoServes(path);
  if (who.kind === 'nobody') unlinkSync(path);
  else if (who.kind === 'agent') throw new FailureError({ code: 'agent-elsewhere', path, by: who.name });
  else throw notServed(path, who.reason);
}

function listening(server: Server, path: string, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(notServed(path, obstacleOf(error), error));
    server.once('error', fail);
    server.once('listening', () => {
      server.off('error', fail);
      // From now on an error concerns one connection only.
      server.on('error', () => undefined);
      resolve();
    });
    begin();
  });
}

function notServed(path: string, reason: SocketObstacle, cause?: unknown): FailureError {
  return new FailureError({ code: 'agent-not-served', path, reason }, { cause });
}
