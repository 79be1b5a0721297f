import type { Credential } from '../domain/credential.ts';
import type { Failure } from '../domain/failure.ts';

/** A credential as it lies in a place of ours, and what it was got for. Secret. */
export interface PlacedCredential {
  readonly credential: Credential;
  /** The refresh tokens that are spent for it, as traces; none after a sign-in, or where nobody knows. */
  readonly replaces: readonly string[];
}

/**
 * A place beside the config file where credentials of it can lie: memory, the keychain, the rescue file. Which of them
 * counts is not theirs to say (`domain/custody.ts`).
 */
export interface CredentialPlace<Placed extends PlacedCredential = PlacedCredential> {
  /** What lies there, in no particular order. Never rejects: what stands in the way is `obstacle`. */
  read(): Promise<readonly Placed[]>;
  /** Each in the place of an older one with its id. Never rejects: what stands in the way is `obstacle`. */
  keep(credentials: readonly Placed[]): Promise<void>;
  /** Fine also where there is none. @throws FailureError where some may be left */
  forget(ids: readonly string[]): Promise<void>;
  /** What stood in the way the last time; `null` for nothing. */
  readonly obstacle: Failure | null;
}
