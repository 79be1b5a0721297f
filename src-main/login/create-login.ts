import type { Surroundings } from '../domain/snapshot.ts';
import { otherHosts } from '../oauth/endpoints.ts';
import type { Fetch } from '../oauth/http.ts';
import { Vault } from '../vault/vault.ts';
import { systemClock } from './clock.ts';
import type { Environment } from './environment.ts';
import { Login } from './login.ts';

/** What the app and the terminal each bring of their own. */
export interface Host extends Pick<Surroundings, 'practice' | 'standInRuntime' | 'sandboxOff'> {
  readonly version: string;
  readonly fetch: Fetch;
  /** Rejects when no browser could be started. */
  readonly openBrowser: (url: string) => Promise<void>;
}

/** A login over the real clock, the real files and the given host. */
export function createLogin(environment: Environment, host: Host): Login {
  const { endpoints, callbackPort, configFile, dataDir } = environment;
  return new Login({
    endpoints,
    callbackPort,
    http: { fetch: host.fetch, userAgent: `Latchkey/${host.version}`, now: () => systemClock.now() },
    vault: new Vault({ configFile, dataDir }),
    clock: systemClock,
    openBrowser: host.openBrowser,
    surroundings: {
      configFile,
      practice: host.practice,
      otherEndpoints: otherHosts(endpoints),
      standInRuntime: host.standInRuntime,
      sandboxOff: host.sandboxOff,
    },
  });
}
