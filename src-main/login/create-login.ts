import type { ReportError } from '../domain/log-line.ts';
import type { Surroundings } from '../domain/snapshot.ts';
import { createNetwork } from '../network/network.ts';
import { watchedFetch } from '../network/watched-fetch.ts';
import { otherHosts } from '../oauth/endpoints.ts';
import { watchFile } from '../vault/files/file-watch.ts';
import {
  secretServiceName,
  secretServiceNames,
  serviceName,
  serviceNames,
  SystemKeychain,
  type KeychainHelper,
} from '../vault/keychain/keychain.ts';
import { SettingsFile } from '../vault/records/settings-file.ts';
import { Vault } from '../vault/vault.ts';
import { systemClock } from './clock.ts';
import type { Environment } from './environment.ts';
import { Login } from './login.ts';
import type { Autostart, CommandOnPath, LoginPorts } from './ports.ts';
import { ProxyDesk, type AskSystem } from './proxy-desk.ts';

/** What the app and the terminal each bring of their own. */
export interface ProgramPorts extends Pick<
  Surroundings,
  'practice' | 'offersPractice' | 'systemLanguage' | 'standInRuntime' | 'sandboxOff' | 'packageKind'
> {
  readonly version: string;
  /** Who serves tokens, where this does. */
  readonly agent: Omit<LoginPorts['agent'], 'path'>;
  readonly reportError: ReportError;
  /** Rejects when no browser could be started. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** `null` where starting at login makes no sense (practice, the terminal). */
  readonly autostart: Autostart | null;
  readonly commandOnPath: CommandOnPath | null;
  /** What the system says of the way to a URL; `null` where nobody can ask it. */
  readonly askSystemForProxy: AskSystem | null;
  /** Starts the process that talks to the system keychain. */
  readonly startKeychainHelper: () => Promise<KeychainHelper>;
}

/** A login over the real clock, the real files and the real network. */
export function createLogin(environment: Environment, program: ProgramPorts): Login {
  const { endpoints, callbackPort, configFile, dataDir, home, proxyVariables, extraCertificates } =
    environment;
  const keychain = new SystemKeychain(() => serviceNames(configFile), program.startKeychainHelper);
  const secrets = keychain.under(() => secretServiceNames(configFile));
  const keychainAt = (path: string) => keychain.under(() => Promise.resolve([serviceName(path)]));
  const secretsAt = (path: string) => keychain.under(() => Promise.resolve([secretServiceName(path)]));
  const proxies = new ProxyDesk(keychain.passwords('proxies'), program.askSystemForProxy);
  const network = createNetwork({
    variables: proxyVariables,
    extraCertificates,
    setting: () => proxies.setting,
    password: proxies.password,
    system: proxies.system,
  });
  const login = new Login({
    endpoints,
    network: { ...network, fetch: watchedFetch(network.fetch, program.reportError) },
    proxies,
    userAgent: `Latchkey/${program.version}`,
    vault: new Vault({
      configFile,
      dataDir,
      keychain,
      keychainAt,
      secrets,
      secretsAt,
      claudeCodeFile: environment.claudeCodeFile,
      home,
      apiKeys: secrets.passwords('apiKeys'),
    }),
    settings: new SettingsFile(dataDir),
    clock: systemClock,
    reportError: program.reportError,
    openBrowser: program.openBrowser,
    // A folder on the way that may not be watched is ordinary, and costs a minute at most: nothing to tell a person.
    watchFile: (path, onChange) => watchFile(path, onChange, () => undefined),
    random: Math.random,
    autostart: program.autostart,
    commandOnPath: program.commandOnPath,
    agent: { path: environment.agentSocket, ...program.agent },
    surroundings: {
      configFile,
      home,
      practice: program.practice,
      offersPractice: program.offersPractice,
      systemLanguage: program.systemLanguage,
      otherEndpoints: otherHosts(endpoints),
      standInRuntime: program.standInRuntime,
      sandboxOff: program.sandboxOff,
      packageKind: program.packageKind,
      prescribedPort: callbackPort,
    },
  });
  keychain.onAnsweredLate = () => void login.storage.askKeychain();
  return login;
}
