import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_API_KEY } from '../../../src-main/domain/api-key.ts';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import type { Language } from '../../../src-main/domain/language.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import type { Account, Snapshot } from '../../../src-main/domain/snapshot.ts';
import { newSignIn, withEnd, withStep } from '../../../src-main/domain/sign-in.ts';
import { describeFailure } from '../../../src-main/words/failure-words.ts';
import { describeSnapshot } from '../../../src-main/words/tray-tooltip-words.ts';
import { wordsFor, wordsOf, type Words } from '../../../src-main/words/words.ts';
import { aSnapshot, anAccount, NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');
/** What the tray says: its lines in one, with a dot between. */
const say = (snapshot: Snapshot, now = NOW) => {
  const { standing, icon, lines, tooltip } = describeSnapshot(snapshot, now);
  const told = lines.join(' · ');
  assert.equal(tooltip, `Latchkey · ${told}`);
  return { standing, icon, told };
};
const told = (snapshot: Snapshot) => say(snapshot).told;
const OWNER = anAccount().owner ?? assert.fail();

test('nobody signed in', () => {
  assert.deepEqual(say(aSnapshot()), { standing: 'signed-out', icon: 'signed-out', told: 'Signed out' });
});

test('an API key is a standing of its own while nobody is signed in, and none beside a login', () => {
  const own = { kind: 'key', start: 'sk-ant-api03-', end: 'wxyz' } as const;
  const apiKey = { ...NO_API_KEY, own };
  assert.deepEqual(say(aSnapshot([], null, { apiKey })), {
    standing: 'api-key',
    icon: 'valid',
    told: 'API key sk-ant-api03-…wxyz',
  });
  const refused = { ...apiKey, test: { at: NOW, failure: { code: 'key-refused' } } } as const;
  assert.deepEqual(say(aSnapshot([], null, { apiKey: refused })), {
    standing: 'api-key',
    icon: 'trouble',
    told: 'API key sk-ant-api03-…wxyz · Claude does not take the API key',
  });
  const offline = { ...apiKey, test: { at: NOW, failure: { code: 'service-down', status: 503 } } } as const;
  assert.equal(say(aSnapshot([], null, { apiKey: offline })).icon, 'valid');
  assert.equal(told(aSnapshot([anAccount()], null, { apiKey })), told(aSnapshot([anAccount()])));
});

test('signed in: who, and until when', () => {
  const account = anAccount({ loginExpiresAt: NOW + 24 * DAY });
  assert.deepEqual(say(aSnapshot([account])), {
    standing: 'valid',
    icon: 'valid',
    told: 'Signed in as ada@example.org · Until 17 December',
  });
  const language = (systemLanguage: Language) =>
    told(aSnapshot([account], null, { surroundings: { ...aSnapshot().surroundings, systemLanguage } }));
  assert.equal(language('de'), 'Angemeldet als ada@example.org · Bis 17. Dezember');
  assert.equal(language('ja'), 'ada@example.org でサインイン済み · 12月17日まで');
});

test('an account without an owner or a login clock is still told', () => {
  const account = anAccount({ owner: null, loginExpiresAt: null });
  assert.equal(told(aSnapshot([account])), 'Signed in · Token until 17:00, renewed by itself');
});

test('several accounts that are all well are told together, until the first of them ends', () => {
  const grace = anAccount({ id: 'work', loginExpiresAt: NOW + 20 * DAY });
  assert.equal(told(aSnapshot([anAccount(), grace])), 'Signed in with 2 accounts · Until 13 December');
  const endless = anAccount({ id: 'work', loginExpiresAt: null });
  assert.equal(told(aSnapshot([endless, endless])), 'Signed in with 2 accounts');
});

test('an expired token that a refresh can mend is not shown as signed out', () => {
  const words = say(aSnapshot([anAccount({ accessExpiresAt: NOW - 1 })]));
  assert.equal(words.standing, 'expired');
  assert.equal(words.icon, 'valid');
  assert.match(words.told, /^Signed in as ada@example\.org · Until 21 December$/);
});

test('the end of the login asks for a person', () => {
  const words = say(aSnapshot([anAccount({ accessExpiresAt: NOW - 1, loginExpiresAt: NOW })]));
  assert.equal(words.standing, 'needs-sign-in');
  assert.equal(words.icon, 'needs-you');
  assert.match(words.told, /^Sign in again as ada@example\.org · Sign-in ended on 23 November$/);
});

test('a login that ends within days shows in the icon before it asks for a person', () => {
  const icon = (left: number) =>
    describeSnapshot(aSnapshot([anAccount({ loginExpiresAt: NOW + left })]), NOW).icon;
  assert.equal(icon(3 * DAY + 1), 'valid');
  assert.equal(icon(3 * DAY), 'expiring');
  assert.equal(icon(1), 'expiring');
  // However long its token lives on.
  assert.equal(icon(-1), 'needs-you');
});

test('an entry that another program took away asks for a person: only they can say what counts', () => {
  for (const copy of [true, false]) {
    const account = anAccount({
      history: [{ at: NOW, kind: 'removed' }],
      troubles: [{ code: 'entry-removed', path: '/c.yaml', copy }],
    });
    assert.equal(describeSnapshot(aSnapshot([account]), NOW).icon, 'needs-you');
  }
});

test('of several accounts the one that is worst off is told', () => {
  const history: readonly HistoryEvent[] = [{ at: NOW - HOUR, kind: 'signed-in' }];
  const ada = (changes: Partial<Account> = {}) => anAccount({ history, ...changes });
  const grace = (changes: Partial<Account> = {}) =>
    anAccount({ id: 'account-2', owner: { ...OWNER, email: 'grace@example.org' }, history, ...changes });
  const among = (...accounts: readonly Account[]) => say(aSnapshot(accounts));
  assert.match(among(ada(), grace()).told, /^Signed in with 2 accounts/);
  const ending = grace({ loginExpiresAt: NOW + DAY });
  assert.match(among(ada(), ending).told, /^Signed in as grace/);
  const over = grace({ history: [refused({ code: 'grant-refused' })] });
  const { icon, standing, ...words } = among(ada({ loginExpiresAt: NOW + DAY }), over);
  assert.deepEqual([icon, standing], ['needs-you', 'needs-sign-in']);
  assert.match(words.told, /^Sign in again as grace@example\.org/);
  // What another program left to expire is nothing to call for.
  const foreign = grace({ history: [], refreshable: false, accessExpiresAt: NOW - DAY });
  assert.equal(among(foreign, ada()).icon, 'valid');
  assert.match(among(foreign).told, /^Sign in again as grace/);
});

test('a path in the home folder is told as a person writes it, where the home folder is known', () => {
  const failure: Failure = { code: 'config-locked', path: '/home/ada/.mcp-code-api/config.yaml' };
  const tell = (words: Words) => describeFailure(words, failure).explanation;
  assert.match(tell(wordsOf(aSnapshot())), / ~\/\.mcp-code-api\/config\.yaml /);
  assert.match(tell(ENGLISH), / \/home\/ada\/\.mcp-code-api\/config\.yaml /);
  const neighbour = '/home/ada-too/config.yaml';
  assert.equal(wordsFor('de', '/home/ada').format.path(neighbour), neighbour);
});

test('what the service said is quoted without a second full stop', () => {
  const { technical } = describeFailure(ENGLISH, {
    code: 'test-forbidden',
    status: 403,
    message: 'Not allowed.',
  });
  assert.equal(technical, 'HTTP 403: Not allowed');
});

test('a sign-in under way tells its step', () => {
  const signIn = withStep(newSignIn(1, 'default'), 'approval', 'active');
  assert.deepEqual(say(aSnapshot([], signIn)), {
    standing: 'signing-in',
    icon: 'signing-in',
    told: 'Signing in: waiting for your approval',
  });
});

test('a failed sign-in tells why, with and without an account', () => {
  const failed = withEnd(newSignIn(1, 'default'), { code: 'access-denied' });
  assert.equal(told(aSnapshot([], failed)), 'Signed out · Declined in the browser');
  const words = say(aSnapshot([anAccount()], failed));
  assert.equal(words.icon, 'trouble');
  assert.match(words.told, /^Signed in as ada@example\.org · .* · Declined in the browser$/);
});

const NOT_YAML: Failure = { code: 'config-not-yaml', path: '/c.yaml', line: 12, column: 5 };
const FOR_OTHERS: Failure = { code: 'config-readable-by-others', path: '/c.yaml', mode: '0644' };
const ONLY_TO_KNOW: readonly Failure[] = [
  { code: 'login-shared', others: ['work'] },
  { code: 'id-shared', id: 'default' },
  { code: 'expiry-not-understood', path: '/c.yaml', value: 'soon' },
  { code: 'older-block', path: '/c.yaml' },
  { code: 'config-made-private', path: '/c.yaml', mode: '0644' },
];

test('nobody is called signed out while the file cannot be read', () => {
  const saying = (troubles: readonly Failure[], language: Language = 'en') => {
    const snapshot = aSnapshot([], null, { isFileReadable: false, troubles });
    const surroundings = { ...snapshot.surroundings, systemLanguage: language };
    return say({ ...snapshot, surroundings });
  };
  const unknown = 'Cannot tell whether you are signed in';
  assert.deepEqual(saying([NOT_YAML]), {
    standing: null,
    icon: 'trouble',
    told: `${unknown} · There is a mistake in the config file (line 12, column 5)`,
  });
  assert.equal(
    saying([{ code: 'config-unreadable', path: '/c.yaml', reason: 'EACCES' }]).told,
    `${unknown} · The config file cannot be read (permission denied)`,
  );
  assert.equal(
    saying([{ code: 'config-shape', path: '/c.yaml', at: 'providers', expected: 'map' }]).told,
    `${unknown} · The config file is not laid out as expected (“providers” should be a section with entries of its own)`,
  );
  // Whatever else went wrong: this is why nobody can tell.
  assert.match(
    saying([{ code: 'internal', message: 'Error' }, NOT_YAML]).told,
    /a mistake in the config file/,
  );
  assert.equal(saying([]).told, unknown);
  assert.match(saying([NOT_YAML], 'de').told, /^Unklar, ob .* \(Zeile 12, Spalte 5\)$/);
  assert.match(
    saying([NOT_YAML], 'ja').told,
    /^サインイン済みかどうか確認できません · .*（12 行目、5 列目）$/,
  );
});

test('a sign-in that failed while the file cannot be read is told, and nobody called signed out', () => {
  const failed = withEnd(newSignIn(1, 'default'), { code: 'access-denied' });
  const unreadable = { isFileReadable: false, troubles: [NOT_YAML] };
  assert.equal(told(aSnapshot([], failed, unreadable)), 'Sign-in failed: Declined in the browser');
});

test('an account that is known all the same is told as usual, with the trouble', () => {
  const words = say(aSnapshot([anAccount()], null, { isFileReadable: false, troubles: [NOT_YAML] }));
  assert.equal(words.icon, 'trouble');
  assert.match(words.told, /^Signed in as ada@example\.org · .* · There is a mistake in the config file$/);
});

test('what is only to be known changes neither the icon nor the words', () => {
  const quiet = describeSnapshot(aSnapshot([anAccount()]), NOW);
  for (const trouble of ONLY_TO_KNOW) {
    const ofAccount = aSnapshot([anAccount({ troubles: [trouble] })]);
    const ofNone = aSnapshot([anAccount()], null, { troubles: [trouble] });
    for (const snapshot of [ofAccount, ofNone]) assert.deepEqual(describeSnapshot(snapshot, NOW), quiet);
    const signedOut = aSnapshot([], null, { troubles: [trouble] });
    assert.deepEqual(describeSnapshot(signedOut, NOW), describeSnapshot(aSnapshot(), NOW));
    const both = aSnapshot([anAccount({ troubles: [trouble, THROTTLED] })]);
    assert.match(told(both), / · Claude asks to wait$/);
  }
});

test('a lost entry is told before a file that others can read, and after nothing but what is worse', () => {
  const lost = anAccount({
    history: [{ at: NOW, kind: 'removed' }],
    troubles: [{ code: 'entry-removed', path: '/c.yaml', copy: true }],
  });
  const beside = (account: Account, trouble: Failure) =>
    told(aSnapshot([account], null, { troubles: [trouble] }));
  assert.match(beside(lost, FOR_OTHERS), /org · Your sign-in was taken out of the config file$/);
  assert.match(beside(anAccount(), FOR_OTHERS), / · Others can read your config file$/);
  const clockOff = anAccount({ troubles: [{ code: 'clock-off', seconds: 5_400 }] });
  assert.match(beside(clockOff, { code: 'internal', message: 'Error' }), / · Something went wrong$/);
});

test('practice says so, since it stands beside the real app', () => {
  const { surroundings } = aSnapshot();
  const saying = (language: Language, ...accounts: readonly Account[]) =>
    told(
      aSnapshot(accounts, null, {
        surroundings: { ...surroundings, practice: true, systemLanguage: language },
      }),
    );
  assert.equal(saying('en'), 'Practice: no real account · Signed out');
  assert.match(
    saying('en', anAccount()),
    /^Practice: no real account · Signed in as ada@example\.org · Until/,
  );
  assert.equal(saying('de'), 'Übung: kein echtes Konto · Nicht angemeldet');
  assert.equal(saying('ja'), '練習モード：実際のアカウントではありません · サインインしていません');
});

test('where a credential waits is said only where one does', () => {
  const tell = (language: Language, failure: Failure, isKeptAside?: boolean) =>
    describeFailure(wordsFor(language), failure, 'other', isKeptAside).explanation;
  const ofFile: readonly Failure[] = [
    NOT_YAML,
    { code: 'config-unreadable', path: '/c.yaml', reason: 'EACCES' },
    { code: 'config-shape', path: '/c.yaml', at: 'providers', expected: 'map' },
    { code: 'config-not-writable', path: '/c.yaml', reason: 'ENOSPC' },
    { code: 'config-locked', path: '/c.yaml' },
  ];
  for (const failure of ofFile) {
    for (const [language, kept] of [
      ['en', /kept in Latchkey’s own folder/],
      ['de', /im eigenen Ordner von Latchkey/],
      ['ja', /Latchkey 専用フォルダーに保管/],
    ] as const) {
      assert.doesNotMatch(tell(language, failure), kept);
      assert.match(tell(language, failure, true), kept);
    }
  }
});

test('a cancelled sign-in is no trouble', () => {
  const cancelled = withEnd(newSignIn(1, 'default'), { code: 'sign-in-cancelled' });
  assert.equal(told(aSnapshot([], cancelled)), 'Signed out');
});

const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const SERVICE_DOWN: RefusalFailure = { code: 'service-down', status: 503 };
const THROTTLED: RefusalFailure = { code: 'rate-limited', retryAfterSeconds: 3_600 };

test('an outage is no trouble while the token lives, and is one when it is over', () => {
  for (const failure of [SERVICE_DOWN, { code: 'network-down', host: 'h', reason: 'ENOTFOUND' } as const]) {
    const account = { history: [refused(failure)], troubles: [failure] };
    assert.deepEqual(say(aSnapshot([anAccount(account)])), {
      standing: 'valid',
      // A try has failed.
      icon: 'expiring',
      told: 'Signed in as ada@example.org · Until 21 December',
    });
    const over = say(aSnapshot([anAccount({ ...account, accessExpiresAt: NOW })]));
    assert.equal(over.icon, 'trouble');
    assert.match(over.told, / · Until 21 December · No (answer from|connection to) Claude$/);
  }
  const throttled = anAccount({ history: [refused(THROTTLED)], troubles: [THROTTLED] });
  assert.equal(describeSnapshot(aSnapshot([throttled]), NOW).icon, 'trouble');
});

test('an ended login asks for a person, whatever the token has left', () => {
  const ended: RefusalFailure = { code: 'grant-refused' };
  const words = say(aSnapshot([anAccount({ history: [refused(ended)], troubles: [ended] })]));
  assert.equal(words.icon, 'needs-you');
  assert.equal(words.told, 'Sign in again as ada@example.org · Your sign-in has ended');
});
