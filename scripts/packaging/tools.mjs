import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** Where electron-builder fetches what makes an AppImage, an rpm and an installer. */
export const TOOL_HOST = 'github.com';

/**
 * Whether that host takes connections, since electron-builder itself tries for most of a minute. Behind a proxy nobody
 * can tell beforehand.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export async function mayReachTools(environment) {
  const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'ELECTRON_BUILDER_BINARIES_MIRROR'];
  if (names.some((name) => (environment[name] ?? '') !== '')) return true;
  const socket = connect({ host: TOOL_HOST, port: 443, timeout: 5000 });
  socket.once('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** @param {string} program */
export function isInstalled(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}
