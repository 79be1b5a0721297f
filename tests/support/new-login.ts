import type { Clock } from '../../src-main/login/clock.ts';
import { Login, type LoginPorts } from '../../src-main/login/login.ts';
import type { Endpoints } from '../../src-main/oauth/endpoints.ts';
import type { Fetch } from '../../src-main/oauth/http.ts';
import { isReachable } from '../../src-main/oauth/reachable.ts';
import { watchFile } from '../../src-main/vault/files/file-watch.ts';
import type { Keychain } from '../../src-main/vault/keychain/keychain.ts';
import { Vault } from '../../src-main/vault/vault.ts';

export interface NewLogin {
  readonly endpoints: Endpoints;
  readonly configFile: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly openBrowser?: (url: string) => Promise<void>;
  readonly callbackPort?: number;
  readonly fetch?: Fetch;
  readonly keychain?: Keychain;
  readonly standInRuntime?: string;
  readonly isReachable?: LoginPorts['isReachable'];
}

/** A login over real files and real HTTP; time, browser and keychain are the test's. */
export function newLogin(given: NewLogin): Login {
  const { endpoints, configFile, dataDir, clock } = given;
  return new Login({
    endpoints,
    http: {
      fetch: given.fetch ?? globalThis.fetch,
      userAgent: 'Latchkey/test',
      now: () => clock.now(),
    },
    vault: new Vault({ configFile, dataDir, keychain: given.keychain ?? null }),
    clock,
    openBrowser: given.openBrowser ?? (() => Promise.reject(new Error('no browser'))),
    watchFile: (path, onChange) =>
      watchFile(path, onChange, (error) => {
        throw error;
      }),
    isReachable: given.isReachable ?? isReachable,
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
