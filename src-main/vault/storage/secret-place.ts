import { failureOf, FailureError, type Failure } from '../../domain/failure.ts';
import type { Credential } from '../../domain/credential.ts';
import type { KnownCredential, SpentTokens } from '../../domain/entry-change.ts';
import { credentialDigest, tokenTrace } from '../credential-trace.ts';
import type { KeptCopy, Keychain } from '../keychain/keychain.ts';
import type { CredentialPlace } from '../place.ts';
import type { AccountRecord } from '../records/accounts-file.ts';

type Records = ReadonlyMap<string, AccountRecord>;

/**
 * The keychain as the one place of what renews an account, and not as a second copy: for those whose storage is
 * `access-only` or `keychain`. What was read or written last is held in memory, so that a reading of the config file asks
 * nobody for a password.
 */
export class SecretPlace implements CredentialPlace {
  readonly takes = 'secrets';
  readonly isLasting = true;
  readonly #keychain: Keychain | null;
  /** The same under another config file's name. */
  readonly #at: (configFile: string) => Keychain | null;
  #held: readonly KeptCopy[] = [];
  #obstacle: Failure | null = null;
  /** Which credentials were known when it was read last; `null` before, or where a person wants it asked again. */
  #readFor: string | null = null;

  constructor(keychain: Keychain | null, at: (configFile: string) => Keychain | null) {
    this.#keychain = keychain;
    this.#at = at;
  }

  get obstacle(): Failure | null {
    return this.#obstacle;
  }

  /** What was read or written last. */
  get held(): readonly KeptCopy[] {
    return this.#held;
  }

