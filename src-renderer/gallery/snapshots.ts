import { NO_API_KEY } from '../../src-main/domain/api-key.ts';
import { KEY_FLAWS } from '../../src-main/domain/pasted-key.ts';
import type { Owner } from '../../src-main/domain/credential.ts';
import { runsOf } from '../../src-main/domain/event-runs.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import type { HistoryEvent } from '../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../../src-main/domain/instant.ts';
import type { Revocation } from '../../src-main/domain/revocation.ts';
import type { RefusalFailure } from '../../src-main/domain/refusal.ts';
import {
  newSignIn,
  withEnd,
  withStep,
  type SignIn,
  type SignInStepId,
} from '../../src-main/domain/sign-in.ts';
import type { Question, ServingState } from '../../src-main/domain/serving.ts';
import { DEFAULT_SETTINGS } from '../../src-main/domain/settings.ts';
import type { Account, Farewell, Snapshot, Surroundings } from '../../src-main/domain/snapshot.ts';
import type { UpdateState } from '../../src-main/domain/updates.ts';
import type { FaceWords } from '../../src-main/words/words.ts';
import { keysAt } from './key-states.ts';

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

/** A calm life: signed in two days ago, renewed by itself since, asleep in the nights. */
const calm: readonly HistoryEvent[] = [
  { at: NOW - 2 * DAY, kind: 'signed-in' },
  { at: NOW - 2 * DAY + 7.9 * HOUR, kind: 'refreshed' },
  { at: NOW - 26 * HOUR, kind: 'woke', by: 'resume' },
  { at: NOW - 26 * HOUR + 1, kind: 'refreshed' },
  { at: NOW - 18 * HOUR, kind: 'refreshed' },
  { at: NOW - 2.5 * HOUR, kind: 'woke', by: 'resume' },
  { at: NOW - 2.5 * HOUR, kind: 'refreshed' },
];

const host = 'console.anthropic.com';
const taken = { proxy: 'proxy.example:3128', as: 'HTTPS_PROXY' } as const;
const withProxy = {
  ...DEFAULT_SETTINGS,
  proxy: { use: 'this', address: 'http://ada@proxy.example:3128' },
} as const;
const noConnection: RefusalFailure = { code: 'network-down', host, reason: 'ENOTFOUND' };

const refused = (ago: number, failure: RefusalFailure): HistoryEvent => ({
  at: NOW - ago,
  kind: 'refused',
  failure,
});

/** An account in trouble, as `src-main/login/account.ts` makes it: the last refusal is what it is troubled by. */
function troubled(refusals: readonly HistoryEvent[], account: Account = ada): Account {
  const last = refusals.at(-1);
  return {
    ...account,
    history: [...account.history, ...refusals],
    troubles: last?.kind === 'refused' ? [last.failure] : [],
  };
}

/** Grace has just signed out. */
function farewell(revocation: Revocation): Farewell {
  return { id: 'work', owner: { ...owner, email: 'grace@example.org' }, revocation };
}

/** An account whose entry another program removed or replaced. */
function lost(
  kind: 'removed' | 'replaced',
  copy: boolean,
  more: { readonly copied?: true; readonly goesOnAs?: string } = {},
): Account {
  return {
    ...ada,
    whereabouts: copy ? 'copy' : 'nowhere',
    refreshable: copy,
    history: [...calm, { at: NOW - 20 * MINUTE, kind }],
    troubles: [{ code: `entry-${kind}`, path: CONFIG_FILE, copy, ...more }],
  };
}

const SECOND_SIGN_IN = NOW - 24 * DAY;

/** Fifty days of a laptop's life, with two logins and an outage now and then: as many events as are kept. */
function longLife(): readonly HistoryEvent[] {
  const events: HistoryEvent[] = [{ at: NOW - 50 * DAY, kind: 'signed-in' }];
  for (let at: Instant = NOW - 50 * DAY + 8 * HOUR, turn = 0; at < NOW; at += 8 * HOUR, turn++) {
    if (turn % 3 === 2) events.push({ at: at - MINUTE, kind: 'woke', by: 'resume' });
    if (turn % 17 === 8) {
      for (let minute = 8; minute > 0; minute--) {
        events.push({ at: at - minute * MINUTE, kind: 'refused', failure: noConnection });
      }
      events.push({ at: at - 30 * SECOND, kind: 'woke', by: 'network' });
    }
    if (turn % 41 === 40) {
      events.push({ at: at - 2 * HOUR, kind: 'removed' }, { at: at - HOUR, kind: 'put-back' });
    }
    if (at === SECOND_SIGN_IN) events.push({ at, kind: 'signed-in' });
    else events.push({ at, kind: turn % 23 === 22 ? 'adopted' : 'refreshed' });
  }
  while (events.length < 300) events.splice(1, 0, { at: NOW - 50 * DAY + HOUR, kind: 'woke', by: 'network' });
  return events.toSorted((a, b) => a.at - b.at).slice(-300);
}

const ada: Account = {
  id: 'default',
  owner,
  accessIssuedAt: NOW - 2.5 * HOUR,
  accessExpiresAt: NOW + 5.5 * HOUR,
  loginIssuedAt: NOW - 2 * DAY,
  loginExpiresAt: NOW + 28 * DAY,
  refreshable: true,
  refreshing: false,
  history: calm,
  whereabouts: 'config-file',
  storage: 'config-file',
  troubles: [],
};

