import { setTimeout as delay } from 'node:timers/promises';
import { SECOND } from '../domain/instant.ts';
import { nameOf, type Proxy, type ProxySetting } from '../domain/proxy.ts';
import { DEFAULT_SETTINGS } from '../domain/settings.ts';
import type { SystemWord } from '../network/route.ts';
import type { Passwords } from '../vault/keychain/passwords.ts';

/** What the app asks the system for a URL: the words of a PAC script. Rejects where it has none. */
export type AskSystem = (url: URL) => Promise<string>;

/** A script that the system runs for it may never end, and a refresh waits for it with the lock in its hands. */
const PATIENCE = 10 * SECOND;

/** What decides over the proxy beside the environment: the person's choice, its password, and what the system says. */
export class ProxyDesk {
  readonly #passwords: Passwords;
  readonly #askSystem: AskSystem | null;
  readonly #patience: number;
  /** Those that were typed since the start: they are there also where no keychain is. */
  readonly #typed = new Map<string, string>();
  /** Those read from the keychain, `null` for none: a refresh does not wait for it each time. */
  readonly #read = new Map<string, Promise<string | null>>();
  #setting: ProxySetting = DEFAULT_SETTINGS.proxy;
  #remembered: Readonly<Record<string, string>> = {};
  #onLearnt: (remembered: Readonly<Record<string, string>>) => void = () => undefined;

  /**
   * @param askSystem `null` in the terminal, which goes by what the app last learnt
   * @param patience how long the system is waited for, in milliseconds
   */
  constructor(passwords: Passwords, askSystem: AskSystem | null, patience = PATIENCE) {
    this.#passwords = passwords;
    this.#askSystem = askSystem;
    this.#patience = patience;
  }

  get setting(): ProxySetting {
    return this.#setting;
  }

  set setting(setting: ProxySetting) {
    this.#setting = setting;
  }

  /**
   * @param remembered what the app last learnt, by origin
   * @param onLearnt called with all of it, when it has changed
   */
  begin(
    remembered: Readonly<Record<string, string>>,
    onLearnt: (remembered: Readonly<Record<string, string>>) => void,
  ): void {
    this.#remembered = remembered;
    this.#onLearnt = onLearnt;
  }

  /** What the system says of the way to this URL; `null` where nobody knows. Never rejects. */
  readonly system = async ({ origin, href }: URL): Promise<SystemWord | null> => {
    const text = await this.#ask(new URL(href));
    if (text === null) {
      const last = this.#remembered[origin];
      // It may have been another network.
      return last === undefined ? null : { text: `${last}; DIRECT`, as: 'app' };
    }
    if (text.trim() === '') return null;
    if (text !== this.#remembered[origin]) {
      this.#remembered = { ...this.#remembered, [origin]: text };
      this.#onLearnt(this.#remembered);
    }
    return { text, as: 'system' };
  };

  /** `null` where it says nothing, or not in time. */
  async #ask(url: URL): Promise<string | null> {
    if (this.#askSystem === null) return null;
    const said = this.#askSystem(url).catch(() => null);
    return Promise.race([said, delay(this.#patience, null, { ref: false })]);
  }

  /** The password kept for this proxy, secret; `null` where there is none, or none can be had. Never rejects. */
  readonly password = async (proxy: Proxy): Promise<string | null> => {
    const name = passwordName(proxy);
    const typed = this.#typed.get(name);
    if (typed !== undefined) return typed;
    const read = this.#read.get(name) ?? this.#passwords.read(name).catch(() => null);
    this.#read.set(name, read);
    const password = await read;
    // A keyring that was locked may be open the next time.
    if (password === null) this.#read.delete(name);
    return password;
  };

  /**
   * Takes this password for that proxy from now on; an empty one is none.
   *
   * @throws FailureError `keychain-unavailable`: then it is known until this process ends
   */
  async keepPassword(proxy: Proxy, password: string): Promise<void> {
    const name = passwordName(proxy);
    this.#typed.set(name, password);
    if (password === '') await this.#passwords.forget(name);
    else await this.#passwords.keep(name, password);
  }
}

/** Of the user at the proxy: it must not go to another one, whatever address is typed later. */
function passwordName(proxy: Proxy): string {
  return `${proxy.user ?? ''}@${nameOf(proxy)}`;
}
