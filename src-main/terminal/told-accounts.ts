import type { Account } from '../domain/snapshot.ts';
import type { Login } from '../login/login.ts';

/**
 * The accounts that can be told of: all, or the one that is named. While the config file cannot be read those whose
 * credential is at hand all the same; of the others nobody knows whether they are still signed in.
 */
export async function toldAccounts(
  login: Pick<Login, 'snapshot' | 'summaryFacts'>,
  named: string | null,
): Promise<readonly Account[]> {
  const { accounts, isFileReadable } = login.snapshot;
  const chosen = accounts.filter(({ id }) => named === null || id === named);
  if (isFileReadable) return chosen;
  const facts = await Promise.all(chosen.map(({ id }) => login.summaryFacts(id)));
  return chosen.filter((_account, index) => facts[index] !== null);
}
