import { FailureError } from '../../src-main/domain/failure.ts';
import type { ProxyPasswords } from '../../src-main/vault/keychain/proxy-passwords.ts';

const refuse = () => Promise.reject(new FailureError({ code: 'keychain-unavailable', reason: 'no-service' }));

/** A machine without a keychain. */
export const noPasswords: ProxyPasswords = { keep: refuse, read: refuse, forget: refuse };
