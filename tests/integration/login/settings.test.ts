import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src-main/domain/settings.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { Login } from '../../../src-main/login/login.ts';
import type { Autostart, CommandOnPath } from '../../../src-main/login/ports.ts';
import type { Keychain } from '../../../src-main/vault/keychain/keychain.ts';
import { ProxyDesk } from '../../../src-main/login/proxy-desk.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { noPasswords } from '../../support/no-passwords.ts';
import { SettingsFile } from '../../../src-main/vault/records/settings-file.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { endpointsOf } from '../../support/login/signed-in.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { approve } from '../../support/practice/approve.ts';
import { startPracticeServer } from '../../support/practice/practice-server.ts';

interface Given {
  readonly prescribedPort?: number;
  readonly keychain?: Keychain;
  readonly autostart?: Autostart;
  readonly commandOnPath?: CommandOnPath;
}

interface Stage {
  readonly login: Login;
  readonly clock: FakeClock;
  readonly dataDir: string;
  readonly settingsFile: string;
  /** A login over the same files, as a later process has it; started. */
  readonly open: (changes?: Given) => Promise<Login>;
}

async function stageOf(t: TestContext, given: Given = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-settings-'));
  const server = await startPracticeServer();
  const dataDir = join(folder, 'data');
  const configFile = join(folder, 'shared', 'config.yaml');
  const clock = new FakeClock(Date.now());
  const logins: Login[] = [];
  const open = async ({ prescribedPort, keychain, autostart, commandOnPath }: Given = given) => {
    const login = new Login({
      endpoints: endpointsOf(server),
      network: directNetwork,
      proxies: new ProxyDesk(noPasswords, null),
      userAgent: 'Latchkey/test',
      vault: new Vault({ configFile, dataDir, keychain: keychain ?? null }),
      settings: new SettingsFile(dataDir),
      clock,
      openBrowser: approve,
      watchFile: () => ({ close: () => undefined }),
      reportError: () => undefined,
      random: () => 0.5,
      autostart: autostart ?? null,
      commandOnPath: commandOnPath ?? null,
      agent: { path: join(dataDir, 'agent', 'agent.sock'), name: 'the test', loadQuestions: null },
      surroundings: {
        configFile,
        home: '/home/ada',
        practice: false,
        offersPractice: false,
        systemLanguage: 'en',
        otherEndpoints: null,
        standInRuntime: null,
        sandboxOff: false,
        packageKind: 'checkout',
        prescribedPort: prescribedPort ?? null,
      },
    });
    logins.push(login);
    await login.start();
    return login;
  };
  t.after(async () => {
    await Promise.all(logins.map((login) => login.stop()));
    await server.close();
    await rm(folder, { recursive: true, maxRetries: 5 });
  });
  return { login: await open(), clock, dataDir, settingsFile: join(dataDir, 'settings.json'), open };
}

const changed = (changes: Partial<Settings>): Settings => ({ ...DEFAULT_SETTINGS, ...changes });
const troubles = ({ snapshot }: Login) => snapshot.troubles.map(({ code }) => code);
const onDisk = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as { settings: Settings };

async function signIn(login: Login): Promise<void> {
  await login.signIn();
  assert.equal(login.snapshot.signIn?.phase, 'succeeded');
}

const ALL_CHANGED: Settings = {
  notifications: { signedIn: false, needsYou: true, loginEnds: false },
  callbackPort: 18_790,
  tokenHost: 'platform.claude.com',
  keychain: false,
  proxy: { use: 'this', address: 'http://ada@proxy.example:3128' },
  agent: { serve: true, ask: true },
  theme: 'dark',
  language: 'ja',
  updates: 'by-itself',
};

