import { compareOwners } from '../../domain/credential.ts';
import { credentialDigest } from '../../vault/credential-trace.ts';
import type { AccountRecord, StoredAccount } from '../../vault/vault.ts';
import { giveBack } from './displaced.ts';
import type { LoginPorts } from '../ports.ts';
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
  readonly #stopped = new AbortController();
  #isOn = false;

  constructor({ vault, clock }: Pick<LoginPorts, 'vault' | 'clock'>, service: Service, stored: StoredLogins) {
    this.#vault = vault;
    this.#clock = clock;
    this.#service = service;
    this.#stored = stored;
  }

  /** From now on, until `stop`, it asks. A command of the terminal does not wait for that. */
  begin(): void {
    this.#isOn = true;
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Asks where the owner is not sure, and remembers the answer. Never rejects. */
  async learn({ id, credential, record }: StoredAccount): Promise<void> {
    if (!this.#isOn || credential === null || record?.isOwnerSure !== false) return;
    const digest = credentialDigest(credential);
    if (this.#asking.has(digest)) return;
    this.#asking.add(digest);
    try {
      const { testToken } = await import('../../oauth/token-test.ts');
      const { endpoints, http } = this.#service.present;
      const { owner } = await testToken(endpoints.apiUrl, credential.accessToken, http, this.#stopped.signal);
      if (owner === null) return;
      let displaced = null as AccountRecord | null;
      await this.#vault.saveRecord(id, (now) => {
        // Another credential, or none, has come while we asked.
        if (now.known?.digest !== digest) return now;
        // What the service leaves out tells nothing against it.
        const isSame = compareOwners(owner, now.owner) !== 'another';
        const known = { ...now, owner, isOwnerSure: true, tookOver: null };
        if (isSame) return known;
        // What it seemed to have taken the place of is another login, and lives on. Its end says nothing of this one's.
        displaced = now;
        const past = now.known.past.filter((each) => each !== now.tookOver?.digest);
        return { ...known, known: { ...now.known, past }, loginIssuedAt: null, loginExpiresAt: null };
      });
      if (displaced !== null) {
        const { accounts } = this.#stored.content;
        await giveBack(id, displaced, { vault: this.#vault, clock: this.#clock, accounts });
      }
      // What is sure now may take the place of the copy before it.
      await this.#vault.keepCopies();
      await this.#stored.reload();
    } catch {
      // Stopped.
    } finally {
      this.#asking.delete(digest);
    }
  }
}
