import type { UpdateEngine } from '../../../src-main/updates/engine.ts';
import type { ReleaseFeed } from '../../../src-main/updates/release-feed.ts';
import { directNetwork } from '../network/direct.ts';
import { resolveAsBundled } from './as-bundled.ts';

resolveAsBundled();
const { createElectronUpdater } = await import('../../../src-main/updates/electron-updater.ts');

export interface Installed {
  readonly engine: UpdateEngine;
  /** As the app's end, with what is ready put in place. */
  readonly quit: (exitCode?: number) => void;
  /** What went wrong in that. */
  readonly installErrors: readonly unknown[];
}

/** electron-updater, as the app of an AppImage has it: its file is what `APPIMAGE` names. */
export async function installed(feed: ReleaseFeed, folder: string, version = '0.1.0'): Promise<Installed> {
  const onQuit: ((code: number) => void)[] = [];
  const installErrors: unknown[] = [];
  const engine = await createElectronUpdater({
    feed,
    fetch: directNetwork.fetch,
    version,
    folder,
    platform: 'linux',
    onQuit: (call) => onQuit.push(call),
    quit: () => undefined,
    onInstallError: (error) => installErrors.push(error),
  });
  return { engine, installErrors, quit: (code = 0) => onQuit.forEach((call) => call(code)) };
}
