import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import type { Language } from '../../../src-main/domain/language.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { newSignIn, withEnd, withStep } from '../../../src-main/domain/sign-in.ts';
import { describeFailure } from '../../../src-main/words/failure-words.ts';
import { describePlacement } from '../../../src-main/words/placement-words.ts';
import { describeAccount, describeSnapshot } from '../../../src-main/words/snapshot-words.ts';
import { wordsFor, wordsOf, type Words } from '../../../src-main/words/words.ts';
import { aSnapshot, anAccount, NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');
const OWNER = anAccount().owner ?? assert.fail();

test('nobody signed in', () => {
  assert.deepEqual(describeSnapshot(aSnapshot(), NOW), {
    standing: 'signed-out',
    icon: 'signed-out',
    headline: 'Signed out',
  });
});

test('signed in: who, and both clocks', () => {
  const account = anAccount({
    accessExpiresAt: NOW + 3 * HOUR + 12 * MINUTE,
    loginExpiresAt: NOW + 24 * DAY,
  });
  assert.deepEqual(describeSnapshot(aSnapshot([account]), NOW), {
    standing: 'valid',
    icon: 'valid',
    headline: 'Signed in as ada@example.org, token 3 h 12 min, sign-in 24 days',
  });
});

test('an account without an owner or a login clock is still told', () => {
  const account = anAccount({ owner: null, loginExpiresAt: null });
  assert.equal(describeSnapshot(aSnapshot([account]), NOW).headline, 'Signed in, token 8 h');
});

test('an expired token that a refresh can mend is not shown as signed out', () => {
  const words = describeSnapshot(aSnapshot([anAccount({ accessExpiresAt: NOW - 1 })]), NOW);
  assert.equal(words.standing, 'expired');
  assert.equal(words.icon, 'expiring');
  assert.match(words.headline, /^Signed in as ada@example\.org, token expired/);
});

test('the end of the login asks for a person', () => {
  const words = describeSnapshot(
    aSnapshot([anAccount({ accessExpiresAt: NOW - 1, loginExpiresAt: NOW })]),
    NOW,
  );
  assert.equal(words.standing, 'needs-sign-in');
  assert.equal(words.icon, 'needs-you');
  assert.match(words.headline, /^Sign in again as ada@example\.org/);
});

test('a login that ends within days shows in the icon before it asks for a person', () => {
  const icon = (left: number) =>
    describeSnapshot(aSnapshot([anAccount({ loginExpiresAt: NOW + left })]), NOW).icon;
  assert.equal(icon(3 * DAY + 1), 'valid');
  assert.equal(icon(3 * DAY), 'expiring');
  assert.equal(icon(1), 'expiring');
  // Its token may live on for hours.
  assert.equal(icon(-1), 'expiring');
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
  const told = (...accounts: readonly Account[]) => describeSnapshot(aSnapshot(accounts), NOW);
  assert.match(told(ada(), grace()).headline, /^Signed in as ada/);
  const ending = grace({ loginExpiresAt: NOW + DAY });
  assert.match(told(ada(), ending).headline, /^Signed in as grace/);
  const over = grace({ history: [refused({ code: 'grant-refused' })] });
  const { icon, headline, standing } = told(ada({ loginExpiresAt: NOW + DAY }), over);
  assert.deepEqual([icon, standing], ['needs-you', 'needs-sign-in']);
  assert.match(headline, /^Sign in again as grace@example\.org/);
  // What another program left to expire is nothing to call for.
  const foreign = grace({ history: [], refreshable: false, accessExpiresAt: NOW - DAY });
  assert.match(told(foreign, ada()).headline, /^Signed in as ada/);
  assert.match(told(foreign).headline, /^Sign in again as grace/);
});

test('a path in the home folder is told as a person writes it, where the home folder is known', () => {
  const failure: Failure = { code: 'config-locked', path: '/home/ada/.mcp-code-api/config.yaml' };
  const told = (words: Words) => describeFailure(words, failure).explanation;
  assert.match(told(wordsOf(aSnapshot())), / ~\/\.mcp-code-api\/config\.yaml /);
  assert.match(told(ENGLISH), / \/home\/ada\/\.mcp-code-api\/config\.yaml /);
  const neighbour = '/home/ada-too/config.yaml';
  assert.equal(wordsFor('de', '/home/ada').format.path(neighbour), neighbour);
});

test('what the service said is quoted without a second full stop', () => {
  const { explanation } = describeFailure(ENGLISH, {
    code: 'test-forbidden',
    status: 403,
    message: 'Not allowed.',
  });
  assert.match(explanation, /“Not allowed”\. This/);
});

test('a sign-in under way tells its step', () => {
  const signIn = withStep(newSignIn(1, 'default'), 'approval', 'active');
  const words = describeSnapshot(aSnapshot([], signIn), NOW);
  assert.deepEqual(words, {
    standing: 'signing-in',
    icon: 'signing-in',
    headline: 'Signing in: waiting for authorization',
  });
});

test('a failed sign-in tells why, with and without an account', () => {
  const failed = withEnd(newSignIn(1, 'default'), { code: 'access-denied' });
  assert.equal(describeSnapshot(aSnapshot([], failed), NOW).headline, 'Signed out: access denied');
  const words = describeSnapshot(aSnapshot([anAccount()], failed), NOW);
  assert.equal(words.icon, 'trouble');
  assert.match(words.headline, /^Signed in as ada@example\.org.*: access denied$/);
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
  const told = (troubles: readonly Failure[], language: Language = 'en') => {
    const snapshot = aSnapshot([], null, { isFileReadable: false, troubles });
    const surroundings = { ...snapshot.surroundings, systemLanguage: language };
    return describeSnapshot({ ...snapshot, surroundings }, NOW);
  };
  assert.deepEqual(told([NOT_YAML]), {
    standing: null,
    icon: 'trouble',
    headline: 'Cannot tell: the config file is not valid YAML (line 12, column 5)',
  });
  assert.equal(
    told([{ code: 'config-unreadable', path: '/c.yaml', reason: 'EACCES' }]).headline,
    'Cannot tell: the config file cannot be read (permission denied)',
  );
  assert.equal(
    told([{ code: 'config-shape', path: '/c.yaml', at: 'providers', expected: 'map' }]).headline,
    'Cannot tell: the config file has an unexpected shape (“providers” should be a map)',
  );
  // Whatever else went wrong: this is why nobody can tell.
  assert.match(told([{ code: 'internal', message: 'Error' }, NOT_YAML]).headline, /not valid YAML/);
  assert.equal(told([]).headline, 'Cannot tell whether you are signed in');
  assert.match(told([NOT_YAML], 'de').headline, /^Anmeldung unklar – .* \(Zeile 12, Spalte 5\)$/);
  assert.match(told([NOT_YAML], 'ja').headline, /^サインイン状態を確認できません：.*（12 行目、5 列目）$/);
});

test('a sign-in that failed while the file cannot be read is told, and nobody called signed out', () => {
  const failed = withEnd(newSignIn(1, 'default'), { code: 'access-denied' });
  const unreadable = { isFileReadable: false, troubles: [NOT_YAML] };
  assert.equal(
    describeSnapshot(aSnapshot([], failed, unreadable), NOW).headline,
    'Sign-in failed: Access denied',
  );
});

test('an account that is known all the same is told as usual, with the trouble', () => {
  const { icon, headline } = describeSnapshot(
    aSnapshot([anAccount()], null, { isFileReadable: false, troubles: [NOT_YAML] }),
    NOW,
  );
  assert.equal(icon, 'trouble');
  assert.match(headline, /^Signed in as ada@example\.org, .*: the config file is not valid YAML$/);
});

test('what is only to be known changes neither the icon nor the headline', () => {
  const quiet = describeSnapshot(aSnapshot([anAccount()]), NOW);
  for (const trouble of ONLY_TO_KNOW) {
    const ofAccount = aSnapshot([anAccount({ troubles: [trouble] })]);
    const ofNone = aSnapshot([anAccount()], null, { troubles: [trouble] });
    for (const snapshot of [ofAccount, ofNone]) assert.deepEqual(describeSnapshot(snapshot, NOW), quiet);
    const signedOut = aSnapshot([], null, { troubles: [trouble] });
    assert.deepEqual(describeSnapshot(signedOut, NOW), describeSnapshot(aSnapshot(), NOW));
    const both = aSnapshot([anAccount({ troubles: [trouble, THROTTLED] })]);
    assert.match(describeSnapshot(both, NOW).headline, /: too many requests$/);
  }
});

test('a lost entry is told before a file that others can read, and after nothing but what is worse', () => {
  const lost = anAccount({
    history: [{ at: NOW, kind: 'removed' }],
    troubles: [{ code: 'entry-removed', path: '/c.yaml', copy: true }],
  });
  const told = (account: Account, trouble: Failure) =>
    describeSnapshot(aSnapshot([account], null, { troubles: [trouble] }), NOW).headline;
  assert.match(told(lost, FOR_OTHERS), /: your login was taken out of the config file$/);
  assert.match(told(anAccount(), FOR_OTHERS), /: others can read your config file$/);
  const clockOff = anAccount({ troubles: [{ code: 'clock-off', seconds: 5_400 }] });
  assert.match(told(clockOff, { code: 'internal', message: 'Error' }), /: something unforeseen went wrong$/);
});

test('practice says so, since it stands beside the real app', () => {
  const { surroundings } = aSnapshot();
  const told = (language: Language, ...accounts: readonly Account[]) =>
    describeSnapshot(
      aSnapshot(accounts, null, {
        surroundings: { ...surroundings, practice: true, systemLanguage: language },
      }),
      NOW,
    ).headline;
  assert.equal(told('en'), 'Practice: signed out');
  assert.match(told('en', anAccount()), /^Practice: signed in as ada@example\.org, token/);
  assert.equal(told('de'), 'Übung: Nicht angemeldet');
  assert.equal(told('ja'), '練習モード：サインインしていません');
});

test('accounts with one address are told apart by their organisations, else by their ids', () => {
  const work = anAccount({ id: 'work', owner: { ...OWNER, organizationName: 'Difference Engines' } });
  const twin = anAccount({ id: 'account-3' });
  const who = (account: Account, ...all: readonly Account[]) =>
    describeAccount(ENGLISH, account, NOW, all).who;
  const ada = anAccount();
  assert.equal(who(ada, ada), 'Signed in as ada@example.org');
  assert.equal(who(ada, ada, work), 'Signed in as ada@example.org (Analytical Engines)');
  assert.equal(who(work, ada, work), 'Signed in as ada@example.org (Difference Engines)');
  assert.equal(who(twin, ada, twin), 'Signed in as ada@example.org (account-3)');
  const grace = anAccount({ id: 'grace', owner: { ...OWNER, email: 'grace@example.org' } });
  assert.equal(who(grace, ada, work, grace), 'Signed in as grace@example.org');

  const apart = { ...newSignIn(1, 'default'), place: { id: 'work', surprise: 'apart' } as const };
  assert.match(
    describePlacement(ENGLISH, apart, [ada, work]) ?? '',
    /^The login of ada@example\.org \(Analytical Engines\) was left/,
  );
});

test('where a credential waits is said only where one does', () => {
  const told = (language: Language, failure: Failure, isKeptAside?: boolean) =>
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
      ['en', /kept in Latchkey's own folder/],
      ['de', /im eigenen Ordner von Latchkey/],
      ['ja', /Latchkey 専用フォルダーに保管/],
    ] as const) {
      assert.doesNotMatch(told(language, failure), kept);
      assert.match(told(language, failure, true), kept);
    }
  }
});

