import { KEYCHAIN_IS_THERE, type Failure } from './failure.ts';

/** Where an account's secrets lie, as the person chose it: `docs/storage.md`. */
export const STORAGES = ['config-file', 'access-only', 'keychain'] as const;

/**
 * `config-file`: the whole entry in the shared file. `access-only`: the entry without what renews it, which is in the
 * keychain. `keychain`: nothing in the file.
 */
export type Storage = (typeof STORAGES)[number];

/** Where the API key can lie: as `api_key` of the file, or in the keychain and in no file. */
export const KEY_STORAGES = ['config-file', 'keychain'] as const satisfies readonly Storage[];
export type KeyStorage = (typeof KEY_STORAGES)[number];

export function isStorage(text: string): text is Storage {
  return STORAGES.some((each) => each === text);
}

/** How the keychain stands to an account whose secrets it has: it gives them out, keeps them, is not there, or has lost them. */
export function secretOf({
  troubles,
}: {
  readonly troubles: readonly Failure[];
}): 'at-hand' | 'locked' | 'away' | 'missing' {
  if (troubles.some(({ code }) => code === 'secret-missing')) return 'missing';
  const locked = troubles.find((failure) => failure.code === 'secret-locked');
  if (locked === undefined) return 'at-hand';
  return KEYCHAIN_IS_THERE[locked.reason] ? 'locked' : 'away';
}
