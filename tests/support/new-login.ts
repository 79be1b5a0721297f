import { join } from 'node:path';
import type { Clock } from '../../src-main/login/clock.ts';
import { Login } from '../../src-main/login/login.ts';
import type { LoginPorts } from '../../src-main/login/ports.ts';
import { ProxyDesk, type AskSystem } from '../../src-main/login/proxy-desk.ts';
import type { Network, NetworkPorts } from '../../src-main/network/network.ts';
import type { Endpoints } from '../../src-main/oauth/endpoints.ts';
import { watchFile } from '../../src-main/vault/files/file-watch.ts';
import type { Keychain } from '../../src-main/vault/keychain/keychain.ts';
import { SettingsFile } from '../../src-main/vault/records/settings-file.ts';
import type { Passwords } from '../../src-main/vault/keychain/passwords.ts';
import { Vault } from '../../src-main/vault/vault.ts';
import { newNetwork } from './network/direct.ts';
import { noPasswords } from './no-passwords.ts';

export interface NewLogin extends Partial<Network> {
  readonly endpoints: Endpoints;
  readonly configFile: string;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly openBrowser?: (url: string) => Promise<void>;
  readonly callbackPort?: number;
  readonly keychain?: Keychain;
  readonly keychainAt?: (configFile: string) => Keychain;
  readonly secrets?: Keychain;
  readonly passwords?: Passwords;
  readonly apiKeys?: Passwords;
  readonly secretsAt?: (configFile: string) => Keychain;
  readonly claudeCodeFile?: string;
  /** As `ClaudeCodePlaces` has it; none when left out. */
  readonly home?: string;
  readonly askSystem?: AskSystem;
  readonly networkPorts?: Partial<NetworkPorts>;
  readonly standInRuntime?: string;
  readonly reportError?: LoginPorts['reportError'];
  readonly watchFile?: LoginPorts['watchFile'];
  /** See `PlacesOptions`. */
  readonly settleMs?: number;
  /** What cannot be watched; a mistake of the test when left out. */
  readonly onWatchError?: (error: unknown) => void;
}

/** A login over real files and real HTTP; time, browser and keychain are the test's. */
export function newLogin(given: NewLogin): Login {
  const { endpoints, configFile, dataDir, clock } = given;
  const proxies = new ProxyDesk(given.passwords ?? noPasswords, given.askSystem ?? null);
  const network = newNetwork({
    setting: () => proxies.setting,
    password: proxies.password,
    system: proxies.system,
    ...given.networkPorts,
  });
  return new Login({
    endpoints,
    network: {
      fetch: given.fetch ?? network.fetch,
      isReachable: given.isReachable ?? network.isReachable,
      connection: given.connection ?? network.connection,
      prepare: network.prepare,
      watchInterfaces: given.watchInterfaces ?? (() => () => undefined),
    },
    proxies,
    userAgent: 'Latchkey/test',
    vault: new Vault({
      configFile,
      dataDir,
      keychain: given.keychain ?? null,
      ...(given.keychainAt === undefined ? {} : { keychainAt: given.keychainAt }),
      ...(given.secrets === undefined ? {} : { secrets: given.secrets }),
      ...(given.apiKeys === undefined ? {} : { apiKeys: given.apiKeys }),
      ...(given.secretsAt === undefined ? {} : { secretsAt: given.secretsAt }),
      ...(given.claudeCodeFile === undefined ? {} : { claudeCodeFile: given.claudeCodeFile }),
      ...(given.home === undefined ? {} : { home: given.home }),
      ...(given.settleMs === undefined ? {} : { settleMs: given.settleMs }),
    }),
    settings: new SettingsFile(dataDir),
    clock,
    reportError: given.reportError ?? (() => undefined),
    openBrowser: given.openBrowser ?? (() => Promise.reject(new Error('no browser'))),
    watchFile:
      given.watchFile ??
      ((path, onChange) =>
        watchFile(
          path,
          onChange,
          given.onWatchError ??
            ((error) => {
              throw error;
            }),
        )),
    random: () => 0,
    autostart: null,
    commandOnPath: null,
    agent: {
      path: join(dataDir, 'agent', 'agent.sock'),
      name: 'the test',
      loadQuestions: () => import('../../src-main/login/serving/questions.ts'),
    },
    surroundings: {
      configFile,
      home: '/home/ada',
      practice: false,
      offersPractice: false,
      systemLanguage: 'en',
      otherEndpoints: null,
      standInRuntime: given.standInRuntime ?? null,
      sandboxOff: false,
      packageKind: 'checkout',
      prescribedPort: given.callbackPort ?? 18_765,
    },
  });
}
