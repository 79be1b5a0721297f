import { join } from 'node:path';

/** The longest path that `sockaddr_un` takes, in bytes, without the zero at its end: unix(7), and macOS's `sys/un.h`. */
const LONGEST: Partial<Record<NodeJS.Platform, number>> = { linux: 107, darwin: 103 };

/** Whether a system would cut it off, or refuse it. */
export function isTooLong(path: string, platform: NodeJS.Platform): boolean {
  return Buffer.byteLength(path) > (LONGEST[platform] ?? Infinity);
}

export interface SocketSurroundings {
  /** Absolute path of our own data folder. */
  readonly dataDir: string;
  /** Whether that is where Electron puts it: else it is another Latchkey's, as in practice. */
  readonly isUsualDataDir: boolean;
  /** XDG_RUNTIME_DIR; `null` where there is none. */
  readonly runtimeDir: string | null;
  readonly platform: NodeJS.Platform;
}

/**
 * Where the agent is found. A folder of its own, so that it can be the user's alone; in the folder that the system makes
 * for such things, which no backup takes along and no network disk holds, where there is one.
 */
export function usualSocketPath({
  dataDir,
  isUsualDataDir,
  runtimeDir,
  platform,
}: SocketSurroundings): string {
  // Not run: a pipe's name instead, for which the data folder makes the difference between users.
  if (platform === 'win32') return `\\\\.\\pipe\\latchkey-${Buffer.from(dataDir).toString('base64url')}`;
  if (isUsualDataDir && runtimeDir !== null) return join(runtimeDir, 'latchkey', 'agent.sock');
  return join(dataDir, 'agent', 'agent.sock');
}