  /** From now on it may show a person its password dialogue once more. */
  askAgain(): void {
    if (this.#obstacle !== null) this.#readFor = null;
  }

  /**
   * Reads all of it. A keychain that has refused is asked again only after `askAgain`, since it may show a dialogue, or
   * where another process has renewed meanwhile, which it was unlocked for. Never rejects: what stands in the way is
   * `obstacle`.
   */
  async look(records: Records): Promise<void> {
    const known = knownHidden(records);
    if (this.#obstacle !== null && this.#readFor === known) return;
    this.#readFor = known;
    try {
      const before = this.#held;
      const found = [...(await this.#open().read()), ...(await this.#leftBehind(records))];
      const gone = vanished(records, before, found);
      // Held until it is there again: a keychain that takes nothing just now would cost it.
      this.#held = [...found, ...gone];
      this.#obstacle = null;
      await this.write(gone);
    } catch (error) {
      this.#obstacle = failureOf(error);
    }
  }

  /** What has not followed its config file yet. */
  async #leftBehind(records: Records): Promise<readonly KeptCopy[]> {
    const found: KeptCopy[] = [];
    for (const from of new Set([...records.values()].flatMap(({ movedFrom }) => movedFrom ?? []))) {
      const there = (await this.#at(from)?.read()) ?? [];
      for (const [id, { known, movedFrom }] of records) {
        if (known !== null && movedFrom === from)
          found.push(...there.filter((each) => isSecretOf(id, known, each)));
      }
    }
    return found;
  }

  /**
   * Brings what was left under the name of another config file under this one's, and only then away from there.
   *
   * @returns the ids of those that have nothing left there
   * @throws FailureError `keychain-unavailable`; each is in one of the two places then, or in both
   */
  async bringHere(records: Records, spent: SpentTokens): Promise<readonly string[]> {
    const done: string[] = [];
    for (const [id, record] of records) {
      const { known, movedFrom } = record;
      const there = movedFrom === null ? null : this.#at(movedFrom);
      if (known === null || there === null) continue;
      const left = (await there.read()).filter((each) => isSecretOf(id, known, each));
      const best = secretOf(id, known, left);
      const own = async () => {
        const here = (await this.#open().read()).filter(({ isFormer }) => !isFormer);
        return secretOf(id, known, here);
      };
      const isHere = (secret: KeptCopy | null) => secret !== null && !isOutdone(secret, known);
      if (isHidden(record) && !isHere(await own())) {
        if (best === null) continue;
        await this.write([{ ...best, credential: { ...best.credential, id } }]);
        // The last one may be found there yet.
        if (isOutdone(best, known)) continue;
      }
      // What is older, and not spent for certain, may be another login's.
      const over = left.filter(
        (each) => !isOutdone(each, known) || spent.has(tokenTrace(each.credential.refreshToken) ?? ''),
      );
      if (over.length > 0) await there.forget(over.map(({ credential }) => credential.id));
      done.push(id);
    }
    return done;
  }

  /** Why what renews an account is not at hand; `pending`: nobody has asked since that was known. */
  lockOf(id: string, records: Records): Failure | 'pending' {
    if (this.#readFor !== knownHidden(records)) return 'pending';
    if (this.#obstacle?.code === 'keychain-unavailable')
      return { code: 'secret-locked', reason: this.#obstacle.reason };
    return this.#obstacle ?? { code: 'secret-missing', id };
  }

  /** What is held: whoever looks for copies must not have a person asked for a password. */
  read(): Promise<readonly KeptCopy[]> {
    return Promise.resolve(this.#held);
  }

  prepare(): Promise<null> {
    return Promise.resolve(null);
  }

  async keep(credentials: readonly KeptCopy[]): Promise<void> {
    await this.write(credentials).catch(() => undefined);
  }

  /**
   * As `keep`. What another login has under such an id is put aside first: an account may have another id since, and
   * a Latchkey with another data folder writes here, too.
   *
   * @throws FailureError `keychain-unavailable`, also where it does not give back what it took; what was there before
   *   still is then
   */
  async write(secrets: readonly KeptCopy[]): Promise<void> {
    if (secrets.length === 0) return;
    const written = [...secrets.flatMap((each) => this.#besides(each)), ...secrets];
    try {
      await this.#open().keep(written);
      await this.#readBack(written);
    } catch (error) {
      this.#obstacle = failureOf(error);
      throw error;
    }
    this.#obstacle = null;
    const ids = new Set(written.map(({ credential }) => credential.id));
    this.#held = [...this.#held.filter(({ credential }) => !ids.has(credential.id)), ...written];
  }

  /** Nobody else has it: that a keychain says yes is not enough. */
  async #readBack(written: readonly KeptCopy[]): Promise<void> {
    const found = (await this.#open().read()).filter(({ isFormer }) => !isFormer);
    const isThere = ({ credential }: KeptCopy) =>
      found.some(
        (each) =>
          each.credential.id === credential.id &&
          credentialDigest(each.credential) === credentialDigest(credential),
      );
    if (!written.every(isThere)) {
      throw new FailureError({ code: 'keychain-unavailable', reason: 'refused' });
    }
  }

  /** What would be lost by writing this, under a name of its own: a secret is known by its tokens, not by its id. */
  #besides({ credential, replaces }: KeptCopy): readonly KeptCopy[] {
    return this.#held.flatMap((each) => {
      const token = tokenTrace(each.credential.refreshToken);
      const isOfTheLogin = token === tokenTrace(credential.refreshToken) || replaces.includes(token ?? '');
      if (each.credential.id !== credential.id || isOfTheLogin) return [];
      return [{ ...each, credential: { ...each.credential, id: `${credential.id}~${token}` } }];
    });
  }

  /** Reads it anew, whatever was known. @throws FailureError `keychain-unavailable` */
  async refresh(records: Records): Promise<void> {
    this.askAgain();
    await this.look(records);
    if (this.#obstacle !== null) throw new FailureError(this.#obstacle);
  }

  /**
   * Forgets what is known to be an account's, or of its past and spent, and nobody else's. Fine also where there is none.
   *
   * @param others what is known of the other accounts: they may have the same login
   * @throws FailureError where some may be left
   */
  async forgetOf(known: KnownCredential, others: Records, spent: SpentTokens): Promise<void> {
    const needed = new Set(
      hiddenIds(others).map((id) => {
        const last = others.get(id)?.known ?? null;
        return last === null ? undefined : secretOf(id, last, this.#held)?.credential.id;
      }),
    );
    const isSpent = ({ refreshToken }: Credential) => spent.has(tokenTrace(refreshToken) ?? '');
    const ids = this.#held
      .filter((each) => secretOf(each.credential.id, known, [each]) !== null)
      .filter((each) => !isOutdone(each, known) || isSpent(each.credential))
      .map(({ credential }) => credential.id)
      .filter((id) => !needed.has(id));
    if (ids.length > 0) await this.forget(ids);
  }

  async forget(ids: readonly string[]): Promise<void> {
    try {
      await this.#open().forget(ids);
    } catch (error) {
      this.#obstacle = failureOf(error);
      throw error;
    }
    this.#held = this.#held.filter(({ credential }) => !ids.includes(credential.id));
  }

  #open(): Keychain {
    if (this.#keychain !== null) return this.#keychain;
    throw new FailureError({ code: 'keychain-unavailable', reason: 'not-installed' });
  }
}

/** Whether its secrets are in the keychain alone. */
export function isHidden({ storage, known }: Pick<AccountRecord, 'storage' | 'known'>): boolean {
  return storage !== 'config-file' && known !== null;
}

/** The ids of the accounts whose secrets are in the keychain alone. */
export function hiddenIds(records: Records): readonly string[] {
  return [...records].flatMap(([id, record]) => (isHidden(record) ? id : []));
}

/**
 * What somebody has taken out of the keychain, or put an older one in the place of, as from a backup, though the account is
 * known to be there: nobody else has it.
 */
function vanished(
  records: Records,
  before: readonly KeptCopy[],
  now: readonly KeptCopy[],
): readonly KeptCopy[] {
  return hiddenIds(records).flatMap((id) => {
    const known = records.get(id)?.known ?? null;
    const present = known === null ? null : secretOf(id, known, now);
    if (known === null || (present !== null && !isOutdone(present, known))) return [];
    const last = secretOf(id, known, before);
    return last === null || isOutdone(last, known) ? [] : [last];
  });
}

function knownHidden(records: Records): string {
  return hiddenIds(records)
    .map((id) => records.get(id)?.known?.digest)
    .join(' ');
}

/** Whether a secret is of the past: another process has put its successor there, or could not. */
export function isOutdone(secret: KeptCopy, known: KnownCredential): boolean {
  return !isNext(secret, known) && credentialDigest(secret.credential) !== known.digest;
}

/**
 * The secret of an account: the one that was got for what is known, the one that is known, or one before it
 * (`isOutdone`).
 */
export function secretOf(id: string, known: KnownCredential, held: readonly KeptCopy[]): KeptCopy | null {
  const own = held.toSorted((one, other) => rank(one) - rank(other));
  return (
    own.find((each) => isNext(each, known)) ??
    own.find(({ credential }) => credentialDigest(credential) === known.digest) ??
    own.find(({ credential }) => known.past.includes(credentialDigest(credential))) ??
    null
  );

  /** Another program may have given the entry another id. */
  function rank({ credential }: KeptCopy): number {
    return credential.id === id ? 0 : 1;
  }
}

function isSecretOf(id: string, known: KnownCredential, secret: KeptCopy): boolean {
  return secretOf(id, known, [secret]) !== null;
}

/** It was got for the one that is known: a crash came before that was written down. */
function isNext({ credential, replaces }: KeptCopy, { token }: KnownCredential): boolean {
  return token !== null && tokenTrace(credential.refreshToken) !== token && replaces.includes(token);
}
