import { setImmediate as nextTick } from 'node:timers/promises';
import { FailureError } from '../../src-main/domain/failure.ts';
import type { Login } from '../../src-main/login/login.ts';
import type { Fetch } from '../../src-main/network/network.ts';
import { readEndpoints } from '../../src-main/oauth/endpoints.ts';
import {
  secretServiceName,
  secretServiceNames,
  serviceNames,
} from '../../src-main/vault/keychain/keychain.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import { newLogin } from '../support/new-login.ts';
import type { NamedKeychain } from './keychain.ts';
import { outside, Process, type Disk } from './process.ts';
import { UnreachableError, type TokenService } from './token-service.ts';

const HOST = 'http://localhost:9';
const ENDPOINTS = readEndpoints({
  authorizeUrl: `${HOST}/authorize`,
  tokenUrl: `${HOST}/oauth/token`,
  apiUrl: HOST,
});

/** What processes of Latchkey have around them. */
export interface Surroundings {
  readonly configFile: string;
  readonly clock: FakeClock;
  readonly disk: Disk;
  readonly service: TokenService;
  /** What happens while the service thinks about the next token request. */
  meanwhile: (() => Promise<void>) | null;
  /** An error that is nothing we have words for. */
  readonly onFault: (error: unknown) => void;
}

/** Copies and secrets; in a container there is no keychain. */
export interface Keychains {
  readonly copies: NamedKeychain;
  readonly secrets: NamedKeychain;
}

/** One process of Latchkey, over real files. */
export class Latchkey {
  readonly process: Process;
  readonly login: Login;
  readonly #surroundings: Surroundings;
  readonly #watchers = new Set<() => void>();
  #requests = 0;

  constructor(name: string, dataDir: string, surroundings: Surroundings, keychains: Keychains | null) {
    const { configFile, clock, disk } = surroundings;
    const process = new Process(name, disk);
    this.process = process;
    this.#surroundings = surroundings;
    const called = (call: () => void) => () => {
      if (!process.isDead) process.run(call);
    };
    this.login = process.run(() =>
      newLogin({
        endpoints: ENDPOINTS,
        configFile,
        dataDir,
        clock: {
          now: () => clock.now(),
          monotonic: () => clock.monotonic(),
          after: (milliseconds, call) => clock.after(milliseconds, called(call)),
        },
        fetch: (url, init) => this.#fetch(url, init),
        isReachable: () => Promise.resolve(true),
        connection: () => Promise.resolve({ way: null, failure: null }),
        openBrowser: () => Promise.resolve(),
        ...(keychains === null
          ? {}
          : {
              keychain: keychains.copies.under(() => serviceNames(configFile), process),
              secrets: keychains.secrets.under(() => secretServiceNames(configFile), process),
              secretsAt: (path: string) =>
                keychains.secrets.under(() => Promise.resolve([secretServiceName(path)]), process),
            }),
        watchFile: (_, onChange) => {
          const watcher = called(onChange);
          this.#watchers.add(watcher);
          return { close: () => void this.#watchers.delete(watcher) };
        },
        settleMs: 10,
        reportError: (_, error) => {
          if (!(error instanceof FailureError) && !process.isDead) surroundings.onFault(error);
        },
      }),
    );
  }

  get isBusy(): boolean {
    const { process, login } = this;
    return !process.isDead && (this.#requests > 0 || process.underWay > 0 || login.isBusy);
  }

  /** Its files have changed. */
  notice(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** @returns what came of it: the code of a failure that a person is told, `killed`, or what `work` told */
  async do(work: (login: Login) => unknown): Promise<unknown> {
    try {
      return await this.process.run(() => work(this.login));
    } catch (error) {
      if (this.process.isDead) return 'killed';
      if (error instanceof FailureError) return error.failure.code;
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.do((login) => login.stop());
    this.process.isDead = true;
  }

  async #fetch(...[url, init]: Parameters<Fetch>): Promise<Response> {
    this.process.step();
    this.#requests += 1;
    try {
      await nextTick();
      init?.signal?.throwIfAborted();
      const answer = await this.#answer(url, init);
      await nextTick();
      this.process.step();
      return answer;
    } finally {
      this.#requests -= 1;
    }
  }

  async #answer(url: URL, init: RequestInit | undefined): Promise<Response> {
    const { service } = this.#surroundings;
    const body = () =>
      JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Record<string, string>;
    if (url.pathname.endsWith('/profile'))
      return service.profile(new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '');
    if (url.pathname.endsWith('/revoke')) return service.revoke(body()['token'] ?? '');
    const { meanwhile } = this.#surroundings;
    this.#surroundings.meanwhile = null;
    try {
      // Whoever changes the file then may come before the token is spent or after.
      if (meanwhile !== null && service.turn % 2 === 0) await outside(meanwhile);
      const answer = service.token(body(), this.process.name);
      if (meanwhile !== null && service.turn % 2 === 1) await outside(meanwhile);
      return answer;
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      throw new FailureError({ code: 'network-down', host: url.host, reason: 'ECONNREFUSED' });
    }
  }
}
