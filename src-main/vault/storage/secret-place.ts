import { failureOf, FailureError, type Failure } from '../../domain/failure.ts';
import type { KnownCredential } from '../../domain/entry-change.ts';
import { credentialDigest, tokenTrace } from '../credential-trace.ts';
import type { KeptCopy, Keychain } from '../keychain/keychain.ts';
import type { CredentialPlace } from '../place.ts';

/**
 * The keychain as the one place of what renews an account, and not as a second copy: for those whose storage is
 * `access-only` or `keychain`. What was read or written last is held in memory, so that a reading of the config file asks
 * nobody for a password.
 */
export class SecretPlace implements CredentialPlace {
  readonly takes = 'secrets';
  readonly isLasting = true;
  readonly #keychain: Keychain | null;
  #held: readonly KeptCopy[] = [];
  #obstacle: Failure | null = null;
  /** Whether it was read since the start, or the person's last wish. */
  #isAsked = false;

  constructor(keychain: Keychain | null) {
    this.#keychain = keychain;
  }

  get obstacle(): Failure | null {
    return this.#obstacle;
  }

  /** What was read or written last. */
  get held(): readonly KeptCopy[] {
    return this.#held;
  }

  /** Whether nobody has asked the keychain yet. */
  get isUnasked(): boolean {
    return !this.#isAsked;
  }

  /** From now on it may show a person its password dialogue once more. */
  askAgain(): void {
    if (this.#obstacle !== null) this.#isAsked = false;
  }

  /**
   * Reads all of it; a keychain that has refused is asked again only after `askAgain`, since it may show a dialogue.
   * Never rejects: what stands in the way is `obstacle`.
   */
  async look(): Promise<void> {
    if (this.#isAsked && this.#obstacle !== null) return;
    await this.lookAgain();
  }

  /** The same, whatever it has refused. Never rejects. */
  async lookAgain(): Promise<void> {
    this.#isAsked = true;
    try {
      this.#held = await this.#open().read();
      this.#obstacle = null;
    } catch (error) {
      this.#obstacle = failureOf(error);
    }
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

  /** As `keep`. @throws FailureError `keychain-unavailable`; what was there before still is then */
  async write(secrets: readonly KeptCopy[]): Promise<void> {
    if (secrets.length === 0) return;
    try {
      await this.#open().keep(secrets);
    } catch (error) {
      this.#obstacle = failureOf(error);
      throw error;
    }
    this.#isAsked = true;
    this.#obstacle = null;
    const ids = new Set(secrets.map(({ credential }) => credential.id));
    this.#held = [...this.#held.filter(({ credential }) => !ids.has(credential.id)), ...secrets];
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

  /** Whether what is held is what is known of the account, or came after it. */
  isPresent(id: string, known: KnownCredential): boolean {
    const secret = secretOf(id, known, this.#held);
    if (secret === null) return false;
    return isNext(secret, known) || credentialDigest(secret.credential) === known.digest;
  }

  #open(): Keychain {
    if (this.#keychain !== null) return this.#keychain;
    throw new FailureError({ code: 'keychain-unavailable', reason: 'not-installed' });
  }
}

/**
 * The secret of an account: the one that is known, the one that was got for it, or, while the keychain could not be
 * written, the one before it.
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

/** It was got for the one that is known: a crash came before that was written down. */
function isNext({ credential, replaces }: KeptCopy, { token }: KnownCredential): boolean {
  return token !== null && tokenTrace(credential.refreshToken) !== token && replaces.includes(token);
}

/** Why an account's secret is not at hand. */
export function lockOf(id: string, { obstacle, isUnasked }: SecretPlace): Failure | 'pending' {
  if (obstacle?.code === 'keychain-unavailable') return { code: 'secret-locked', reason: obstacle.reason };
  if (obstacle !== null) return obstacle;
  return isUnasked ? 'pending' : { code: 'secret-missing', id };
}