/** Ada's account with a token of eight hours that ended then. */
function endedAt(expiresAt: Instant): Account {
  return {
    ...ada,
    accessIssuedAt: expiresAt - 8 * HOUR,
    accessExpiresAt: expiresAt,
    history: [
      ...calm.filter(({ at }) => at < expiresAt - 8 * HOUR),
      { at: expiresAt - 8 * HOUR, kind: 'refreshed' },
    ],
  };
}

/** Ada's account with a login of thirty days that began then. */
function signedInAt(loginIssuedAt: Instant): Account {
  return {
    ...ada,
    loginIssuedAt,
    loginExpiresAt: loginIssuedAt + 30 * DAY,
    history: renewedSince(loginIssuedAt),
  };
}

/** Signed in then, renewed every eight hours since, and calm in the last two days. */
function renewedSince(signedIn: Instant): readonly HistoryEvent[] {
  const history: HistoryEvent[] = [{ at: signedIn, kind: 'signed-in' }];
  for (let at = signedIn + 8 * HOUR; at < NOW - 2 * DAY; at += 8 * HOUR)
    history.push({ at, kind: 'refreshed' });
  return [...history, ...calm.slice(1)];
}

function snapshot(
  accounts: readonly Account[],
  signIn: SignIn | null,
  changes: Partial<Snapshot> = {},
): Snapshot {
  return {
    isFirstVisit: false,
    accounts,
    formerAccounts: [],
    farewell: null,
    isFileReadable: true,
    apiKey: NO_API_KEY,
    signIn,
    troubles: [],
    keychainTrouble: null,
    settings: DEFAULT_SETTINGS,
    startAtLogin: false,
    commandOnPath: null,
    serving: null,
    surroundings: {
      configFile: CONFIG_FILE,
      home: '/home/ada',
      practice: false,
      offersPractice: false,
      systemLanguage: 'en',
      otherEndpoints: null,
      standInRuntime: null,
      sandboxOff: false,
      packageKind: 'checkout',
      prescribedPort: null,
    },
    updates: null,
    ...changes,
  };
}

const ordinary: Surroundings = snapshot([], null).surroundings;

const practice: Surroundings = {
  ...ordinary,
  practice: true,
  configFile: '/home/ada/.latchkey-practice/config.yaml',
  otherEndpoints: ['localhost:41234'],
  standInRuntime: 'Electron 42.0.0',
  sandboxOff: true,
};

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

const pasting: SignIn = { ...at('approval'), pasting: true };

const done: SignIn = {
  ...at('done'),
  phase: 'succeeded',
  place: { id: 'default', surprise: null },
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
    {
      code: 'connection-untrusted',
      host: 'console.anthropic.com',
      reason: 'SELF_SIGNED_CERT_IN_CHAIN',
      issuer: 'Example Corp',
      ...taken,
    },
  ],
  ['exchange', { code: 'answer-lost', host: 'console.anthropic.com' }],
  ['exchange', { code: 'answer-unexpected', host: 'console.anthropic.com', reason: 'no access_token' }],
  ['save', { code: 'data-not-writable', path: '/home/ada/.config/latchkey', reason: 'EROFS' }],
  ['save', { code: 'internal', message: 'TypeError' }],
];

const readableByOthers: Failure = { code: 'config-readable-by-others', path: CONFIG_FILE, mode: '0644' };
const notYaml: Failure = { code: 'config-not-yaml', path: CONFIG_FILE, line: 12, column: 5 };

/** Why the file cannot be read. */
const unreadable: readonly Failure[] = [
  notYaml,
  { code: 'config-unreadable', path: CONFIG_FILE, reason: 'EACCES' },
  { code: 'config-shape', path: CONFIG_FILE, at: 'providers.anthropic', expected: 'map' },
];

/** Why it cannot be written. */
const rescue: readonly Failure[] = [
  { code: 'config-not-writable', path: CONFIG_FILE, reason: 'ENOSPC' },
  { code: 'config-locked', path: CONFIG_FILE },
];

const olderBlock: Failure = { code: 'older-block', path: CONFIG_FILE };
const madePrivate: Failure = { code: 'config-made-private', path: CONFIG_FILE, mode: '0644' };

/** What is only to be known of an account. */
const known: readonly Failure[] = [
  { code: 'login-shared', others: ['work', 'account-2'] },
  { code: 'id-shared', id: 'default' },
  { code: 'expiry-not-understood', path: CONFIG_FILE, value: 'next Tuesday' },
];

const tests: readonly Failure[] = [
  { code: 'test-forbidden', status: 403, message: 'OAuth authentication is currently not allowed.' },
  { code: 'test-claude-code-only' },
  { code: 'test-scope-missing', scope: 'user:profile' },
  { code: 'test-organization-not-allowed' },
  { code: 'test-token-expired' },
  { code: 'test-header-missing' },
];

const grantRefused: RefusalFailure = { code: 'grant-refused' };
const answerLost: RefusalFailure = { code: 'answer-lost', host };
const expired = endedAt(NOW - HOUR);
/** Its token ended while the computer slept: it is renewed in a moment. */
const endedAsleep = endedAt(NOW - 20 * MINUTE);
const justAwake: Account = {
  ...endedAsleep,
  history: [...endedAsleep.history, { at: NOW - 2 * SECOND, kind: 'woke', by: 'resume' }],
};

const grace: Account = {
  ...ada,
  id: 'work',
  owner: {
    ...owner,
    accountUuid: 'g-uuid',
    email: 'grace@example.org',
    displayName: 'Grace Hopper',
    organizationName: 'Compilers & Co.',
    plan: 'pro',
  },
  accessIssuedAt: NOW - HOUR,
  accessExpiresAt: NOW + 7 * HOUR,
  loginIssuedAt: NOW - HOUR,
  loginExpiresAt: NOW - HOUR + 30 * DAY,
  history: [{ at: NOW - HOUR, kind: 'signed-in' }],
};

