import type { Credential, Owner } from '../../domain/credential.ts';
import type { Failure } from '../../domain/failure.ts';
import { plausibleExpiry } from '../../domain/lifetime.ts';
import type { TokenTest } from '../../oauth/token-test.ts';
import { credentialDigest, isRefreshable, tokenTrace } from '../../vault/credential-trace.ts';
import type { StoredAccount } from '../../vault/vault.ts';
import { claudeCodesLessons } from './claude-codes-lessons.ts';
import type { LoginPorts } from '../ports.ts';
import { learnOwner } from './owner-told.ts';
import { adoption } from './reconcile.ts';
import type { Service } from '../service.ts';
import type { StoredLogins } from './stored-logins.ts';

/** Another program may have signed in as somebody else: asks the service who it is now, which costs nothing. */
export class OwnerLookup {
  readonly #vault: LoginPorts['vault'];
  readonly #clock: LoginPorts['clock'];
  readonly #service: Service;
  readonly #stored: StoredLogins;
  /** The credentials whose owner is being asked for. */
  readonly #asking = new Set<string>();
  /** What the answer of each account's last renewal said: where the profile cannot be had that is what there is. */
  readonly #told = new Map<string, { readonly digest: string; readonly owner: Owner }>();
  /** Those of an owner who is known, of whom nobody knows whether they can be renewed. */
  readonly #unproven = new Set<string>();
  readonly #stopped = new AbortController();
  #isOn = false;

  constructor({ vault, clock }: Pick<LoginPorts, 'vault' | 'clock'>, service: Service, stored: StoredLogins) {
    this.#vault = vault;
    this.#clock = clock;
    this.#service = service;
    this.#stored = stored;
  }

  /** From now on, until `stop`, it asks. A command of the terminal waits for that only where it renews. */
  begin(): void {
    this.#isOn = true;
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** @param digest of the credential that the answer brought */
  readonly hear = (id: string, digest: string, owner: Owner): void => {
    this.#told.set(id, { digest, owner });
  };

  /** Asks where the owner is not sure, and remembers the answer. Never rejects. */
  async learn(account: StoredAccount): Promise<void> {
    if (!this.#isOn) return;
    if (account.isEndDoubtful) await this.#prove(account);
    await this.#learn(account);
  }

  /**
   * The same for what was just renewed, also where nobody looks after the logins: a process that only renews would never
   * know whose it is. Nothing where it is asked all the same. Never rejects.
   */
  async learnRenewed(account: StoredAccount): Promise<void> {
    if (!this.#isOn) await this.#learn(account);
  }

  /**
   * The same where an entry is spent only as long as what seemed to take its place may be its successor, under whatever id:
   * it may live. Never rejects.
   *
   * @returns whether it is spent no more
   */
  async learnGuessed(id: string): Promise<boolean> {
    const { entry = null, isSpent = false } = this.#stored.find(id) ?? {};
    const token = tokenTrace(entry?.credential.refreshToken ?? null);
    if (!isSpent || token === null) return false;
    const { accounts } = this.#stored.content;
    const taking = accounts.find(({ record }) => record?.tookOver?.token === token);
    if (taking === undefined) return false;
    await this.learnRenewed(taking);
    return this.#stored.find(id)?.isSpent === false;
  }

  async #learn(account: StoredAccount): Promise<void> {
    if (account.record?.isOwnerSure !== false) return;
    const { id } = account;
    const credential = await this.#unsure(account);
    if (credential === null) return;
    const digest = credentialDigest(credential);
    if (this.#asking.has(digest) || this.#unproven.has(digest)) return;
    this.#asking.add(digest);
    try {
      const { owner: found, failure } = await this.#test(credential);
      const told = this.#told.get(id);
      const owner = found ?? (told?.digest === digest ? told.owner : null);
      // Who quits does not wait for a turn.
      if (this.#stopped.signal.aborted) return;
      if (failure !== null && isOver(failure)) await this.#noteOver(account, credential);
      if (owner === null) return;
      await this.#vault.exclusively(async () => {
        const ports = { vault: this.#vault, clock: this.#clock };
        if (!(await learnOwner(id, digest, owner, ports))) this.#unproven.add(digest);
      });
      // What is sure now may take the place of the copy before it.
      await this.#vault.keepCopies();
      await this.#stored.reload();
    } catch {
      // Stopped, or its turn never came: it is asked again with the next change.
    } finally {
      this.#asking.delete(digest);
    }
  }

  /**
   * A token of which nobody knows the end, nor how old it was when it was found, is over: what is counted from there tells
   * nothing, and it is due. Once, since what a renewal gives has a known end.
   */
  async #noteOver({ id, record }: StoredAccount, credential: Credential): Promise<void> {
    if (!isRefreshable(credential) || record?.accessIssuedAt == null) return;
    const isEndKnown = plausibleExpiry(credential.accessExpiresAt, record.accessIssuedAt, true) !== null;
    if (isEndKnown) return;
    const digest = credentialDigest(credential);
    await this.#vault.exclusively(() =>
      this.#vault.saveRecord(id, (old) =>
        old.known?.digest === digest ? { ...old, accessIssuedAt: null } : old,
      ),
    );
    await this.#stored.reload();
  }

  /** What nobody knows the owner of: where another one stands in its entry by now only its copy tells. */
  async #unsure({ id, credential, record, hasCopy }: StoredAccount): Promise<Credential | null> {
    const isKnown = (each: Credential | null) =>
      each !== null && credentialDigest(each) === record?.known?.digest;
    if (isKnown(credential)) return credential;
    const copy = hasCopy ? await this.#vault.copyOf(id) : null;
    const isOver = (copy?.accessExpiresAt ?? Infinity) <= this.#clock.now();
    return isKnown(copy) && !isOver ? copy : null;
  }

  /**
   * A token that is over by what another program wrote of it, and that the service takes: it is no older than ours, and
   * what wrote it has the wrong time. Never rejects.
   */
  async #prove({ id, entry }: StoredAccount): Promise<void> {
    if (entry === null) return;
    const digest = credentialDigest(entry.credential);
    if (this.#asking.has(digest)) return;
    this.#asking.add(digest);
    try {
      const { owner, failure } = await this.#test(entry.credential);
      // Where the service says no it says so the next time as well.
      if (failure === null || failure.code === 'network-down') this.#asking.delete(digest);
      if (owner === null) return;
      await this.#vault.exclusively(async () => {
        const { account } = await this.#vault.find(id);
        const now = account?.isEndDoubtful === true ? (account.entry?.credential ?? null) : null;
        // Another one has come while we asked.
        if (account === null || now === null || credentialDigest(now) !== digest) return;
        await this.#vault.learn([
          adoption(account, now, this.#clock.now()),
          ...(await claudeCodesLessons([{ ...now, id }], this.#vault)),
        ]);
      });
      await this.#stored.reload();
    } catch {
      // Stopped, or its turn never came: it is asked again with the next change.
      this.#asking.delete(digest);
    }
  }

  async #test({ accessToken }: Credential): Promise<TokenTest> {
    const { testToken } = await import('../../oauth/token-test.ts');
    const { endpoints, http } = this.#service.present;
    return testToken(endpoints.apiUrl, accessToken, http, this.#stopped.signal);
  }
}

/** Whether the service takes the token no more, rather than what it was asked for. */
function isOver(failure: Failure): boolean {
  return (
    failure.code === 'test-token-expired' || (failure.code === 'test-forbidden' && failure.status === 401)
  );
}
