import { type ApiKey, type KeyTest } from '../domain/api-key.ts';
import { readPastedKey } from '../domain/pasted-key.ts';
import { FailureError, type Failure } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import type { StoredApiKey } from '../vault/api-keys.ts';
import type { StoredLogins } from './accounts/stored-logins.ts';
import type { LoginPorts } from './ports.ts';
import type { Service } from './service.ts';
import type { State } from './state.ts';
import type { UnderWay } from './under-way.ts';

/** For how long a key that was removed can come back. */
const UNDO_TIME = 10 * SECOND;

/** What a person has done with the API key. The key itself leaves here for a clipboard alone. */
export class KeyDesk {
  readonly #ports: Pick<LoginPorts, 'vault' | 'clock' | 'surroundings'>;
  readonly #state: State;
  readonly #stored: StoredLogins;
  readonly #service: Service;
  readonly #underWay: UnderWay;
  readonly #stopped = new AbortController();
  #removed: { readonly key: string; readonly was: StoredApiKey; readonly forget: () => void } | null = null;

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock' | 'surroundings'>,
    state: State,
    stored: StoredLogins,
    service: Service,
    underWay: UnderWay,
  ) {
    this.#ports = ports;
    this.#state = state;
    this.#stored = stored;
    this.#service = service;
    this.#underWay = underWay;
  }

  /**
   * Writes a key as a person pasted it, and has it tested.
   *
   * @param mayReplace whether a placeholder may give way to it
   * @returns the test, which goes on
   * @throws FailureError `key-unusable`, `key-placeholder`, or what stands in the way of writing
   */
  async set(text: string, mayReplace: boolean): Promise<{ readonly tested: Promise<Failure | null> }> {
    this.#state.beginCommand();
    const { key, flaw } = readPastedKey(text);
    if (flaw !== null) throw new FailureError({ code: 'key-unusable', reason: flaw });
    const { vault, clock, surroundings } = this.#ports;
    this.#forget();
    const { madePrivateFrom: mode } = await this.#underWay.track(
      vault.apiKeys.set(key, clock.now(), mayReplace),
    );
    await this.#stored.reload();
    if (mode !== null) {
      this.#state.addCommandTrouble({ code: 'config-made-private', path: surroundings.configFile, mode });
    }
    return { tested: this.#test(key) };
  }

  /** Asks the service whether it takes the key. @throws FailureError `no-key`, `key-placeholder`, or as reading does */
  async test(): Promise<Failure | null> {
    this.#state.beginCommand();
    return this.#test(await this.#ports.vault.apiKeys.read());
  }

  /** The key itself, secret. @throws FailureError as `test` */
  async read(): Promise<string> {
    this.#state.beginCommand();
    return this.#ports.vault.apiKeys.read();
  }

  /** Takes it out of the file; for ten seconds it can come back. @throws FailureError as `test`, or as an edit does */
  async remove(): Promise<void> {
    this.#state.beginCommand();
    const { vault, clock } = this.#ports;
    const was = this.#stored.content.apiKey;
    const { before: key } = await this.#underWay.track(vault.apiKeys.remove(clock.now()));
    this.#forget();
    const forget = clock.after(UNDO_TIME, () => this.#forget());
    this.#removed = { key, was, forget };
    this.#show({ undoUntil: clock.now() + UNDO_TIME });
    await this.#stored.reload();
  }

  /** Puts the key back that was removed, where that was a moment ago. @throws FailureError `key-changed`, or as an edit does */
  async undoRemove(): Promise<void> {
    this.#state.beginCommand();
    const removed = this.#removed;
    if (removed === null) return;
    const { since, test } = removed.was;
    await this.#underWay.track(this.#ports.vault.apiKeys.putBack(removed.key, { since, test }));
    this.#forget();
    await this.#stored.reload();
  }

  /** Ends a test that is under way, and holds no key any more. */
  stop(): void {
    this.#stopped.abort();
    this.#forget();
  }

  async #test(key: string): Promise<Failure | null> {
    const { vault, clock } = this.#ports;
    const { refusal, present } = this.#service;
    if (refusal !== null) {
      this.#state.addCommandTrouble(refusal);
      return refusal;
    }
    const { signal } = this.#stopped;
    this.#show({ testing: true });
    try {
      const { testKey } = await import('../oauth/key-test.ts');
      const failure = await testKey(present.endpoints.apiUrl, key, present.http, signal);
      const test: KeyTest = { at: clock.now(), failure };
      await vault.apiKeys.noteTest(key, test);
      return failure;
    } catch (error) {
      // Nobody waits for it any more.
      if (signal.aborted) return null;
      throw error;
    } finally {
      this.#show({ testing: false });
      await this.#stored.reload();
    }
  }

  #forget(): void {
    this.#removed?.forget();
    this.#removed = null;
    if (this.#state.snapshot.apiKey.undoUntil !== null) this.#show({ undoUntil: null });
  }

  #show(change: Partial<ApiKey>): void {
    this.#state.update({ apiKey: { ...this.#state.snapshot.apiKey, ...change } });
  }
}
