import type { Failure, FailureCode } from './failure.ts';

/** The way from this computer to Claude, link by link. */
export const LINKS_TO_CLAUDE = ['computer', 'network', 'claude'] as const;
export type LinkToClaude = (typeof LINKS_TO_CLAUDE)[number];

/** Where it broke; `null` where nothing did: a person decided, or there is only something to know. */
const BROKEN: Readonly<Record<FailureCode, LinkToClaude | null>> = {
  'terms-not-acknowledged': null,
  'runtime-not-vouched': 'computer',
  'environment-invalid': 'computer',
  'port-busy': null,
  'no-callback-port': 'computer',
  'browser-not-opened': 'computer',
  'authorization-timeout': null,
  'access-denied': null,
  'authorization-refused': 'claude',
  'sign-in-cancelled': null,

  'grant-refused': 'claude',
  'request-malformed': 'claude',
  'rate-limited': 'claude',
  'network-challenge': 'network',
  'token-endpoint-missing': 'claude',
  'service-down': 'claude',
  'network-down': 'network',
  'connection-untrusted': 'network',
  'proxy-unusable': 'network',
  'proxy-refused': 'network',
  'proxy-login': 'network',
  'answer-lost': 'network',
  'answer-unexpected': 'claude',

  'not-signed-in': null,
  'not-refreshable': null,
  'login-locked': 'computer',
  'entry-removed': 'computer',
  'entry-replaced': 'computer',
  'nowhere-to-store': 'computer',
  'login-shared': null,
  'id-shared': null,
  'login-copied': null,
  'expiry-not-understood': null,

  'test-forbidden': null,
  'test-claude-code-only': null,
  'test-scope-missing': null,
  'test-organization-not-allowed': 'claude',
  'test-token-expired': null,
  'test-header-missing': 'computer',

  'config-unreadable': 'computer',
  'config-not-yaml': 'computer',
  'config-shape': 'computer',
  'config-not-writable': 'computer',
  'config-locked': 'computer',
  'config-readable-by-others': null,
  'config-made-private': null,
  'older-block': null,
  'entries-unreadable': null,
  'file-in-git': null,
  'file-synced': null,
  'no-key': null,
  'key-unusable': null,
  'key-placeholder': null,
  'key-changed': null,
  'key-in-both': null,
  'key-locked': 'computer',
  'key-missing': null,
  'key-not-kept': null,
  'key-refused': null,
  'key-forbidden': null,
  'key-no-credit': null,

  'data-not-writable': 'computer',
  'data-set-aside': null,
  'keychain-unavailable': null,
  'secret-locked': 'computer',
  'secret-missing': 'computer',
  'storage-not-movable': null,

  'clock-off': 'computer',
  'autostart-unchanged': null,
  'command-not-placed': null,
  'practice-failed': null,
  'agent-not-served': null,
  'agent-elsewhere': null,
  'agent-unreachable': null,
  'agent-request': null,
  'agent-refused': null,
  internal: 'computer',
};

export function brokenLinkOf({ code }: Failure): LinkToClaude | null {
  return BROKEN[code];
}
