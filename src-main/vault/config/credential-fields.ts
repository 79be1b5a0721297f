import type { Credential } from '../../domain/credential.ts';
import { formatLocal } from '../../domain/rfc3339.ts';

/** The entry's keys in the order of the seed's block: these and no others are ours to write. */
const KEYS = ['id', 'client_id', 'access_token', 'refresh_token', 'expires_at', 'scopes'] as const;

export type FieldKey = (typeof KEYS)[number];

/** One key of a credential's entry. `null`: there is nothing to say, and a value that stands there becomes empty. */
export interface Field {
  readonly key: FieldKey;
  readonly value: string | readonly string[] | null;
}

export function fieldsOf(credential: Credential): readonly Field[] {
  const { accessExpiresAt } = credential;
  const values: Record<FieldKey, Field['value']> = {
    id: credential.id,
    client_id: credential.clientId,
    access_token: credential.accessToken,
    refresh_token: credential.refreshToken,
    expires_at: accessExpiresAt === null ? null : formatLocal(accessExpiresAt),
    scopes: credential.scopes,
  };
  // To its readers an empty text says as little as a key that is not there.
  return KEYS.map((key) => ({ key, value: values[key] === '' ? null : values[key] }));
}

export function isOurField(key: string): boolean {
  return KEYS.some((each) => each === key);
}