test('a change is on disk and in the snapshot at once, and a later start finds it', async (t) => {
  const { login, settingsFile, open } = await stageOf(t);
  assert.deepEqual(login.snapshot.settings, DEFAULT_SETTINGS);
  const told: Snapshot[] = [];
  login.subscribe((snapshot) => told.push(snapshot));
  await login.changeSettings(ALL_CHANGED);
  assert.deepEqual((await onDisk(settingsFile)).settings, ALL_CHANGED);
  assert.deepEqual(login.snapshot.settings, ALL_CHANGED);
  assert.ok(told.length > 0);
  assert.deepEqual(troubles(login), []);
  assert.deepEqual((await open()).snapshot.settings, ALL_CHANGED);
});

test('the first visit ends with a sign-in or with the window, and the tray is told of once ever', async (t) => {
  const { login, settingsFile, open } = await stageOf(t);
  assert.equal(login.snapshot.isFirstVisit, true);
  assert.equal(await login.settings.welcome(), true);
  assert.equal(login.snapshot.isFirstVisit, true, 'as long as the window that opened by itself is there');
  assert.equal(await login.settings.leaveWindow(), true);
  assert.equal(login.snapshot.isFirstVisit, false);
  assert.equal(await login.settings.leaveWindow(), false);
  assert.match(await readFile(settingsFile, 'utf8'), /"toldOfTrayAt": "\d{4}-/);

  const later = await open();
  assert.equal(later.snapshot.isFirstVisit, false);
  assert.equal(await later.settings.leaveWindow(), false);
});

test('whoever has signed in is no stranger, also once they have signed out again', async (t) => {
  const { login } = await stageOf(t);
  await signIn(login);
  assert.equal(login.snapshot.isFirstVisit, false);
  await login.signOut('default');
  assert.equal(login.snapshot.isFirstVisit, false);
  assert.equal(await login.settings.leaveWindow(), true, 'of the tray nobody has told them yet');
});

test('quick changes after each other end with the last one, in the snapshot and on disk', async (t) => {
  const { login, settingsFile } = await stageOf(t);
  const themes = ['dark', 'light', 'system', 'light', 'dark'] as const;
  await Promise.all(themes.map((theme) => login.changeSettings(changed({ theme }))));
  assert.equal(login.snapshot.settings.theme, 'dark');
  assert.equal((await onDisk(settingsFile)).settings.theme, 'dark');
});

test('settings that make no sense are as if never changed, each by itself', async (t) => {
  const { login, settingsFile, open } = await stageOf(t);
  await login.changeSettings(ALL_CHANGED);
  const stored = await onDisk(settingsFile);
  const settings = { ...stored.settings, callbackPort: 80, tokenHost: 'evil.example', theme: 7 };
  await writeFile(settingsFile, JSON.stringify({ ...stored, settings }));
  const { callbackPort, tokenHost, theme } = DEFAULT_SETTINGS;
  const restarted = await open();
  assert.deepEqual(restarted.snapshot.settings, { ...ALL_CHANGED, callbackPort, tokenHost, theme });
});

test('a settings file that makes no sense is set aside, which the faces and the doctor tell', async (t) => {
  const { login, settingsFile, open } = await stageOf(t);
  await login.changeSettings(ALL_CHANGED);
  await writeFile(settingsFile, '{');
  const restarted = await open();
  await restarted.changeSettings(DEFAULT_SETTINGS);
  assert.deepEqual(troubles(restarted), ['data-set-aside']);
  const told = (await restarted.checkUp()).find(({ part }) => part === 'data-folder');
  assert.deepEqual(
    told?.failures.map(({ code }) => code),
    ['data-set-aside'],
  );
});

test('a data folder that cannot be written is told, and nothing is pretended', async (t) => {
  const { login, dataDir, settingsFile } = await stageOf(t);
  await login.changeSettings(changed({ theme: 'dark' }));
  // Not by permissions: those do not hold root.
  await rename(dataDir, `${dataDir}.away`);
  await writeFile(dataDir, '');
  await login.changeSettings(changed({ theme: 'light', keychain: false }));
  const [trouble] = login.snapshot.troubles;
  assert.ok(trouble?.code === 'data-not-writable' && trouble.path === settingsFile);
  assert.equal(login.snapshot.settings.theme, 'dark');

  await rm(dataDir);
  await rename(`${dataDir}.away`, dataDir);
  await login.changeSettings(changed({ theme: 'light' }));
  assert.equal((await onDisk(settingsFile)).settings.theme, 'light');
  assert.deepEqual(troubles(login), [], 'it is over');
});

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

const portUsed = ({ snapshot }: Login) => Number(new URL(snapshot.signIn?.redirectUri ?? '').port);

test('the callback port is used by the next sign-in, and the one the environment prescribes wins', async (t) => {
  const [first = 0, second = 0, prescribedPort = 0] = await freePorts(3);
  const { login, open } = await stageOf(t);
  for (const callbackPort of [first, second]) {
    await login.changeSettings(changed({ callbackPort }));
    await signIn(login);
    assert.equal(portUsed(login), callbackPort);
  }
  const prescribed = await open({ prescribedPort });
  assert.equal(prescribed.snapshot.settings.callbackPort, second);
  await signIn(prescribed);
  assert.equal(portUsed(prescribed), prescribedPort);
});

/** A keychain whose content can be looked at, and which can be locked. */
class OpenKeychain extends MemoryKeychain {
  #calls = 0;

  /** How often it was asked for anything. */
  get calls(): number {
    return this.#calls;
  }

  protected override asked(): Promise<void> {
    this.#calls += 1;
    return super.asked();
  }
}

test('switching the keychain off forgets the copies and keeps no more; on keeps them again', async (t) => {
  const keychain = new OpenKeychain();
  const { login, clock, open } = await stageOf(t, { keychain });
  await signIn(login);
  await login.signIn('second');
  const first = keychain.copies.get('default')?.credential;
  assert.deepEqual([...keychain.copies.keys()], ['default', 'second']);

  await login.changeSettings(changed({ keychain: false }));
  assert.equal(keychain.copies.size, 0);
  const { calls } = keychain;
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  // Nor does a later start ask it for anything.
  const restarted = await open();
  await restarted.catchUp();
  clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh('default')).kind, 'refreshed');
  assert.equal(keychain.calls, calls);

  await restarted.changeSettings(changed({ keychain: true }));
  assert.deepEqual([...keychain.copies.keys()].sort(), ['default', 'second']);
  const latest = keychain.copies.get('default')?.credential;
  assert.ok(latest !== undefined && latest.accessToken !== first?.accessToken);
  const used = await restarted.accessToken('default', 0);
  assert.equal(latest.accessToken, used, 'the copy is of the present credential');
  clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh('default')).kind, 'refreshed');
  assert.notEqual(keychain.copies.get('default')?.credential.accessToken, used);
});

