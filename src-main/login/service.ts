import type { Failure } from '../domain/failure.ts';
import { areAllLoopback, preferTokenHost, type Endpoints } from '../oauth/endpoints.ts';
import type { Http } from '../oauth/http.ts';
import type { LoginPorts } from './ports.ts';
import type { State } from './state.ts';

/** The service's servers, and the way to them. */
export interface ServicePorts {
  readonly endpoints: Endpoints;
  readonly http: Http;
  /** A token host has shown that it is the right address: it is asked first from then on. */
  readonly onTokenHost: (host: string) => void;
}

/** Which token host answered last; the settings desk has it. */
interface TokenHostMemory {
  readonly answeringTokenHost: string | null;
  rememberTokenHost(host: string): void;
}

/** The service as it is to be asked at present, and whether it may be. */
export class Service {
  readonly #ports: Pick<LoginPorts, 'endpoints' | 'network' | 'userAgent' | 'clock' | 'surroundings'>;
  readonly #state: State;
  readonly #memory: TokenHostMemory;
  readonly #http: Http;

  constructor(
    ports: Pick<LoginPorts, 'endpoints' | 'network' | 'userAgent' | 'clock' | 'surroundings'>,
    state: State,
    memory: TokenHostMemory,
  ) {
    this.#ports = ports;
    this.#state = state;
    this.#memory = memory;
    const { network, userAgent, clock } = ports;
    this.#http = { network, userAgent, now: () => clock.now() };
  }

  get present(): ServicePorts {
    return { endpoints: this.#endpoints, http: this.#http, onTokenHost: this.#onTokenHost };
  }

  /** What answered comes before what was chosen: the choice may be older than the death of that host. */
  get #endpoints(): Endpoints {
    const host = this.#memory.answeringTokenHost ?? this.#state.snapshot.settings.tokenHost;
    return preferTokenHost(this.#ports.endpoints, host);
  }

  readonly #onTokenHost = (host: string): void => {
    // Where there is but one there is nothing to remember.
    if (this.#ports.endpoints.tokenUrls.length > 1) this.#memory.rememberTokenHost(host);
  };

  /** A stand-in runtime may talk to this machine only: why nothing is asked, else `null`. */
  get refusal(): Failure | null {
    const { endpoints, surroundings } = this.#ports;
    const { standInRuntime } = surroundings;
    if (standInRuntime === null || areAllLoopback(endpoints)) return null;
    return { code: 'runtime-not-vouched', runtime: standInRuntime };
  }
}
