import { MINUTE } from '../../domain/instant.ts';
import { FailureError, type KeychainObstacle } from '../../domain/failure.ts';
import { monotonicNow } from '../files/monotonic.ts';
import { Turns } from '../files/turns.ts';
import type { HelperAnswer, HelperRequest } from './keychain-helper.ts';

/** A process that runs `keychain-helper.ts`. Electron's UtilityProcess is one as it is. */
export interface KeychainHelper {
  postMessage(request: HelperRequest): void;
  on(event: 'message', listener: (answer: HelperAnswer) => void): unknown;
  /** `code` is Node's: 1 when the program failed, `null` or the system's own when the process crashed. */
  on(event: 'exit', listener: (code: number | null) => void): unknown;
  kill(): unknown;
}

export type HelperItems = Extract<HelperAnswer, { items: unknown }>['items'];

/** A dialogue that nobody answers for so long is lost, or forgotten: the next call shows another one in its place. */
const PATIENCE = 10 * MINUTE;

/** A call that was given up on, and is still under way. */
interface Stuck {
  readonly helper: KeychainHelper;
  readonly since: number;
}

/**
 * The one way to the system's keychain, whatever names are asked for there: one call at a time, each in a process of its
 * own, and one password dialogue. While a person is shown that, for ten minutes at most, every further call is refused at
 * once.
 */
export class KeychainLine {
  readonly #startHelper: () => Promise<KeychainHelper>;
  readonly #callLimit: number;
  readonly #turns = new Turns();
  /** Called when a call that was given up on was answered after all: somebody has typed a password. */
  onAnsweredLate: () => void = () => undefined;
  readonly #patience: number;
  #stuck: Stuck | null = null;

  /** @param callLimit and how long one that was given up on is waited for: milliseconds */
  constructor(startHelper: () => Promise<KeychainHelper>, callLimit: number, patience = PATIENCE) {
    this.#startHelper = startHelper;
    this.#callLimit = callLimit;
    this.#patience = patience;
  }

  /** @throws FailureError `keychain-unavailable` */
  async call(request: HelperRequest): Promise<HelperItems> {
    return this.#turns.take(async () => {
      if (this.#stuck !== null && monotonicNow() - this.#stuck.since < this.#patience) {
        throw unavailable('no-answer');
      }
      this.#stuck?.helper.kill();
      this.#stuck = null;
      const helper = await this.#start();
      const { promise, resolve, reject } = Promise.withResolvers<HelperItems>();
      const limit = setTimeout(() => {
        this.#stuck = { helper, since: monotonicNow() };
        reject(unavailable('no-answer'));
      }, this.#callLimit);
      helper.on('message', (answer) => {
        helper.kill();
        if ('items' in answer && this.#stuck?.helper === helper) {
          this.#stuck = null;
          this.onAnsweredLate();
        }
        if ('items' in answer) resolve(answer.items);
        else reject(unavailable(obstacleOf(answer), answer.message));
      });
      helper.on('exit', (code) => {
        if (this.#stuck?.helper === helper) this.#stuck = null;
        // After an answer this changes nothing. keytar crashes over a locked item.
        reject(unavailable(code === 1 ? 'refused' : 'locked'));
      });
      helper.postMessage(request);
      return promise.finally(() => clearTimeout(limit));
    });
  }

  async #start(): Promise<KeychainHelper> {
    try {
      return await this.#startHelper();
    } catch (error) {
      throw unavailable('refused', error);
    }
  }
}

/** What keytar's words mean: it passes on those of GLib, libsecret, the bus or the keyring, and no code. */
function obstacleOf({ error, message }: Extract<HelperAnswer, { error: unknown }>): KeychainObstacle {
  if (error === 'not-loaded') return 'not-installed';
  if (/locked/i.test(message)) return 'locked';
  return NO_SERVICE.test(message) ? 'no-service' : 'refused';
}

/** In their order: no bus is named, found, or listening; nobody on it has secrets; its keyring was never made. */
const NO_SERVICE =
  /given address is empty|autolaunch|could not connect|org\.freedesktop\.secrets|object does not exist/i;

function unavailable(reason: KeychainObstacle, cause?: unknown): FailureError {
  return new FailureError({ code: 'keychain-unavailable', reason }, { cause });
}
