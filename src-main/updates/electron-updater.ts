import type { AppUpdater } from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import { join } from 'node:path';
import type { EnginePorts, Found, UpdateEngine } from './engine.ts';
import { hostsOf, NetworkExecutor } from './network-executor.ts';
import { SignedFeed } from './signed-feed.ts';
import { UpdateError } from './update-error.ts';

type UpdaterClass = new (options: undefined, app: AppAdapter) => AppUpdater;

// Each by its own file: together they bring those of systems that are not this one.
async function updaterFor(platform: NodeJS.Platform): Promise<UpdaterClass> {
  if (platform === 'darwin') return (await import('electron-updater/out/MacUpdater.js')).MacUpdater;
  if (platform === 'win32') return (await import('electron-updater/out/NsisUpdater.js')).NsisUpdater;
  return (await import('./safe-app-image-updater.ts')).SafeAppImageUpdater;
}

/** What of electron-updater is no part of its types, and has to be ours. */
interface Insides {
  httpExecutor: NetworkExecutor;
  loadUpdateConfig: () => Promise<object>;
  getOrCreateStagingUserId: () => Promise<string>;
}

/** electron-updater, over our network and our feed, doing nothing that it was not asked for. */
export async function createElectronUpdater(ports: EnginePorts): Promise<UpdateEngine> {
  const { feed, version } = ports;
  const Updater = await updaterFor(ports.platform);
  const updater = new Updater(undefined, adapterOf(ports));
  const insides = updater as unknown as Insides;
  insides.httpExecutor = new NetworkExecutor(ports.fetch, `Latchkey/${version}`, hostsOf(feed.url));
  insides.loadUpdateConfig = () =>
    Promise.resolve({ updaterCacheDirName: 'latchkey', publisherName: feed.publisher ?? undefined });
  // It would be sent along, and tell one installation from another.
  insides.getOrCreateStagingUserId = () => Promise.resolve('');
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  updater.setFeedURL({ provider: 'custom', updateProvider: providerOf(ports) });

  let isInstalling = false;
  ports.onQuit(() => (isInstalling = true));
  // Everything else is the answer to a call, and told there.
  updater.on('error', (error) => {
    if (isInstalling) ports.onInstallError(error);
  });
  return {
    async look(): Promise<Found> {
      const result = await updater.checkForUpdates();
      if (result === null) throw new UpdateError('feed-broken');
      const { version: found } = result.updateInfo;
      if (result.isUpdateAvailable) return { version: found, than: 'newer' };
      return { version: found, than: found === version ? 'same' : 'older' };
    },
    async download(onProgress): Promise<void> {
      const onShare = ({ percent }: { readonly percent: number }) => onProgress(percent / 100);
      updater.on('download-progress', onShare);
      try {
        await updater.downloadUpdate();
      } finally {
        updater.off('download-progress', onShare);
      }
    },
  };
}

function providerOf({ feed }: EnginePorts) {
  return class extends SignedFeed {
    constructor(_options: unknown, _updater: unknown, options: ProviderRuntimeOptions) {
      super(feed, options);
    }
  };
}

/** The app as electron-updater sees it. */
function adapterOf({ version, folder, onQuit, quit }: EnginePorts): AppAdapter {
  return {
    version,
    name: 'Latchkey',
    isPackaged: true,
    // Never read: `loadUpdateConfig` answers instead.
    appUpdateConfigPath: join(folder, 'none'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit,
    onQuit,
  };
}