test('other settings leave the keychain alone', async (t) => {
  const keychain = new OpenKeychain();
  const { login } = await stageOf(t, { keychain });
  await signIn(login);
  const { calls } = keychain;
  await login.changeSettings(changed({ theme: 'dark' }));
  assert.equal(keychain.calls, calls);
  assert.equal(keychain.copies.size, 1);
});

test('copies that a locked keychain does not give up are told, and no more are kept', async (t) => {
  const keychain = new OpenKeychain();
  const { login, clock } = await stageOf(t, { keychain });
  await signIn(login);
  const left = keychain.copies.get('default')?.credential;
  keychain.isLocked = true;
  await login.changeSettings(changed({ keychain: false }));
  assert.deepEqual(login.snapshot.troubles[0], { code: 'keychain-unavailable', reason: 'locked' });
  assert.equal(login.snapshot.settings.keychain, false);

  keychain.isLocked = false;
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(keychain.copies.get('default')?.credential, left, 'it must not be asked any more');
});

test('a keychain that cannot be used when it is switched on is told beside the setting', async (t) => {
  const keychain = new OpenKeychain();
  const { login } = await stageOf(t, { keychain });
  await signIn(login);
  await login.changeSettings(changed({ keychain: false }));
  assert.equal(login.snapshot.keychainTrouble, null);
  keychain.isLocked = true;
  await login.changeSettings(changed({ keychain: true }));
  assert.deepEqual(login.snapshot.keychainTrouble, { code: 'keychain-unavailable', reason: 'locked' });
  await login.changeSettings(changed({ keychain: false }));
  assert.equal(login.snapshot.keychainTrouble, null);
});