/** The same person in another organisation. */
const adaElsewhere: Account = {
  ...ada,
  id: 'account-2',
  owner: { ...owner, organizationUuid: 'p-uuid', organizationName: 'Difference Engines', plan: 'team' },
};

/** Colleagues, as many as are asked for. */
function severalOf(count: number): readonly Account[] {
  return PEOPLE.slice(0, count).map(([email, organizationName, plan], index) => {
    const id = index === 0 ? 'default' : `account-${index + 1}`;
    const loginIssuedAt = NOW - (2 + 1.7 * index) * DAY;
    return {
      ...ada,
      id,
      owner: { ...owner, email, displayName: null, organizationName, plan },
      accessIssuedAt: NOW - (1 + (index % 6)) * HOUR,
      accessExpiresAt: NOW + (7 - (index % 6)) * HOUR,
      loginIssuedAt,
      loginExpiresAt: loginIssuedAt + 30 * DAY,
    };
  });
}

const PEOPLE: readonly (readonly [email: string, organization: string, plan: string])[] = [
  ['ada@example.org', 'Analytical Engines', 'max'],
  ['ada@example.org', 'Difference Engines', 'team'],
  ['grace@example.org', 'Compilers & Co.', 'pro'],
  ['hedy.lamarr@example.org', 'Frequency Hoppers', 'pro'],
  ['katherine.johnson@example.org', 'Orbital Mechanics', 'team'],
  ['annie.easley@example.org', 'Centaur', 'pro'],
  ['margaret.hamilton@example.org', 'Apollo Guidance', 'max'],
  ['radia@example.org', 'Spanning Trees', 'pro'],
  ['barbara.liskov@example.org', 'Substitutions', 'team'],
  ['frances.allen@example.org', 'Optimisers', 'max'],
  ['lynn.conway@example.org', 'Large Scale Integration', 'pro'],
  ['evelyn.boyd.granville@example.org', 'Trajectories', 'pro'],
];

const inTrouble = (id: string, index: number): Account => ({
  ...troubled([refused(65 * MINUTE, noConnection), refused(HOUR, grantRefused)], expired),
  id,
  owner: severalOf(12)[index]?.owner ?? null,
});

const endsSoon = (id: string, index: number): Account => ({
  ...signedInAt(NOW - 28 * DAY),
  id,
  owner: severalOf(12)[index]?.owner ?? null,
});

/** What the settings tell of newer versions. */
const updateStates: readonly (readonly [name: string, state: UpdateState])[] = [
  ['current', { is: 'current' }],
  ['available', { is: 'available', version: '1.1.0', skipped: false }],
  ['downloading', { is: 'downloading', version: '1.1.0', share: 0.4 }],
  ['ready', { is: 'ready', version: '1.1.0' }],
  ['failed', { is: 'failed', trouble: 'feed-unreachable' }],
];

const SOCKET = '/run/user/1000/latchkey/agent.sock';
const asked: Question = { id: 1, program: null, accountId: 'default', until: NOW + 25 * SECOND };

/** Tokens are served. */
function serving(changes: Partial<ServingState>): Partial<Snapshot> {
  return {
    settings: { ...DEFAULT_SETTINGS, agent: { serve: true, ask: true } },
    serving: {
      path: SOCKET,
      kind: 'open',
      failure: null,
      handedOut: [
        { program: 'claude', accountId: 'default', times: 12, lastAt: NOW - 3 * MINUTE },
        { program: 'python3 nightly.py', accountId: 'default', times: 1, lastAt: NOW - 5 * HOUR },
        { program: null, accountId: 'default', times: 1204, lastAt: NOW - 9 * HOUR },
      ],
      questions: [],
      ...changes,
    },
  };
}

/** What stands on a button or a field, whatever the language. */
type Label = (words: FaceWords) => string;

/** What a person has done in a state: pressed what begins with this, or typed or pasted into the field so named. */
export type Act =
  | { readonly press: Label }
  /** Has gone there: what stands there is what the state is about. */
  | { readonly show: Label }
  | { readonly type: string; readonly into: Label; readonly leaving?: boolean };

/** The state in which nothing else could be drawn. */
export const CRASHED = 'crashed';

/** A state, and what a person has done in it since. */
export type State = readonly [name: string, snapshot: Snapshot, ...acts: Act[]];

const press = (label: Label): Act => ({ press: label });
const show = (label: Label): Act => ({ show: label });
const showServing = show(({ serving }) => serving.title);
const showAbout = show(({ settings }) => settings.about.title);
const openSettings = press(({ window }) => window.settings);
const showProxy = show(({ settings }) => settings.proxy.legend);
const openAdvanced = press(({ settings }) => settings.advanced);
const openMenu = press(({ account }) => account.menu.label(''));
const openDetails = press(({ window }) => window.details);
const chooseDark = press(({ settings }) => settings.themes.dark);
const codeField: Label = ({ signIn }) => signIn.paste.label;
const portField: Label = ({ settings }) => settings.signIn.port;

