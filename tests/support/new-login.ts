import type { Clock } from '../../src-main/login/clock.ts';
import { Login } from '../../src-main/login/login.ts';
import type { LoginPorts } from '../../src-main/login/ports.ts';
import { systemNetwork, type Network } from '../../src-main/network/network.ts';
import type { Endpoints } from '../../src-main/oauth/endpoints.ts';
import { watchFile } from '../../src-main/vault/files/file-watch.ts';
import type { Keychain } from '../../src-main/vault/keychain/keychain.ts';
import { SettingsFile } from '../../src-main/vault/records/settings-file.ts';
import { Vault } from '../../src-main/vault/vault.ts';

export interface NewLogin extends Partial<Network> {
  readonly endpoints: Endpoints;
  readonly configFile: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly openBrowser?: (url: string) => Promise<void>;
  readonly callbackPort?: number;
  readonly keychain?: Keychain;
  readonly standInRuntime?: string;
  readonly reportError?: LoginPorts['reportError'];
}

/** A login over real files and real HTTP; time, browser and keychain are the test's. */
export function newLogin(given: NewLogin): Login {
  const { endpoints, configFile, dataDir, clock } = given;
  return new Login({
    endpoints,
    network: {
      fetch: given.fetch ?? systemNetwork.fetch,
      isReachable: given.isReachable ?? systemNetwork.isReachable,
      connectionFailure: given.connectionFailure ?? systemNetwork.connectionFailure,
    },
    userAgent: 'Latchkey/test',
    vault: new Vault({ configFile, dataDir, keychain: given.keychain ?? null }),
    settings: new SettingsFile(dataDir),
    clock,
    reportError: given.reportError ?? (() => undefined),
    openBrowser: given.openBrowser ?? (() => Promise.reject(new Error('no browser'))),
    watchFile: (path, onChange) =>
      watchFile(path, onChange, (error) => {
        throw error;
      }),
    random: () => 0.5,
    autostart: null,
    surroundings: {
      configFile,
      home: '/home/ada',
      practice: false,
      offersPractice: false,
      systemLanguage: 'en',
      otherEndpoints: null,
      standInRuntime: given.standInRuntime ?? null,
      sandboxOff: false,
      prescribedPort: given.callbackPort ?? 18_765,
    },
  });
}
