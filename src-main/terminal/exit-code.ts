import type { Failure, FailureCode } from '../domain/failure.ts';
import { entryLoss } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import type { Account } from '../domain/snapshot.ts';
import { standingOf } from '../domain/standing.ts';

/** The exit codes scripts rely on. */
export const EXIT = { fine: 0, failed: 1, wrongUse: 2, needsSignIn: 3 } as const;

/** How a command ends that failed so. `needsSignIn`: only a person can mend it, by signing in; scripts then start that. */
const ENDS: Readonly<Record<FailureCode, 'failed' | 'wrongUse' | 'needsSignIn'>> = {
  'terms-not-acknowledged': 'failed',
  'runtime-not-vouched': 'failed',
  'environment-invalid': 'wrongUse',
  'port-busy': 'failed',
  'no-callback-port': 'failed',
  'browser-not-opened': 'failed',
  'authorization-timeout': 'failed',
  'access-denied': 'failed',
  'authorization-refused': 'failed',
  'sign-in-cancelled': 'failed',
  'grant-refused': 'needsSignIn',
  'request-malformed': 'failed',
  'rate-limited': 'failed',
  'network-challenge': 'failed',
  'token-endpoint-missing': 'failed',
  'service-down': 'failed',
  'network-down': 'failed',
  'connection-untrusted': 'failed',
  'proxy-unusable': 'failed',
  'proxy-refused': 'failed',
  'proxy-login': 'failed',
  'answer-lost': 'failed',
  'answer-unexpected': 'failed',
  'not-signed-in': 'needsSignIn',
  'not-refreshable': 'needsSignIn',
  'login-locked': 'failed',
  'entry-removed': 'needsSignIn',
  'entry-replaced': 'needsSignIn',
  'nowhere-to-store': 'failed',
  'login-shared': 'failed',
  'id-shared': 'failed',
  'login-copied': 'failed',
  'expiry-not-understood': 'failed',
  'test-forbidden': 'failed',
  'test-claude-code-only': 'failed',
  'test-scope-missing': 'failed',
  'test-organization-not-allowed': 'failed',
  'test-token-expired': 'failed',
  'test-header-missing': 'failed',
  'config-unreadable': 'failed',
  'config-not-yaml': 'failed',
  'config-shape': 'failed',
  'config-not-writable': 'failed',
  'config-locked': 'failed',
  'config-readable-by-others': 'failed',
  'config-made-private': 'failed',
  'older-block': 'failed',
  'entries-unreadable': 'failed',
  'file-in-git': 'failed',
  'file-synced': 'failed',
  'no-key': 'failed',
  'key-unusable': 'failed',
  'key-placeholder': 'failed',
  'key-changed': 'failed',
  'key-in-both': 'failed',
  'key-locked': 'failed',
  'key-missing': 'failed',
  'key-not-kept': 'failed',
  'key-refused': 'failed',
  'key-forbidden': 'failed',
  'key-no-credit': 'failed',
  'data-not-writable': 'failed',
  'data-set-aside': 'failed',
  'keychain-unavailable': 'failed',
  'secret-locked': 'failed',
  'secret-missing': 'needsSignIn',
  'storage-not-movable': 'failed',
  'clock-off': 'failed',
  'autostart-unchanged': 'failed',
  'command-not-placed': 'failed',
  'practice-failed': 'failed',
  'agent-not-served': 'failed',
  'agent-elsewhere': 'failed',
  'agent-unreachable': 'failed',
  'agent-request': 'wrongUse',
  'agent-refused': 'failed',
  internal: 'failed',
};

export function exitCodeOf({ code }: Failure): number {
  return EXIT[ENDS[code]];
}

/** Fine where somebody is signed in, nobody has to again, and no entry is lost, for which `token` has no answer. */
export function exitCodeOfAccounts(accounts: readonly Account[], now: Instant): number {
  const isFine = (account: Account) =>
    standingOf(account, now) !== 'needs-sign-in' && entryLoss(account.history) === null;
  return accounts.length > 0 && accounts.every(isFine) ? EXIT.fine : EXIT.needsSignIn;
}
