import type { Owner } from '../../src-main/domain/credential.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src-main/domain/instant.ts';
import {
  newSignIn,
  withEnd,
  withStep,
  type SignIn,
  type SignInStepId,
} from '../../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';

/** Monday 23 November 2026, 09:00 local time: the instant that every state is drawn at. */
export const NOW = new Date(2026, 10, 23, 9).getTime();

const CONFIG_FILE = '/home/ada/.mcp-code-api/config.yaml';

const owner: Owner = {
  accountUuid: 'a-uuid',
  email: 'ada@example.org',
  displayName: 'Ada Lovelace',
  organizationUuid: 'o-uuid',
  organizationName: 'Analytical Engines',
  plan: 'max',
};

const ada: Account = {
  id: 'default',
  owner,
  accessIssuedAt: NOW - 2.5 * HOUR,
  accessExpiresAt: NOW + 5.5 * HOUR,
  loginIssuedAt: NOW - 2 * DAY,
  loginExpiresAt: NOW + 28 * DAY,
  refreshable: true,
  refreshing: false,
  history: [],
  storedIn: 'config-file',
  troubles: [],
};

function snapshot(
  accounts: readonly Account[],
  signIn: SignIn | null,
  changes: Partial<Snapshot> = {},
): Snapshot {
  return {
    accounts,
    signIn,
    troubles: [],
    keychainTrouble: null,
    surroundings: {
      configFile: CONFIG_FILE,
      practice: false,
      otherEndpoints: null,
      standInRuntime: null,
      sandboxOff: false,
    },
    ...changes,
  };
}

const start: SignIn = newSignIn(1, 'default');

/** An attempt that has come as far as the given step. */
function at(active: SignInStepId, signIn: SignIn = start): SignIn {
  const index = signIn.steps.findIndex(({ id }) => id === active);
  return {
    ...signIn,
    redirectUri: 'http://localhost:8765/callback',
    authorizationEndpoint: 'https://claude.ai/oauth/authorize',
    approvalDeadline: active === 'approval' ? NOW + 4 * MINUTE + 12 * SECOND : null,
    steps: signIn.steps.map((step, i) => {
      if (i === index) return { ...step, status: 'active' };
      return i < index && step.status === 'pending' ? { ...step, status: 'done' } : step;
    }),
  };
}

const done: SignIn = {
  ...at('done'),
  phase: 'succeeded',
  steps: at('done').steps.map((step) => ({ ...step, status: 'done' })),
};

const withNotice = (id: SignInStepId, notice: Failure, signIn = start) =>
  withStep(signIn, id, 'warning', notice);

const failures: readonly (readonly [SignInStepId, Failure])[] = [
  ['pkce', { code: 'runtime-not-vouched', runtime: 'Electron 42.0.0' }],
  ['callback-server', { code: 'no-callback-port', port: 8765 }],
  ['approval', { code: 'authorization-timeout', minutes: 5 }],
  ['approval', { code: 'access-denied' }],
  ['approval', { code: 'authorization-refused', error: 'temporarily_unavailable' }],
  ['exchange', { code: 'grant-refused' }],
  ['exchange', { code: 'request-malformed', message: 'Invalid request format', requestId: 'req_011CTx8' }],
  ['exchange', { code: 'rate-limited', retryAfterSeconds: 1800 }],
  ['exchange', { code: 'network-challenge', host: 'console.anthropic.com' }],
  ['exchange', { code: 'token-endpoint-missing', host: 'console.anthropic.com' }],
  ['exchange', { code: 'service-down', status: 503 }],
  ['exchange', { code: 'network-down', host: 'console.anthropic.com', reason: 'ENOTFOUND' }],
  [
    'exchange',
    { code: 'connection-untrusted', host: 'console.anthropic.com', reason: 'SELF_SIGNED_CERT_IN_CHAIN' },
  ],
  ['exchange', { code: 'answer-lost', host: 'console.anthropic.com' }],
  ['exchange', { code: 'answer-unexpected', host: 'console.anthropic.com', reason: 'no access_token' }],
  ['save', { code: 'data-not-writable', path: '/home/ada/.config/latchkey', reason: 'EROFS' }],
  ['save', { code: 'internal', message: 'TypeError' }],
];

const notYaml: Failure = { code: 'config-not-yaml', path: CONFIG_FILE, line: 12, column: 5 };

const rescue: readonly Failure[] = [
  notYaml,
  { code: 'config-unreadable', path: CONFIG_FILE, reason: 'EACCES' },
  { code: 'config-shape', path: CONFIG_FILE, at: 'providers.anthropic', expected: 'a map' },
  { code: 'config-not-writable', path: CONFIG_FILE, reason: 'ENOSPC' },
  { code: 'config-locked', path: CONFIG_FILE },
];

const tests: readonly Failure[] = [
  { code: 'test-forbidden', status: 403, message: 'OAuth authentication is currently not allowed.' },
  { code: 'test-claude-code-only' },
  { code: 'test-scope-missing', scope: 'user:profile' },
  { code: 'test-organization-not-allowed' },
  { code: 'test-token-expired' },
  { code: 'test-header-missing' },
];

