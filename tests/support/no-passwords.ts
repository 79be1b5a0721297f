import { FailureError } from '../../src-main/domain/failure.ts';
import type { Passwords } from '../../src-main/vault/keychain/passwords.ts';

const refuse = () => Promise.reject(new FailureError({ code: 'keychain-unavailable', reason: 'no-service' }));

/** A machine without a keychain. */
export const noPasswords: Passwords = { keep: refuse, read: refuse, forget: refuse };
