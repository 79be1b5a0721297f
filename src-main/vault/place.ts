import type { Credential } from '../domain/credential.ts';
import type { Failure } from '../domain/failure.ts';
import { tokenTrace } from './credential-trace.ts';
import type { KeptCredential } from './records/rescue-file.ts';

/** A credential as it lies in a place of ours, and what it was got for. Secret. */
export interface PlacedCredential {
  readonly credential: Credential;
  /** The refresh tokens that are spent for it, as traces; none after a sign-in, or where nobody knows. */
  readonly replaces: readonly string[];
  /** An older version kept it, which did not say what it was got for. */
  readonly isOld?: boolean;
}

/** Room that was taken for credentials to come. */
export interface PlaceRoom {
  /** Leaves them at once where a crash in the next moment does not lose them, if the place can do so. Never throws. */
  draft(credentials: readonly KeptCredential[]): void;
  /** As the place's own. */
  keep(credentials: readonly KeptCredential[]): Promise<void>;
  /** Fine also where it is used up. */
  release(): Promise<void>;
}

/**
 * A place beside the config file where credentials of it can lie: our own folder, memory, the keychain. `places.ts`
 * lists them. Which of them counts is not theirs to say (`domain/custody.ts`).
 */
export interface CredentialPlace {
  /**
   * `waiting`: what is not in the config file, until it is. `copies`: one of every credential that is ours. `secrets`:
   * what is nowhere else, by the person's wish (`storage/`).
   */
  readonly takes: 'waiting' | 'copies' | 'secrets';
  /** Whether what is kept now is there after this process. */
  readonly isLasting: boolean;
  /** What lies there, in no particular order; `null` where it could not be read. Never rejects: what stands in the way is `obstacle`. */
  read(): Promise<readonly PlacedCredential[] | null>;
  /**
   * Takes room for what is about to be asked for; `null` for none.
   *
   * @param sent whose refresh token is about to be sent; `null`: a sign-in
   * @throws FailureError what stands in the way
   */
  prepare(sent: Credential | null): Promise<PlaceRoom | null>;
  /**
   * Each in the place of an older one with its id. Never rejects: what stands in the way is `obstacle`.
   *
   * @param areFound they come from a file, and not from the service: one that is kept may be newer
   */
  keep(credentials: readonly KeptCredential[], areFound?: boolean): Promise<void>;
  /** Fine also where there is none. @throws FailureError where some may be left */
  forget(ids: readonly string[]): Promise<void>;
  /** What stood in the way the last time; `null` for nothing. */
  readonly obstacle: Failure | null;
}

/**
 * Places may disagree, since one of them was out of reach for a while: what a copy in another one was got for is of the past.
 * Where the service has gone back to an earlier token two were got for each other: neither is, for all that they tell.
 */
export function newestOf<Placed extends PlacedCredential>(copies: readonly Placed[]): readonly Placed[] {
  const tokens = copies.map(({ credential }) => tokenTrace(credential.refreshToken));
  const over = new Map<string, Set<string>>();
  for (const [at, { replaces }] of copies.entries()) {
    const by = tokens[at] ?? null;
    for (const token of replaces) {
      if (by !== null && by !== token) over.set(token, (over.get(token) ?? new Set()).add(by));
    }
  }
  const isOutdone = (token: string) =>
    [...(over.get(token) ?? [])].some((by) => over.get(by)?.has(token) !== true);
  return copies.filter((_, at) => {
    const token = tokens[at] ?? null;
    return token === null || !isOutdone(token);
  });
}

/** A copy that was got for one that is to be kept now is newer: what was found in a file may be of the past. */
export function withoutOutdone(
  credentials: readonly PlacedCredential[],
  kept: readonly PlacedCredential[],
): readonly PlacedCredential[] {
  const newer = new Set(kept.flatMap(({ replaces }) => replaces));
  return credentials.filter(({ credential }) => !newer.has(tokenTrace(credential.refreshToken) ?? ''));
}
