import type { ApiKey, KeyTest } from '../domain/api-key.ts';
import { readPastedKey } from '../domain/pasted-key.ts';
import { FailureError, type Failure } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import type { KeyStorage } from '../domain/storage.ts';
import type { RemovedKey } from '../vault/api-keys.ts';
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
  #removed: { readonly what: RemovedKey; readonly forget: () => void } | null = null;

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
   * @param storage `null`: where the one before lies
   * @returns the test, which goes on
   * @throws FailureError `key-unusable`, or as `ApiKeys.set`
   */
  async set(
    text: string,
    mayReplace: boolean,
    storage: KeyStorage | null = null,
  ): Promise<{ readonly tested: Promise<Failure | null> }> {
    this.#state.beginCommand();
    const { key, flaw } = readPastedKey(text);
    if (flaw !== null) throw new FailureError({ code: 'key-unusable', reason: flaw });
    const { vault, clock } = this.#ports;
    this.#forget();
    await this.#write(storage, () => vault.apiKeys.set(key, clock.now(), mayReplace, storage));
    return { tested: this.#test(key) };
  }

  /** Moves it. @throws FailureError as `ApiKeys.move` */
  async move(storage: KeyStorage): Promise<void> {
    this.#state.beginCommand();
    await this.#write('keychain', () => this.#ports.vault.apiKeys.move(storage));
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

  /**
   * Removes it; for ten seconds it can come back.
   *
   * @param storage `null`: the one that counts
   * @throws FailureError as `ApiKeys.remove`
   */
  async remove(storage: KeyStorage | null = null): Promise<void> {
    this.#state.beginCommand();
    const { vault, clock } = this.#ports;
    await this.#write(storage, async () => {
      const what = await vault.apiKeys.remove(storage);
      this.#forget();
      // The keychain had lost it.
      if (what.key === '') return null;
      this.#removed = { what, forget: clock.after(UNDO_TIME, () => this.#forget()) };
      this.#show({ undo: { until: clock.now() + UNDO_TIME, to: what.from } });
      return null;
    });
  }

  /** Puts the key back that was removed, where that was a moment ago. @throws FailureError as `ApiKeys.putBack` */
  async undoRemove(): Promise<void> {
    this.#state.beginCommand();
    const what = this.#removed?.what;
    if (what === undefined) return;
    await this.#write(what.from, async () => {
      await this.#ports.vault.apiKeys.putBack(what);
      this.#forget();
      return null;
    });
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

  /**
   * Changes what is stored, under the lock where the keychain has to do with it.
   *
   * @param work answers as `EditOutcome.madePrivateFrom`
   */
  async #write(storage: KeyStorage | null, work: () => Promise<string | null>): Promise<void> {
    const { vault, surroundings } = this.#ports;
    const inTurn = async () =>
      (await vault.apiKeys.involvesKeychain(storage)) ? vault.exclusively(work) : work();
    let mode: string | null = null;
    try {
      mode = await this.#underWay.track(inTurn());
    } finally {
      // What failed may have changed half of it.
      await this.#stored.reload();
    }
    if (mode === null) return;
    this.#state.addCommandTrouble({ code: 'config-made-private', path: surroundings.configFile, mode });
  }

  #forget(): void {
    this.#removed?.forget();
    this.#removed = null;
    if (this.#state.snapshot.apiKey.undo !== null) this.#show({ undo: null });
  }

  #show(change: Partial<ApiKey>): void {
    this.#state.update({ apiKey: { ...this.#state.snapshot.apiKey, ...change } });
  }
}
