import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trayMenu } from '../../../src-main/desktop/tray-menu.ts';
import { newSignIn } from '../../../src-main/domain/sign-in.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

const nothing = () => undefined;
const COMMANDS = {
  signIn: nothing,
  refresh: nothing,
  cancelSignIn: nothing,
  openWindow: nothing,
  quit: nothing,
  setStartAtLogin: nothing,
};

const lines = (snapshot: Snapshot) =>
  trayMenu(snapshot, NOW, COMMANDS).map(({ type, label }) => (type === 'separator' ? '-' : label));

const unreadable: Partial<Snapshot> = {
  isFileReadable: false,
  troubles: [{ code: 'config-not-yaml', path: '/c.yaml', line: 12, column: 5 }],
};

test('nobody signed in: signing in comes first', () => {
  assert.deepEqual(lines(aSnapshot()), [
    'Signed out',
    '-',
    'Sign in with Claude',
    'Open Latchkey',
    '-',
    'Start at login',
    'Quit Latchkey',
  ]);
});

test('where nobody can tell: what is wrong comes first, and signing in stays within reach', () => {
  assert.deepEqual(lines(aSnapshot([], null, unreadable)), [
    'Cannot tell: the config file is not valid YAML (line 12, column 5)',
    '-',
    'Open Latchkey',
    'Sign in with Claude',
    '-',
    'Start at login',
    'Quit Latchkey',
  ]);
  assert.equal(lines(aSnapshot([], newSignIn(1, 'default'), unreadable))[2], 'Cancel sign-in');
});

test('practice says so in the first line, and has no start at login', () => {
  const { surroundings } = aSnapshot();
  const practice = { startAtLogin: null, surroundings: { ...surroundings, practice: true } };
  assert.deepEqual(lines(aSnapshot([], null, practice)), [
    'Practice: signed out',
    '-',
    'Sign in with Claude',
    'Open Latchkey',
    '-',
    'Quit Latchkey',
  ]);
});

test('two organisations of one person have a submenu each, told apart; an ampersand is one to read', () => {
  const { owner } = anAccount();
  assert.ok(owner !== null);
  const work = anAccount({ id: 'work', owner: { ...owner, organizationName: 'Compilers & Co.' } });
  const all = lines(aSnapshot([anAccount(), work]));
  assert.deepEqual(all.slice(2, 4), [
    'Signed in as ada@example.org (Analytical Engines)',
    'Signed in as ada@example.org (Compilers && Co.)',
  ]);
});

test('a checkbox asks for the opposite, and a submenu for its own account', () => {
  const asked: unknown[] = [];
  const commands = {
    ...COMMANDS,
    setStartAtLogin: (on: boolean) => asked.push(on),
    refresh: (id: string) => asked.push(id),
  };
  const items = trayMenu(aSnapshot([anAccount(), anAccount({ id: 'work' })]), NOW, commands);
  const press = (item: (typeof items)[number] | undefined) => (item?.click as (() => void) | undefined)?.();
  press(items.find(({ type }) => type === 'checkbox'));
  const { submenu } = items[3] ?? {};
  press((submenu as typeof items).find(({ label }) => label === 'Refresh now'));
  assert.deepEqual(asked, [true, 'work']);
});