test('two quick clicks on the keychain switch end as the second says', async (t) => {
  const keychain = new OpenKeychain();
  const { login } = await stageOf(t, { keychain });
  await signIn(login);
  const click = (isOn: boolean) => login.changeSettings(changed({ keychain: isOn }));
  await Promise.all([click(false), click(true)]);
  assert.equal(login.snapshot.settings.keychain, true);
  assert.equal(keychain.copies.size, 1);
  await Promise.all([click(false), click(true), click(false)]);
  assert.equal(keychain.copies.size, 0);
});

/** Autostart as a system has it: others may change it, and it may refuse. */
class TestAutostart implements Autostart {
  isSet = false;
  refusal: Error | null = null;

  isOn(): boolean {
    return this.isSet;
  }

  set(on: boolean): void {
    if (this.refusal !== null) throw this.refusal;
    this.isSet = on;
  }
}

test('starting at login is shown as the system has it, also when it is changed elsewhere', async (t) => {
  const autostart = new TestAutostart();
  const { login, open } = await stageOf(t, { autostart });
  assert.equal(login.snapshot.startAtLogin, false);
  login.setStartAtLogin(true);
  assert.deepEqual([autostart.isSet, login.snapshot.startAtLogin], [true, true]);
  assert.equal((await open()).snapshot.startAtLogin, true);

  autostart.isSet = false;
  assert.equal(login.snapshot.startAtLogin, true);
  login.look();
  assert.equal(login.snapshot.startAtLogin, false);
  const before = login.snapshot;
  login.look();
  assert.equal(login.snapshot, before, 'nothing is told when nothing has changed');
});

test('a system that refuses is told, and the switch stays as it is', async (t) => {
  const autostart = new TestAutostart();
  const { login } = await stageOf(t, { autostart });
  autostart.refusal = Object.assign(new Error('/home/ada is not ours'), { code: 'EACCES' });
  login.setStartAtLogin(true);
  assert.deepEqual(login.snapshot.troubles, [{ code: 'autostart-unchanged', reason: 'EACCES' }]);
  assert.equal(login.snapshot.startAtLogin, false);
});

test('the command on the path is shown as it is, and what refuses it is told', async (t) => {
  const place = { as: 'file', path: '/home/ada/.local/bin/latchkey' } as const;
  let isOn = false;
  let refusal: Error | null = null;
  const commandOnPath: CommandOnPath = {
    look: () => Promise.resolve({ ...place, isOn }),
    set: (on) => {
      if (refusal !== null) return Promise.reject(refusal);
      isOn = on;
      return Promise.resolve();
    },
  };
  const { login } = await stageOf(t, { commandOnPath });
  assert.equal(login.snapshot.commandOnPath, null, 'nobody has looked');
  await login.setCommandOnPath(true);
  assert.deepEqual(login.snapshot.commandOnPath, { ...place, isOn: true });
  refusal = Object.assign(new Error('/home/ada is not ours'), { code: 'EACCES' });
  await login.setCommandOnPath(false);
  assert.deepEqual(login.snapshot.troubles, [
    { code: 'command-not-placed', path: place.path, reason: 'EACCES' },
  ]);
  assert.deepEqual(login.snapshot.commandOnPath, { ...place, isOn: true });

  const { login: other } = await stageOf(t);
  await other.setCommandOnPath(true);
  assert.equal(other.snapshot.commandOnPath, null);
});

test('where starting at login makes no sense nothing happens', async (t) => {
  const { login } = await stageOf(t);
  assert.equal(login.snapshot.startAtLogin, null);
  login.setStartAtLogin(true);
  login.look();
  assert.equal(login.snapshot.startAtLogin, null);
  assert.deepEqual(troubles(login), []);
});
