import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trayMenu } from '../../../src-main/desktop/tray-menu.ts';
import { NO_API_KEY, type ApiKey } from '../../../src-main/domain/api-key.ts';
import { newSignIn } from '../../../src-main/domain/sign-in.ts';
import type { Account, Snapshot } from '../../../src-main/domain/snapshot.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

const nothing = () => undefined;
const COMMANDS = {
  signIn: nothing,
  refresh: nothing,
  copyAccessToken: nothing,
  copyApiKey: nothing,
  cancelSignIn: nothing,
  openWindow: nothing,
  openSettings: nothing,
  quit: nothing,
  setStartAtLogin: nothing,
  pauseServing: nothing,
  resumeServing: nothing,
};

type Items = ReturnType<typeof trayMenu>;

/** One that cannot be chosen stands in brackets. */
const told = (items: Items) =>
  items.map(({ type, label, enabled }) => {
    if (type === 'separator') return '-';
    return enabled === false ? `(${String(label)})` : label;
  });
const lines = (snapshot: Snapshot) => told(trayMenu(snapshot, NOW, COMMANDS));
const THE_APP = ['-', 'Settings…', 'Start at login', '-', 'Quit Latchkey'];

const unreadable: Partial<Snapshot> = {
  isFileReadable: false,
  troubles: [{ code: 'config-not-yaml', path: '/c.yaml', line: 12, column: 5 }],
};

const aKey: ApiKey = { ...NO_API_KEY, own: { kind: 'key', start: 'sk-ant-api03-', end: 'wxyz' } };

test('an API key without a login: which, and what to do with it; signing in comes after it', () => {
  assert.deepEqual(lines(aSnapshot([], null, { apiKey: aKey })), [
    '(API key sk-ant-api03-…wxyz)',
    '-',
    'Open Latchkey',
    'Copy API key',
    'Sign in with Claude',
    ...THE_APP,
  ]);
  const apiKey: ApiKey = { ...NO_API_KEY, own: { kind: 'placeholder', text: '${A}' } };
  assert.deepEqual(lines(aSnapshot([], null, { apiKey })).slice(0, 4), [
    '(API key ${A})',
    '-',
    'Sign in with Claude',
    'Open Latchkey',
  ]);
});

test('nobody signed in: signing in comes first', () => {
  assert.deepEqual(lines(aSnapshot()), [
    '(Signed out)',
    '-',
    'Sign in with Claude',
    'Open Latchkey',
    ...THE_APP,
  ]);
});

test('all is well: who, until when, and signing in again at any time', () => {
  assert.deepEqual(lines(aSnapshot([anAccount()])), [
    '(Signed in as ada@example.org)',
    '(Until 21 December)',
    '-',
    'Open Latchkey',
    'Copy access token',
    'Refresh now',
    'Sign in again',
    ...THE_APP,
  ]);
});

test('where only signing in again helps it comes first', () => {
  const ended: Partial<Account> = {
    history: [{ at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }],
    troubles: [{ code: 'grant-refused' }],
  };
  assert.deepEqual(lines(aSnapshot([anAccount(ended)])), [
    '(Sign in again as ada@example.org)',
    '(Your sign-in has ended)',
    '-',
    'Sign in again',
    'Open Latchkey',
    'Copy access token',
    '(Refresh now)',
    ...THE_APP,
  ]);
  const over = lines(aSnapshot([anAccount({ ...ended, accessExpiresAt: NOW - 1 })]));
  assert.ok(over.includes('(Copy access token)'));
});

test('what another program took out is put back in the window, where there is a copy', () => {
  const lost = (copy: boolean) =>
    lines(
      aSnapshot([
        anAccount({
          whereabouts: copy ? 'copy' : 'nowhere',
          history: [{ at: NOW, kind: 'removed' }],
          troubles: [{ code: 'entry-removed', path: '/c.yaml', copy }],
        }),
      ]),
    )[3];
  assert.equal(lost(true), 'Open Latchkey');
  assert.equal(lost(false), 'Sign in again');
});

test('a sign-in under way can be cancelled, and no other begun', () => {
  assert.deepEqual(lines(aSnapshot([anAccount()], newSignIn(1, 'default'))), [
    '(Signing in)',
    '-',
    'Cancel sign-in',
    'Open Latchkey',
    'Copy access token',
    'Refresh now',
    ...THE_APP,
  ]);
});

test('where nobody can tell: what is wrong comes first, and signing in stays within reach', () => {
  assert.deepEqual(lines(aSnapshot([], null, unreadable)), [
    '(Cannot tell whether you are signed in)',
    '(There is a mistake in the config file (line 12, column 5))',
    '-',
    'Open Latchkey',
    'Sign in with Claude',
    ...THE_APP,
  ]);
  assert.equal(lines(aSnapshot([], newSignIn(1, 'default'), unreadable))[2], 'Cancel sign-in');
});

test('practice says so in the first line, and has no start at login', () => {
  const { surroundings } = aSnapshot();
  const practice = { startAtLogin: null, surroundings: { ...surroundings, practice: true } };
  assert.deepEqual(lines(aSnapshot([], null, practice)), [
    '(Practice: no real account)',
    '(Signed out)',
    '-',
    'Sign in with Claude',
    'Open Latchkey',
    '-',
    'Settings…',
    '-',
    'Quit Latchkey',
  ]);
});

test('several accounts have a submenu each, told apart, the one in most need first; an ampersand is one to read', () => {
  const { owner } = anAccount();
  assert.ok(owner !== null);
  const history = [{ at: NOW, kind: 'signed-in' }] as const;
  const ada = anAccount({ history });
  const work = anAccount({ id: 'work', owner: { ...owner, organizationName: 'Compilers & Co.' }, history });
  assert.deepEqual(lines(aSnapshot([ada, work])), [
    '(Signed in with 2 accounts)',
    '(Until 21 December)',
    '-',
    'Open Latchkey',
    'ada@example.org (Analytical Engines) · Until 21 December',
    'ada@example.org (Compilers && Co.) · Until 21 December',
    ...THE_APP,
  ]);

  const ended = anAccount({
    ...work,
    history: [...history, { at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }],
    troubles: [{ code: 'grant-refused' }],
  });
  const items = trayMenu(aSnapshot([ada, ended]), NOW, COMMANDS);
  assert.deepEqual(told(items).slice(4, 6), [
    'ada@example.org (Compilers && Co.) · Sign in again',
    'ada@example.org (Analytical Engines) · Until 21 December',
  ]);
  assert.deepEqual(told(items[4]?.submenu as Items), ['Sign in again', 'Copy access token', '(Refresh now)']);
  assert.deepEqual(told(items[5]?.submenu as Items), ['Copy access token', 'Refresh now', 'Sign in again']);
});

test('a checkbox asks for the opposite, and a submenu for its own account', () => {
  const asked: unknown[] = [];
  const commands = {
    ...COMMANDS,
    setStartAtLogin: (on: boolean) => asked.push(on),
    refresh: (id: string) => asked.push(id),
    copyAccessToken: (id: string) => asked.push(id),
  };
  const items = trayMenu(aSnapshot([anAccount(), anAccount({ id: 'work' })]), NOW, commands);
  const press = (item: Items[number] | undefined) => (item?.click as (() => void) | undefined)?.();
  press(items.find(({ type }) => type === 'checkbox'));
  const submenu = items.findLast((item) => item.submenu !== undefined)?.submenu as Items;
  press(submenu.find(({ label }) => label === 'Refresh now'));
  press(submenu.find(({ label }) => label === 'Copy access token'));
  assert.deepEqual(asked, [true, 'work', 'work']);
});
