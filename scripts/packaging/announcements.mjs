import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives the announcement that electron-builder wrote the processor's name, where it has none of itself: releases of both
 * lie in one folder (`src-main/updates/signed-feed.ts`).
 *
 * @param {string} folder @param {NodeJS.Platform} platform @param {string} arch
 */
export function nameAnnouncement(folder, platform, arch) {
  if (platform === 'linux' || arch === 'x64') return;
  const name = platform === 'darwin' ? 'latest-mac' : 'latest';
  const from = join(folder, `${name}.yml`);
  if (existsSync(from)) renameSync(from, join(folder, `${name}-${arch}.yml`));
}