test('a cancelled sign-in is no trouble', () => {
  const cancelled = withEnd(newSignIn(1, 'default'), { code: 'sign-in-cancelled' });
  assert.equal(describeSnapshot(aSnapshot([], cancelled), NOW).headline, 'Signed out');
});

const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const SERVICE_DOWN: RefusalFailure = { code: 'service-down', status: 503 };
const THROTTLED: RefusalFailure = { code: 'rate-limited', retryAfterSeconds: 3_600 };
const access = (changes: Parameters<typeof anAccount>[0]) =>
  describeAccount(ENGLISH, anAccount(changes), NOW).access;

test('the access clock says what comes at its end', () => {
  assert.equal(access({}), 'Token until 17:00, renewed by itself');
  assert.equal(access({ accessExpiresAt: NOW - HOUR }), 'Token expired (08:00), renewed by itself');
  assert.equal(access({ refreshable: false }), 'Token until 17:00');
  assert.equal(access({ refreshing: true }), 'Token is being renewed');
  assert.equal(access({ accessExpiresAt: null }), 'Token without a known end');
  // It is tried all the same, and not promised.
  const over = { loginExpiresAt: NOW - HOUR };
  assert.equal(access(over), 'Token until 17:00, then sign in again');
  assert.equal(access({ ...over, accessExpiresAt: NOW - HOUR }), 'Token expired (08:00)');
});

