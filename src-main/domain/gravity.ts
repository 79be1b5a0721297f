import type { Failure, FailureCode } from './failure.ts';

/**
 * How much a failure matters. `calm`: expected or dealt with already; `warning`: wants a look, nothing is lost;
 * `passing`: the same, and it ends by itself, after which Latchkey goes on by itself; `usual`: part of a login's life,
 * which one sign-in mends; `trouble`: the rest.
 */
export type Gravity = 'calm' | 'warning' | 'passing' | 'usual' | 'trouble';

/** A new failure does not compile until it is decided. */
const GRAVITY: Readonly<Record<FailureCode, Gravity>> = {
  'terms-not-acknowledged': 'trouble',
  'runtime-not-vouched': 'trouble',
  'environment-invalid': 'trouble',
  'port-busy': 'calm',
  'no-callback-port': 'trouble',
  'browser-not-opened': 'warning',
  'authorization-timeout': 'warning',
  'access-denied': 'warning',
  'authorization-refused': 'trouble',
  'sign-in-cancelled': 'calm',

  'grant-refused': 'usual',
  'request-malformed': 'trouble',
  'rate-limited': 'passing',
  'network-challenge': 'passing',
  'token-endpoint-missing': 'trouble',
  'service-down': 'passing',
  'network-down': 'passing',
  'connection-untrusted': 'trouble',
  'proxy-unusable': 'trouble',
  'proxy-refused': 'trouble',
  'proxy-login': 'trouble',
  'answer-lost': 'usual',
  'answer-unexpected': 'trouble',

  'not-signed-in': 'trouble',
  'not-refreshable': 'usual',
  'login-locked': 'trouble',
  'entry-removed': 'trouble',
  'entry-replaced': 'trouble',
  'nowhere-to-store': 'trouble',
  'login-shared': 'calm',
  'id-shared': 'warning',
  'expiry-not-understood': 'warning',

  // facts.md section 1: expected answers to a token that is for Claude Code; the credential is saved all the same.
  'test-forbidden': 'calm',
  'test-claude-code-only': 'calm',
  'test-scope-missing': 'calm',
  'test-organization-not-allowed': 'warning',
  'test-token-expired': 'warning',
  'test-header-missing': 'warning',

  // A credential that could not be written there is kept elsewhere meanwhile.
  'config-unreadable': 'warning',
  'config-not-yaml': 'warning',
  'config-shape': 'warning',
  'config-not-writable': 'warning',
  'config-locked': 'warning',
  'config-readable-by-others': 'warning',
  'config-made-private': 'calm',
  'older-block': 'calm',
  'entries-unreadable': 'warning',
  'file-in-git': 'warning',
  'file-synced': 'warning',
  'no-key': 'warning',
  'key-unusable': 'warning',
  'key-placeholder': 'calm',
  'key-changed': 'warning',
  'key-refused': 'trouble',
  'key-forbidden': 'warning',
  'key-no-credit': 'warning',

  'data-not-writable': 'trouble',
  'data-set-aside': 'calm',
  'keychain-unavailable': 'trouble',
  'secret-locked': 'warning',
  'secret-missing': 'trouble',
  'storage-not-movable': 'warning',

  'clock-off': 'warning',
  'autostart-unchanged': 'warning',
  'command-not-placed': 'warning',
  'practice-failed': 'warning',
  'agent-not-served': 'warning',
  'agent-elsewhere': 'warning',
  'agent-unreachable': 'warning',
  'agent-request': 'warning',
  'agent-refused': 'warning',
  internal: 'trouble',
};

/** Whether a text is a code of the closed list: another version's may not be. */
export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(GRAVITY, code);
}

export function gravityOf({ code }: Failure): Gravity {
  return GRAVITY[code];
}

/** Told where a person looks at the login; nothing to call them for, since the login lives on as it is. */
const ONLY_TO_KNOW: Readonly<Record<FailureCode, boolean>> = {
  'terms-not-acknowledged': false,
  'runtime-not-vouched': false,
  'environment-invalid': false,
  'port-busy': false,
  'no-callback-port': false,
  'browser-not-opened': false,
  'authorization-timeout': false,
  'access-denied': false,
  'authorization-refused': false,
  'sign-in-cancelled': false,
  'grant-refused': false,
  'request-malformed': false,
  'rate-limited': false,
  'network-challenge': false,
  'token-endpoint-missing': false,
  'service-down': false,
  'network-down': false,
  'connection-untrusted': false,
  'proxy-unusable': false,
  'proxy-refused': false,
  'proxy-login': false,
  'answer-lost': false,
  'answer-unexpected': false,
  'not-signed-in': false,
  'not-refreshable': false,
  'login-locked': false,
  'entry-removed': false,
  'entry-replaced': false,
  'nowhere-to-store': false,
  'login-shared': true,
  'id-shared': true,
  'expiry-not-understood': true,
  'test-forbidden': false,
  'test-claude-code-only': false,
  'test-scope-missing': false,
  'test-organization-not-allowed': false,
  'test-token-expired': false,
  'test-header-missing': false,
  'config-unreadable': false,
  'config-not-yaml': false,
  'config-shape': false,
  'config-not-writable': false,
  'config-locked': false,
  'config-readable-by-others': false,
  'config-made-private': true,
  'older-block': true,
  'entries-unreadable': true,
  'file-in-git': true,
  'file-synced': true,
  'no-key': false,
  'key-unusable': false,
  'key-placeholder': false,
  'key-changed': false,
  'key-refused': false,
  'key-forbidden': false,
  'key-no-credit': false,
  'data-not-writable': false,
  'data-set-aside': false,
  'keychain-unavailable': false,
  'secret-locked': false,
  'secret-missing': false,
  'storage-not-movable': false,
  'clock-off': false,
  'autostart-unchanged': false,
  'command-not-placed': false,
  'practice-failed': false,
  'agent-not-served': false,
  'agent-elsewhere': false,
  'agent-unreachable': false,
  'agent-request': false,
  'agent-refused': false,
  internal: false,
};

export function isOnlyToKnow({ code }: Failure): boolean {
  return ONLY_TO_KNOW[code];
}