const keys = keysAt(NOW);
const useKey = press(({ apiKey }) => apiKey.instead);
const keyField: Label = ({ apiKey }) => apiKey.form.label;
const A_KEY = `sk-ant-api03-${'a'.repeat(95)}`;
const unfoldKey = press(({ apiKey }) => apiKey.title);
const moveKey = press(({ account }) => account.menu.storage);
const whoUsesWhat = press(({ apiKey }) => apiKey.who.title);
/** A text with each of what a key can lack. */
const FLAWED = {
  'access-token': `sk-ant-oat01-${'a'.repeat(95)}`,
  'refresh-token': `sk-ant-ort01-${'a'.repeat(95)}`,
  'admin-key': `sk-ant-admin01-${'a'.repeat(95)}`,
  'cut-short': 'sk-ant-api03-abc',
  'not-a-key': 'my key',
} as const;
const SYNCED = '/home/ada/Dropbox/config.yaml';
/** Copied by hand under a second id. */
const shared: Failure = { code: 'login-shared', others: ['work'], keep: 'default' };

/** All that can be said of the file at once, in a folder where all of it is so. */
const unhealthy: Partial<Snapshot> = {
  surroundings: { ...ordinary, configFile: SYNCED },
  troubles: [
    { ...readableByOthers, path: SYNCED },
    { code: 'file-in-git', path: SYNCED, folder: '/home/ada', tracked: false },
    { code: 'file-synced', path: SYNCED, service: 'Dropbox' },
    { code: 'login-copied', path: '/home/ada/.claude/.credentials.json' },
    { code: 'entries-unreadable', path: SYNCED, at: 'oauth_credentials[1], oauth_credentials[3]' },
    { ...olderBlock, path: SYNCED },
  ],
};

/** Each text that is no whole code (`pasted-code.ts`). */
const pasteProblems: readonly (readonly [problem: string, text: string])[] = [
  ['authorization-url', 'https://claude.ai/oauth/authorize?code=true&code_challenge=abc'],
  ['declined', 'https://console.anthropic.com/oauth/code/callback?error=access_denied'],
  ['no-code', `#${'s'.repeat(43)}`],
  ['no-state', 'aB3dE5fG7hI9'],
  ['state-cut-short', `aB3dE5fG7hI9#${'s'.repeat(40)}`],
  ['not-understood', 'Paste this into Claude Code'],
];