test('the access clock says when the next try is, and when there is none', () => {
  const next = (...history: readonly HistoryEvent[]) => access({ history });
  assert.equal(next(refused(THROTTLED)), 'Token until 17:00, next try 10:00');
  assert.equal(next({ ...refused(THROTTLED), at: NOW - DAY }), 'Token until 17:00, trying again now');
  assert.equal(next(refused({ code: 'grant-refused' })), 'Token until 17:00, then sign in again');
  const lost = refused({ code: 'answer-lost', host: 'h' });
  assert.equal(next(lost), 'Token until 17:00, next try 09:01');
  assert.doesNotMatch(next(lost, lost), /renewed|next try/);
  assert.doesNotMatch(next({ at: NOW, kind: 'removed' }), /renewed|next try/);
});

test('an outage is no trouble while the token lives, and is one when it is over', () => {
  for (const failure of [SERVICE_DOWN, { code: 'network-down', host: 'h', reason: 'ENOTFOUND' } as const]) {
    const account = { history: [refused(failure)], troubles: [failure] };
    assert.deepEqual(describeSnapshot(aSnapshot([anAccount(account)]), NOW), {
      standing: 'valid',
      // A try has failed.
      icon: 'expiring',
      headline: 'Signed in as ada@example.org, token 8 h, sign-in 28 days',
    });
    const over = describeSnapshot(aSnapshot([anAccount({ ...account, accessExpiresAt: NOW })]), NOW);
    assert.equal(over.icon, 'trouble');
    assert.match(over.headline, /token expired, .*: (the service has trouble|no connection)$/);
  }
  const throttled = anAccount({ history: [refused(THROTTLED)], troubles: [THROTTLED] });
  assert.equal(describeSnapshot(aSnapshot([throttled]), NOW).icon, 'trouble');
});

test('an ended login asks for a person, whatever the token has left', () => {
  const ended: RefusalFailure = { code: 'grant-refused' };
  const words = describeSnapshot(
    aSnapshot([anAccount({ history: [refused(ended)], troubles: [ended] })]),
    NOW,
  );
  assert.equal(words.icon, 'needs-you');
  assert.match(words.headline, /^Sign in again as ada@example\.org.*: the login has ended$/);
});
