import type { Failure, FailureCode } from './failure.ts';

/** What a failure keeps us from doing with the config file; writing it takes reading it first. */
const KEEPS_FROM: Readonly<Record<FailureCode, 'reading' | 'writing' | null>> = {
  'terms-not-acknowledged': null,
  'runtime-not-vouched': null,
  'environment-invalid': null,
  'port-busy': null,
  'no-callback-port': null,
  'browser-not-opened': null,
  'authorization-timeout': null,
  'access-denied': null,
  'authorization-refused': null,
  'sign-in-cancelled': null,
  'grant-refused': null,
  'request-malformed': null,
  'rate-limited': null,
  'network-challenge': null,
  'token-endpoint-missing': null,
  'service-down': null,
  'network-down': null,
  'connection-untrusted': null,
  'proxy-unusable': null,
  'proxy-refused': null,
  'proxy-login': null,
  'answer-lost': null,
  'answer-unexpected': null,
  'not-signed-in': null,
  'not-refreshable': null,
  'login-locked': 'writing',
  'entry-removed': null,
  'entry-replaced': null,
  'nowhere-to-store': 'writing',
  'login-shared': null,
  'id-shared': null,
  'expiry-not-understood': null,
  'test-forbidden': null,
  'test-claude-code-only': null,
  'test-scope-missing': null,
  'test-organization-not-allowed': null,
  'test-token-expired': null,
  'test-header-missing': null,
  'config-unreadable': 'reading',
  'config-not-yaml': 'reading',
  'config-shape': 'reading',
  'config-not-writable': 'writing',
  'config-locked': 'writing',
  'config-readable-by-others': null,
  'config-made-private': null,
  'older-block': null,
  'data-not-writable': null,
  'data-set-aside': null,
  'keychain-unavailable': null,
  'clock-off': null,
  'autostart-unchanged': null,
  'practice-failed': null,
  'agent-not-served': null,
  'agent-elsewhere': null,
  'agent-unreachable': null,
  'agent-request': null,
  'agent-refused': null,
  internal: 'writing',
};

/** Whether the config file cannot be read for it. */
export function keepsFromReading({ code }: Failure): boolean {
  return KEEPS_FROM[code] === 'reading';
}

/** Whether what should be written to the config file is not there for it. */
export function keepsFromWriting({ code }: Failure): boolean {
  return KEEPS_FROM[code] !== null;
}
