import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Why Chromium's sandbox cannot be used by this user on this machine.
 *
 * @param {string} executable Electron's
 * @returns {string | null} null when it can
 */
export function sandboxObstacle(executable) {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'root';
  // Chromium's own order: user namespaces, else its helper when root owns it and has made it set-uid.
  const probe = spawnSync('unshare', ['--user', '--map-root-user', 'true']);
  if (probe.error !== undefined || probe.status === 0) return null;
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false });
  const isSetUid = helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0;
  return isSetUid ? null : 'no user namespaces';
}
