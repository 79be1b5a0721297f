import * as v from 'valibot';
import type { Credential } from '../../domain/credential.ts';
import type { Kept } from '../../domain/custody.ts';
import { fromText, instantText, toText } from '../files/instant-text.ts';

/** How a credential stands in our own files. Secret. */
export const credentialEntries = {
  id: v.string(),
  clientId: v.string(),
  accessToken: v.string(),
  refreshToken: v.nullable(v.string()),
  accessExpiresAt: instantText,
  scopes: v.array(v.string()),
};
type StoredCredential = v.InferOutput<v.ObjectSchema<typeof credentialEntries, undefined>>;

/** A credential, and the refresh tokens that are spent for it. Secret. */
export interface CredentialCopy extends Pick<Kept, 'replaces'> {
  readonly credential: Credential;
}

export function toStored(credential: Credential): StoredCredential {
  return {
    ...credential,
    scopes: [...credential.scopes],
    accessExpiresAt: toText(credential.accessExpiresAt),
  };
}

/** Without what else stands there. */
export function fromStored(stored: StoredCredential): Credential {
  const { id, clientId, accessToken, refreshToken, accessExpiresAt, scopes } = stored;
  return { id, clientId, accessToken, refreshToken, accessExpiresAt: fromText(accessExpiresAt), scopes };
}