/** Every state of every view. */
export const STATES: readonly State[] = [
  ['first-visit', snapshot([], null, { isFirstVisit: true })],
  [
    'first-visit-checkout',
    snapshot([], null, { isFirstVisit: true, surroundings: { ...ordinary, offersPractice: true } }),
  ],
  ['first-visit-practice', snapshot([], null, { isFirstVisit: true, surroundings: practice })],
  ['first-visit-trouble', snapshot([], null, { isFirstVisit: true, troubles: [readableByOthers] })],
  ['signed-out', snapshot([], null)],
  ['signed-out-checkout', snapshot([], null, { surroundings: { ...ordinary, offersPractice: true } })],
  ['signed-out-practice', snapshot([], null, { surroundings: practice })],
  ['signed-out-cancelled', snapshot([], withEnd(at('approval'), { code: 'sign-in-cancelled' }))],
  [
    'signed-out-practice-failed',
    snapshot([], null, {
      surroundings: { ...ordinary, offersPractice: true },
      troubles: [{ code: 'practice-failed', exitCode: 1 }],
    }),
  ],
  ['signed-out-revoked', snapshot([], null, { farewell: farewell({ outcome: 'revoked' }) })],
  ['signed-out-asked', snapshot([], null, { farewell: farewell({ outcome: 'asked' }) })],
  ['signed-out-refused', snapshot([], null, { farewell: farewell({ outcome: 'refused', status: 400 }) })],
  [
    'signed-out-not-asked',
    snapshot([], null, { farewell: farewell({ outcome: 'not-asked', reason: 'not-the-issuer' }) }),
  ],
  ['signed-out-trouble', snapshot([], null, { troubles: [readableByOthers] })],
  ['signed-out-older-block', snapshot([], null, { troubles: [olderBlock] })],
  ...unreadable.map(
    (failure) =>
      [
        `unknown-${failure.code}`,
        snapshot([], null, { isFileReadable: false, troubles: [failure] }),
      ] as const,
  ),
  [
    'unknown-with-another',
    snapshot([], null, {
      isFileReadable: false,
      troubles: [{ code: 'autostart-unchanged', reason: 'EACCES' }, notYaml],
    }),
  ],
  ...keys.states.map(([name, apiKey]) => [`api-key-${name}`, snapshot([], null, { apiKey })] as const),
  ['api-key-copied', snapshot([], null, { apiKey: keys.fine }), press(({ apiKey }) => apiKey.actions.copy)],
  ['api-key-storage', snapshot([], null, { apiKey: { ...keys.fine, storage: 'keychain' } }), moveKey],
  [
    'api-key-storage-no-keychain',
    snapshot([], null, {
      apiKey: keys.fine,
      keychainTrouble: { code: 'keychain-unavailable', reason: 'no-service' },
    }),
    moveKey,
  ],
  [
    'api-key-locked',
    snapshot([], null, {
      apiKey: { ...keys.fine, storage: 'keychain' },
      troubles: [{ code: 'key-locked', reason: 'locked' }],
    }),
  ],
  [
    'api-key-two',
    snapshot([], null, {
      apiKey: keys.states.find(([name]) => name === 'in-both')?.[1] ?? keys.fine,
      troubles: [{ code: 'key-in-both' }],
    }),
  ],
  ['api-key-who-uses-what', snapshot([], null, { apiKey: keys.fine }), whoUsesWhat],
  ['api-key-trouble', snapshot([], null, { apiKey: keys.fine, ...unhealthy })],
  ['key-form', snapshot([], null), useKey],
  ['key-form-instead-of-terms', snapshot([], { ...start, phase: 'terms' }), useKey],
  ['key-form-instead-of-failure', snapshot([], withEnd(at('exchange'), noConnection)), useKey],
  [
    'key-form-replace',
    snapshot([], null, { apiKey: keys.fine }),
    press(({ apiKey }) => apiKey.actions.replace),
    { type: A_KEY, into: keyField },
  ],
  ...KEY_FLAWS.filter((flaw) => flaw !== 'empty').map(
    (flaw) =>
      [`key-form-${flaw}`, snapshot([], null), useKey, { type: FLAWED[flaw], into: keyField }] as const,
  ),
  [
    'key-form-placeholder',
    snapshot([], null, { apiKey: keys.placeholder }),
    press(({ apiKey }) => apiKey.use),
    { type: A_KEY, into: keyField },
    press(({ apiKey }) => apiKey.form.save),
  ],
  ['terms', snapshot([], { ...start, phase: 'terms' })],
  ['signing-in-start', snapshot([], at('pkce'))],
  ['signing-in-browser', snapshot([], at('browser'))],
  ['signing-in-waiting', snapshot([], at('approval'))],
  ['signing-in-last-seconds', snapshot([], { ...at('approval'), approvalDeadline: NOW + 42 * SECOND })],
  ['signing-in-asked-to-wait', snapshot([], { ...at('exchange'), retryAt: NOW + 8 * SECOND })],
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
    snapshot([], {
      ...at(
        'approval',
        withNotice(
          'browser',
          { code: 'browser-not-opened' },
          withNotice('callback-server', { code: 'port-busy', port: 8765, instead: 8766 }),
        ),
      ),
      redirectUri: 'http://localhost:8766/callback',
    }),
  ],
  ['signing-in-details', snapshot([], at('approval')), openDetails],
  ['signing-in-save', snapshot([], at('save'))],
  ['pasting-empty', snapshot([], pasting)],
  ['pasting-clipboard-empty', snapshot([], { ...pasting, codeProblem: 'empty' })],
  ...pasteProblems.map(
    ([problem, text]) =>
      [`pasting-${problem}`, snapshot([], pasting), { type: text, into: codeField }] as const,
  ),
  ['pasting-state-mismatch', snapshot([], { ...pasting, codeProblem: 'state-mismatch' })],
  ['pasting-valid', snapshot([], pasting), { type: `aB3dE5fG7hI9#${'s'.repeat(43)}`, into: codeField }],
  ['signing-in-exchange', snapshot([], at('exchange'))],
  ['signing-in-test', snapshot([ada], at('test', withNotice('save', notYaml)))],
  ['succeeded', snapshot([ada], done)],
  ['succeeded-unknown-owner', snapshot([{ ...ada, owner: null, loginExpiresAt: null }], done)],
  [
    'succeeded-already',
    snapshot([ada], { ...done, askedFor: null, place: { id: ada.id, surprise: 'already' } }),
  ],
  ['succeeded-made-private', snapshot([ada], withNotice('save', madePrivate, done))],
  [
    'succeeded-apart-organisations',
    snapshot([ada, adaElsewhere], { ...done, place: { id: adaElsewhere.id, surprise: 'apart' } }),
  ],
  ['succeeded-apart', snapshot([ada, grace], { ...done, place: { id: grace.id, surprise: 'apart' } })],
  ...tests.map(
    (failure) =>
      [
        `succeeded-${failure.code}`,
        // Without the profile nobody knows the name, unless the token's answer told it.
        snapshot(
          [failure.code === 'test-scope-missing' ? { ...ada, owner: null } : ada],
          withNotice('test', failure, done),
        ),
      ] as const,
  ),
  [
    'succeeded-name-known-without-profile',
    snapshot([ada], withNotice('test', { code: 'test-scope-missing', scope: 'user:profile' }, done)),
  ],
  [
    'succeeded-rescued',
    snapshot([{ ...ada, whereabouts: 'own-folder' }], withNotice('save', notYaml, done), {
      isFileReadable: false,
      troubles: [notYaml],
    }),
  ],
  ...failures.map(
    ([step, failure]) => [`failed-${failure.code}`, snapshot([], withEnd(at(step), failure))] as const,
  ),
  [
    'failed-runtime-not-vouched-checkout',
    snapshot([], withEnd(at('pkce'), { code: 'runtime-not-vouched', runtime: 'Electron 42.0.0' }), {
      surroundings: { ...ordinary, offersPractice: true },
    }),
  ],
  [
    'failed-copied',
    snapshot([], withEnd(at('exchange'), noConnection)),
    openDetails,
    press(({ window }) => window.copyDiagnostics),
  ],
  ['account-valid', snapshot([ada], null)],
  ['account-menu', snapshot([ada], null), openMenu],
  ['account-sign-out', snapshot([ada], null), openMenu, press(({ account }) => account.menu.signOut)],
  [
    'account-sign-out-access-only',
    snapshot([{ ...ada, storage: 'access-only' }], null),
    openMenu,
    press(({ account }) => account.menu.signOut),
  ],
  [
    'account-other-signed-out',
    snapshot([ada], null, { farewell: farewell({ outcome: 'not-asked', reason: 'shared' }) }),
  ],
  ['account-copied', snapshot([ada], null), press(({ window }) => window.copyAccessToken)],
  [
    'account-diagnostics-copied',
    snapshot([ada], null, { troubles: [readableByOthers] }),
    openDetails,
    press(({ window }) => window.copyDiagnostics),
  ],
  ['account-just-signed-in', snapshot([{ ...grace, id: 'default', owner }], null)],
  ['account-refreshing', snapshot([{ ...ada, refreshing: true }], null)],
  ['account-refreshing-expired', snapshot([{ ...expired, refreshing: true }], null)],
  ['account-grant-refused-alive', snapshot([troubled([refused(5 * MINUTE, grantRefused)])], null)],
  [
    'account-grant-refused-over',
    snapshot([troubled([refused(65 * MINUTE, noConnection), refused(HOUR, grantRefused)], expired)], null),
  ],
  [
    'account-answer-lost-once',
    snapshot([troubled([refused(30 * SECOND, answerLost)], endedAt(NOW + 4 * MINUTE))], null),
  ],
  [
    'account-uncertain-alive',
    snapshot([troubled([refused(5 * MINUTE, answerLost), refused(4 * MINUTE, answerLost)])], null),
  ],
  [
    'account-uncertain-over',
    snapshot([troubled([refused(65 * MINUTE, answerLost), refused(64 * MINUTE, answerLost)], expired)], null),
  ],
  [
    'account-rate-limited',
    snapshot(
      [troubled([refused(10 * MINUTE, { code: 'rate-limited', retryAfterSeconds: 1800 })], expired)],
      null,
    ),
  ],
  [
    'account-network-down-valid',
    snapshot(
      [
        troubled([
          refused(3 * MINUTE, noConnection),
          refused(2 * MINUTE, noConnection),
          refused(20 * SECOND, noConnection),
        ]),
      ],
      null,
    ),
  ],
  [
    'account-proxy-away',
    snapshot(
      [
        troubled(
          [refused(HOUR, { code: 'network-down', reason: 'ECONNREFUSED', ...taken, host: taken.proxy })],
          expired,
        ),
      ],
      null,
    ),
  ],
  [
    'account-proxy-login',
    snapshot(
      [
        troubled(
          [refused(HOUR, { code: 'proxy-login', schemes: ['Negotiate', 'NTLM'], given: false, ...taken })],
          expired,
        ),
      ],
      null,
    ),
  ],
  ['account-network-down-expired', snapshot([troubled([refused(HOUR, noConnection)], expired)], null)],
  [
    'account-network-challenge',
    snapshot([troubled([refused(10 * MINUTE, { code: 'network-challenge', host })], expired)], null),
  ],
  [
    'account-nowhere-to-store',
    snapshot(
      [troubled([refused(10 * MINUTE, { code: 'nowhere-to-store', path: CONFIG_FILE, reason: 'ENOSPC' })])],
      null,
    ),
  ],
  ...known.map(
    (failure) => [`account-${failure.code}`, snapshot([{ ...ada, troubles: [failure] }], null)] as const,
  ),
  ['account-older-block', snapshot([ada], null, { troubles: [olderBlock] })],
  [
    'account-made-private',
    snapshot(
      [{ ...ada, history: [...calm, { at: NOW - 2.5 * HOUR, kind: 'made-private', mode: '0644' }] }],
      null,
    ),
  ],
  ['account-removed', snapshot([lost('removed', true)], null)],
  ['account-removed-no-copy', snapshot([lost('removed', false)], null)],
  ['account-removed-copied', snapshot([lost('removed', true, { copied: true })], null)],
  ['account-removed-goes-on', snapshot([lost('removed', false, { goesOnAs: 'work' })], null)],
  ['account-replaced', snapshot([lost('replaced', true)], null)],
  ['account-replaced-no-copy', snapshot([lost('replaced', false)], null)],
  [
    'account-put-back',
    snapshot(
      [
        {
          ...ada,
          history: [
            ...calm.slice(0, -2),
            { at: NOW - 5 * HOUR, kind: 'removed' },
            { at: NOW - 5 * HOUR, kind: 'notified', about: 'entry-lost' },
            { at: NOW - 3 * HOUR, kind: 'put-back' },
            { at: NOW - 2.5 * HOUR, kind: 'adopted' },
          ],
        },
      ],
      null,
    ),
  ],
  [
    'account-no-keychain',
    snapshot([ada], null, { keychainTrouble: { code: 'keychain-unavailable', reason: 'no-service' } }),
    openMenu,
  ],
  [
    'account-no-keychain-why',
    snapshot([ada], null, { keychainTrouble: { code: 'keychain-unavailable', reason: 'locked' } }),
    openMenu,
    press(({ account }) => account.storage.noSecondCopy),
  ],
  ['account-access-only', snapshot([{ ...ada, storage: 'access-only' }], null), openMenu],
  [
    'account-secret-locked',
    snapshot(
      [{ ...ada, storage: 'access-only', troubles: [{ code: 'secret-locked', reason: 'locked' }] }],
      null,
    ),
  ],
  [
    'account-secret-missing',
    snapshot(
      [
        {
          ...ada,
          loginExpiresAt: null,
          storage: 'keychain',
          troubles: [{ code: 'secret-missing', id: 'default' }],
        },
      ],
      null,
    ),
  ],
  [
    'account-storage',
    snapshot([{ ...ada, storage: 'access-only' }], null),
    openMenu,
    press(({ account }) => account.menu.storage),
  ],
  [
    'account-storage-no-keychain',
    snapshot([ada], null, { keychainTrouble: { code: 'keychain-unavailable', reason: 'no-service' } }),
    openMenu,
    press(({ account }) => account.menu.storage),
  ],
  [
    'account-storage-no-keytar',
    snapshot([ada], null, { keychainTrouble: { code: 'keychain-unavailable', reason: 'not-installed' } }),
    openMenu,
    press(({ account }) => account.menu.storage),
  ],
  [
    'account-secret-no-service',
    snapshot(
      [{ ...ada, storage: 'access-only', troubles: [{ code: 'secret-locked', reason: 'no-service' }] }],
      null,
    ),
  ],
  [
    'account-signed-in-again',
    snapshot(
      [
        {
          ...ada,
          history: [
            { at: NOW - 2 * DAY - HOUR, kind: 'signed-out', revocation: { outcome: 'refused', status: 400 } },
            ...calm,
          ],
        },
      ],
      null,
    ),
  ],
  ['account-long-history', snapshot([{ ...signedInAt(SECOND_SIGN_IN), history: longLife() }], null)],
  [
    'account-long-history-all',
    snapshot([{ ...signedInAt(SECOND_SIGN_IN), history: longLife() }], null),
    press(({ history, format }) => history.showAll(format.number(runsOf(longLife(), NOW - DAY).length))),
  ],
  ['account-two', snapshot([ada, grace], null)],
  ['account-two-one-over', snapshot([troubled([refused(HOUR, grantRefused)], expired), grace], null)],
  ['account-two-organisations', snapshot([ada, adaElsewhere], null)],
  ['account-five', snapshot(severalOf(5), null)],
  ['account-five-one-troubled', snapshot(severalOf(5).with(3, inTrouble('account-4', 3)), null)],
  ['account-twelve', snapshot(severalOf(12), null)],
  [
    'account-twelve-some-troubled',
    snapshot(severalOf(12).with(4, inTrouble('account-5', 4)).with(9, endsSoon('account-10', 9)), null),
  ],
  ['account-no-login-clock', snapshot([{ ...ada, loginIssuedAt: null, loginExpiresAt: null }], null)],
  ['account-due', snapshot([endedAt(NOW + 19 * MINUTE + 10 * SECOND)], null)],
  [
    'account-expiring',
    snapshot(
      [
        troubled(
          [refused(13 * MINUTE, noConnection), refused(2 * MINUTE, noConnection)],
          endedAt(NOW + 6 * MINUTE),
        ),
      ],
      null,
    ),
  ],
  ['account-last-seconds', snapshot([endedAt(NOW + 42 * SECOND)], null)],
  ['account-expired', snapshot([justAwake], null)],
  ['account-login-ends-soon', snapshot([signedInAt(NOW - 28 * DAY)], null)],
  ['account-login-over-token-alive', snapshot([signedInAt(NOW - 30 * DAY - 2 * HOUR)], null)],
  [
    'account-needs-sign-in',
    snapshot(
      [
        {
          ...endedAt(NOW - DAY),
          loginIssuedAt: NOW - 30 * DAY - 3 * HOUR,
          loginExpiresAt: NOW - 3 * HOUR,
          history: renewedSince(NOW - 30 * DAY - 3 * HOUR).filter(({ at }) => at < NOW - DAY - 8 * HOUR),
        },
      ],
      null,
    ),
  ],
  [
    'account-no-refresh-token',
    snapshot(
      [{ ...endedAt(NOW - DAY), refreshable: false, loginIssuedAt: null, loginExpiresAt: null }],
      null,
    ),
  ],
  [
    'account-foreign',
    snapshot(
      [
        {
          ...ada,
          owner: null,
          accessIssuedAt: null,
          loginIssuedAt: null,
          loginExpiresAt: null,
          history: [{ at: NOW - 2.5 * HOUR, kind: 'adopted' }],
        },
      ],
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
  ...unreadable.map(
    (failure) =>
      [
        `account-${failure.code}`,
        snapshot([{ ...ada, whereabouts: 'unknown' }], null, { isFileReadable: false, troubles: [failure] }),
      ] as const,
  ),
  [
    'account-unreadable-no-copy',
    snapshot([{ ...ada, whereabouts: 'unknown', refreshable: false }], null, {
      isFileReadable: false,
      troubles: [notYaml],
    }),
  ],
  [
    'account-saved-again-in-vain',
    snapshot([{ ...ada, whereabouts: 'own-folder' }], null, { isFileReadable: false, troubles: [notYaml] }),
    press(({ help }) => help['save-again']),
  ],
  ...rescue.map(
    (failure) =>
      [
        `account-${failure.code}`,
        snapshot([{ ...ada, whereabouts: 'own-folder' }], null, { troubles: [failure] }),
      ] as const,
  ),
  ['account-readable-by-others', snapshot([ada], null, { troubles: [readableByOthers] })],
  ['account-api-key', snapshot([ada], null, { apiKey: keys.fine })],
  ['account-api-key-refused', snapshot([ada], null, { apiKey: keys.states[3]?.[1] ?? keys.fine })],
  ['account-api-key-unfolded', snapshot([ada], null, { apiKey: keys.fine }), unfoldKey, whoUsesWhat],
  ['account-two-api-key', snapshot([ada, grace], null, { apiKey: keys.fine })],
  ['account-file-health', snapshot([ada], null, unhealthy)],
  [
    'account-file-health-all',
    snapshot([ada], null, unhealthy),
    press(({ window }) => window.moreFindings(5)),
  ],
  ['account-login-shared-same', snapshot([{ ...ada, troubles: [shared] }], null)],
  [
    'account-keep-one',
    snapshot([{ ...ada, troubles: [shared] }], null),
    press(({ help }) => help['keep-one']),
  ],
  [
    'account-file-in-git-tracked',
    snapshot([ada], null, {
      troubles: [{ code: 'file-in-git', path: CONFIG_FILE, folder: '/home/ada', tracked: true }],
    }),
    openDetails,
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
  ['account-banner', snapshot([ada], null, { surroundings: practice })],
  [
    'account-other-endpoints',
    snapshot([ada], null, {
      surroundings: { ...ordinary, otherEndpoints: ['auth.example.org', 'api.example.org'] },
    }),
  ],
  [
    'account-test-setup',
    snapshot([ada], null, {
      surroundings: { ...ordinary, standInRuntime: 'Electron 42.0.0', sandboxOff: true },
    }),
    press(({ window }) => window.testSetup),
  ],
  [
    'account-practice',
    snapshot([ada], null, { surroundings: practice }),
    press(({ window }) => window.circumstances.practice.short),
  ],
  ['account-internal', snapshot([ada], null, { troubles: [{ code: 'internal', message: 'TypeError' }] })],
  [CRASHED, snapshot([ada], null)],
  ['settings', snapshot([ada], null), openSettings],
  ['settings-advanced', snapshot([ada], null), openSettings, openAdvanced],
  ['settings-serving', snapshot([ada], null, serving({})), openSettings, showServing],
  ['settings-serving-none', snapshot([ada], null, serving({ handedOut: [] })), openSettings, showServing],
  ['settings-serving-paused', snapshot([ada], null, serving({ kind: 'paused' })), openSettings, showServing],
  [
    'settings-serving-elsewhere',
    snapshot(
      [ada],
      null,
      serving({
        kind: 'failed',
        handedOut: [],
        failure: { code: 'agent-elsewhere', path: SOCKET, by: 'latchkey agent, PID 4711' },
      }),
    ),
    openSettings,
    showServing,
  ],
  ['account-question', snapshot([ada], null, serving({ questions: [{ ...asked, program: 'claude' }] }))],
  ['account-question-unknown', snapshot([ada, grace], null, serving({ questions: [asked] }))],
  ...updateStates.map(
    ([name, state]) =>
      [
        `settings-update-${name}`,
        snapshot([ada], null, {
          updates: { lookedAt: NOW - HOUR, state },
          surroundings: { ...ordinary, packageKind: 'AppImage' },
        }),
        openSettings,
        showAbout,
      ] as const,
  ),
  ['settings-api-key', snapshot([ada], null, { apiKey: keys.fine }), openSettings, whoUsesWhat],
  [
    'settings-api-key-storage',
    snapshot([ada], null, { apiKey: { ...keys.fine, storage: 'keychain' } }),
    openSettings,
    moveKey,
    whoUsesWhat,
  ],
  ['settings-two', snapshot([ada, grace], null), openSettings],
  ['settings-sign-out', snapshot([ada], null), openSettings, press(({ window }) => window.signOut.button)],
  [
    'settings-licences',
    snapshot([ada], null),
    openSettings,
    press(({ settings }) => settings.about.licences),
  ],
  ['settings-reported', snapshot([ada], null), openSettings, press(({ window }) => window.reportProblem)],
  ['settings-start-at-login', snapshot([ada], null, { startAtLogin: true }), openSettings],
  [
    'settings-command-on-path',
    snapshot([ada], null, {
      commandOnPath: { as: 'file', path: '/home/ada/.local/bin/latchkey', isOn: false },
      troubles: [{ code: 'command-not-placed', path: '/home/ada/.local/bin/latchkey', reason: 'taken' }],
    }),
    openSettings,
  ],
  [
    'settings-command-on-windows',
    snapshot([ada], null, {
      commandOnPath: {
        as: 'folder',
        path: 'C:\\Users\\Ada\\AppData\\Local\\Programs\\latchkey\\bin',
        isOn: false,
      },
    }),
    openSettings,
  ],
  ['settings-saved', snapshot([ada], null), openSettings, chooseDark],
  [
    'settings-undone',
    snapshot([ada], null),
    openSettings,
    chooseDark,
    press(({ settings }) => settings.undo),
  ],
  [
    'settings-invalid-port',
    snapshot([ada], null),
    openSettings,
    openAdvanced,
    { type: '80', into: portField, leaving: true },
  ],
  [
    'settings-prescribed-port',
    snapshot([ada], null, { surroundings: { ...ordinary, prescribedPort: 9000 } }),
    openSettings,
    openAdvanced,
    show(({ settings }) => settings.signIn.portPrescribed),
  ],
  [
    'settings-no-keychain',
    snapshot([ada], null, { keychainTrouble: { code: 'keychain-unavailable', reason: 'locked' } }),
    openSettings,
    openAdvanced,
    show(({ settings }) => settings.tokens.keychain),
  ],
  [
    'settings-no-keytar',
    snapshot([ada], null, { keychainTrouble: { code: 'keychain-unavailable', reason: 'not-installed' } }),
    openSettings,
    openAdvanced,
    show(({ settings }) => settings.tokens.keychain),
  ],
  [
    'settings-not-saved',
    snapshot([ada], null, {
      troubles: [{ code: 'data-not-writable', path: '/home/ada/.config/latchkey', reason: 'EROFS' }],
    }),
    openSettings,
  ],
  ['settings-proxy', snapshot([ada], null, { settings: withProxy }), openSettings, openAdvanced, showProxy],
  [
    'settings-proxy-none',
    snapshot([ada], null),
    openSettings,
    openAdvanced,
    press(({ settings }) => settings.proxy.uses.none),
  ],
  [
    'settings-proxy-invalid',
    snapshot([ada], null),
    openSettings,
    openAdvanced,
    press(({ settings }) => settings.proxy.uses.this),
    { type: 'ftp://proxy.example', into: ({ settings }) => settings.proxy.address, leaving: true },
  ],
  [
    'settings-practice',
    snapshot([], null, { surroundings: practice, startAtLogin: null }),
    openSettings,
    openAdvanced,
  ],
];
