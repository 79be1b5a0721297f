import { join } from 'node:path';
import type { Fetch } from '../network/network.ts';
import { BRINGERS, type PackageKind } from '../domain/updates.ts';
import { readReleaseFeed } from './release-feed.ts';
import { UpdateDesk, type UpdateDeskPorts } from './update-desk.ts';
import { UpdateFile } from './update-file.ts';

interface UpdatesPorts extends Pick<UpdateDeskPorts, 'now' | 'after' | 'byItself' | 'show' | 'reportError'> {
  readonly packageKind: PackageKind;
  readonly appPath: string;
  readonly dataDir: string;
  readonly version: string;
  /** See `readReleaseFeed`. */
  readonly isOnlyLoopback: boolean;
  readonly fetch: Fetch;
  readonly onQuit: (call: (exitCode: number) => void) => void;
  readonly quit: () => void;
}

/** `null` where somebody else brings newer versions, or this build does not know where they are announced. */
export function createUpdates(ports: UpdatesPorts): UpdateDesk | null {
  const { packageKind, appPath, dataDir, isOnlyLoopback, reportError } = ports;
  const bringer = BRINGERS[packageKind];
  const isOthers = bringer === 'package-manager' || bringer === 'git';
  const feed = isOthers ? null : readReleaseFeed(appPath, isOnlyLoopback);
  if (feed === null) return null;
  const folder = join(dataDir, 'updates');
  const memory = new UpdateFile(dataDir, folder, reportError);
  return new UpdateDesk({
    ...ports,
    memory,
    canInstall: bringer === 'latchkey',
    // Nothing of electron-updater before the first look.
    loadEngine: async () => {
      const { createElectronUpdater } = await import('./electron-updater.ts');
      return createElectronUpdater({
        ...ports,
        feed,
        folder,
        platform: process.platform,
        onInstallError: (error) => memory.noteNotPutInPlace(error),
      });
    },
  });
}