/** Every state of every view. */
export const STATES: readonly (readonly [name: string, snapshot: Snapshot])[] = [
  ['signed-out', snapshot([], null)],
  ['signed-out-cancelled', snapshot([], withEnd(at('approval'), { code: 'sign-in-cancelled' }))],
  [
    'signed-out-trouble',
    snapshot([], null, {
      troubles: [{ code: 'config-readable-by-others', path: CONFIG_FILE, mode: '0644' }],
    }),
  ],
  ['terms', snapshot([], { ...start, phase: 'terms' })],
  ['signing-in-start', snapshot([], at('pkce'))],
  ['signing-in-browser', snapshot([], at('browser'))],
  ['signing-in-waiting', snapshot([], at('approval'))],
  ['signing-in-last-seconds', snapshot([], { ...at('approval'), approvalDeadline: NOW + 42 * SECOND })],
  [
    'signing-in-port-busy',
    snapshot([], {
      ...at('approval', withNotice('callback-server', { code: 'port-busy', port: 8765, instead: 8766 })),
      redirectUri: 'http://localhost:8766/callback',
    }),
  ],
  [
    'signing-in-no-browser',
    snapshot([], at('approval', withNotice('browser', { code: 'browser-not-opened' }))),
  ],
  [
    'signing-in-both-notices',
    snapshot(
      [],
      at(
        'approval',
        withNotice(
          'browser',
          { code: 'browser-not-opened' },
          withNotice('callback-server', { code: 'port-busy', port: 8765, instead: 8766 }),
        ),
      ),
    ),
  ],
  ['signing-in-exchange', snapshot([], at('exchange'))],
  ['signing-in-test', snapshot([ada], at('test', withNotice('save', notYaml)))],
  ['succeeded', snapshot([ada], done)],
  ['succeeded-unknown-owner', snapshot([{ ...ada, owner: null, loginExpiresAt: null }], done)],
  ...tests.map(
    (failure) => [`succeeded-${failure.code}`, snapshot([ada], withNotice('test', failure, done))] as const,
  ),
  [
    'succeeded-rescued',
    snapshot([{ ...ada, storedIn: 'rescue' }], withNotice('save', notYaml, done), {
      troubles: [notYaml],
    }),
  ],
  ...failures.map(
    ([step, failure]) => [`failed-${failure.code}`, snapshot([], withEnd(at(step), failure))] as const,
  ),
  ['account-valid', snapshot([ada], null)],
  ['account-expiring', snapshot([{ ...ada, accessExpiresAt: NOW + 4 * MINUTE + 10 * SECOND }], null)],
  ['account-last-seconds', snapshot([{ ...ada, accessExpiresAt: NOW + 42 * SECOND }], null)],
  ['account-expired', snapshot([{ ...ada, accessExpiresAt: NOW - 12 * MINUTE }], null)],
  [
    'account-login-ends-soon',
    snapshot([{ ...ada, loginIssuedAt: NOW - 28 * DAY, loginExpiresAt: NOW + 1.8 * DAY }], null),
  ],
  [
    'account-needs-sign-in',
    snapshot([{ ...ada, accessExpiresAt: NOW - DAY, loginExpiresAt: NOW - 3 * HOUR }], null),
  ],
  [
    'account-no-refresh-token',
    snapshot([{ ...ada, accessExpiresAt: NOW - DAY, refreshable: false, loginExpiresAt: null }], null),
  ],
  [
    'account-foreign',
    snapshot(
      [{ ...ada, owner: null, accessIssuedAt: null, loginIssuedAt: null, loginExpiresAt: null }],
      null,
    ),
  ],
  [
    'account-no-expiry',
    snapshot(
      [{ ...ada, owner: null, accessIssuedAt: null, accessExpiresAt: null, loginExpiresAt: null }],
      null,
    ),
  ],
  [
    'account-long-names',
    snapshot(
      [
        {
          ...ada,
          owner: {
            ...owner,
            email: 'augusta-ada.king-noel.countess.of.lovelace@analytical-engines.example.org',
            organizationName: 'The Worshipful Company of Analytical Engine Makers and Users',
          },
        },
      ],
      null,
    ),
  ],
  ...rescue.map(
    (failure) =>
      [
        `account-${failure.code}`,
        snapshot([{ ...ada, storedIn: 'rescue' }], null, { troubles: [failure] }),
      ] as const,
  ),
  [
    'account-readable-by-others',
    snapshot([ada], null, {
      troubles: [{ code: 'config-readable-by-others', path: CONFIG_FILE, mode: '0644' }],
    }),
  ],
  ['account-clock-off', snapshot([{ ...ada, troubles: [{ code: 'clock-off', seconds: 5400 }] }], null)],
  [
    'account-data-set-aside',
    snapshot([ada], null, {
      troubles: [
        {
          code: 'data-set-aside',
          path: '/home/ada/.config/latchkey/accounts.json',
          setAsideAs: 'accounts.json.broken-20261123T090000Z',
        },
      ],
    }),
  ],
  [
    'account-banner',
    snapshot([ada], null, {
      surroundings: {
        configFile: CONFIG_FILE,
        practice: true,
        otherEndpoints: ['localhost:41234'],
        standInRuntime: 'Electron 42.0.0',
        sandboxOff: true,
      },
    }),
  ],
  [
    'account-other-endpoints',
    snapshot([ada], null, {
      surroundings: {
        configFile: CONFIG_FILE,
        practice: false,
        otherEndpoints: ['auth.example.org', 'api.example.org'],
        standInRuntime: null,
        sandboxOff: false,
      },
    }),
  ],
];
