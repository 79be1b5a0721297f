import type { Failure } from '../../domain/failure.ts';
import type { StoredAccount } from '../stored-accounts.ts';

/** Why an account's secret is not at hand, where something depends on it. */
export function lockFailure(lock: NonNullable<StoredAccount['lock']>): Failure {
  return lock === 'pending' ? { code: 'secret-locked', reason: 'no-answer' } : lock;
}
