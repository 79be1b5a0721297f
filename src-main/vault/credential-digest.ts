import { createHash } from 'node:crypto';
import type { Credential } from '../domain/credential.ts';

/** Tells credentials apart. Tokens have far more than 128 random bits: nothing can be learned from a digest of them. */
export function credentialDigest({ accessToken, refreshToken }: Credential): string {
  return createHash('sha256')
    .update(JSON.stringify([accessToken, refreshToken]))
    .digest('base64url')
    .slice(0, 22);
}
