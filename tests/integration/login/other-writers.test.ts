import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { until } from '../../support/desktop/until.ts';
import {
  accountOf,
  replaceEntry,
  signedIn,
  writeAsOthersDo,
  type Stage,
} from '../../support/login/signed-in.ts';

const ID = 'default';

/** As the app keeps it: the files are watched for real, the timers are the test's. */
async function kept(t: TestContext): Promise<Stage> {
  const stage = await signedIn(t);
  stage.login.keep();
  return stage;
}

const troublesOf = ({ troubles, accounts }: Snapshot) =>
  [...troubles, ...accounts.flatMap((account) => account.troubles)].map(({ code }) => code);
const troubles = ({ snapshot }: Login) => troublesOf(snapshot);

/** Resolves when the snapshot is so. */
async function noticed(login: Login, what: string, is: (snapshot: Snapshot) => boolean): Promise<void> {
  await until(what, () => (is(login.snapshot) ? true : undefined));
}

const told = (code: Failure['code']) => (snapshot: Snapshot) => troublesOf(snapshot).includes(code);
/** The credential is in the file, and nothing is left to tell. */
const savedAgain = (login: Login) =>
  noticed(
    login,
    'the credential in the file',
    (snapshot) => snapshot.accounts[0]?.whereabouts === 'config-file' && troublesOf(snapshot).length === 0,
  );
const last = ({ accounts }: Snapshot) => accounts[0]?.history.at(-1)?.kind;

/** Nothing was written to the file by us. */
async function untouched<T>(configFile: string, work: () => Promise<T>): Promise<T> {
  const before = await stat(configFile, { bigint: true }).catch(() => null);
  const text = before === null ? null : await readFile(configFile, 'utf8');
  const result = await work();
  const after = await stat(configFile, { bigint: true }).catch(() => null);
  assert.deepEqual([after?.ino, after?.mtimeNs], [before?.ino, before?.mtimeNs]);
  if (text !== null) assert.equal(await readFile(configFile, 'utf8'), text);
  return result;
}

test("another program's newer credential is adopted", async (t) => {
  const stage = await kept(t);
  const { login, configFile } = stage;
  const theirs = { ...(await stage.foreignCredential()), accessExpiresAt: stage.clock.now() + 9 * HOUR };
  await replaceEntry(configFile, await stage.credential(), theirs);
  await untouched(configFile, () =>
    noticed(login, 'the adoption', (snapshot) => last(snapshot) === 'adopted'),
  );
  assert.equal(accountOf(login).accessExpiresAt, Math.floor(theirs.accessExpiresAt / SECOND) * SECOND);
  assert.deepEqual(troubles(login), []);
  stage.clock.advance(10 * SECOND);
  assert.equal((await login.refresh(ID)).kind, 'refreshed');
});

test('a lock that cannot be taken is told, and forgotten once it can', async (t) => {
  const stage = await kept(t);
  const { login, configFile, dataDir } = stage;
  const locks = [join(dirname(configFile), '.config.yaml.latchkey-login.lock'), join(dataDir, '.login.lock')];
  for (const lock of locks) {
    await rm(lock, { force: true });
    await mkdir(lock);
  }
  const ours = await stage.credential();
  const theirs = await stage.foreignCredential();
  await replaceEntry(configFile, ours, theirs);
  await noticed(login, 'the trouble', told('data-not-writable'));
  for (const lock of locks) await rm(lock, { recursive: true });
  await writeAsOthersDo(configFile, `${await readFile(configFile, 'utf8')}# mended\n`);
  await noticed(login, 'no trouble', (snapshot) => troublesOf(snapshot).length === 0);
  assert.ok(accountOf(login).history.some(({ kind }) => kind === 'adopted'));
});

test('a login that another program made as somebody else is shown as theirs', async (t) => {
  const stage = await kept(t);
  const { login, server } = stage;
  const theirs = await stage.foreignCredential();
  const account = { uuid: 'grace', email: 'grace@example.org' };
  server.setMood({ endpoint: 'profile', behaviour: { kind: 'change', fields: { account } } });
  await replaceEntry(stage.configFile, await stage.credential(), theirs);
  await noticed(login, 'whose it is', ({ accounts }) => accounts[0]?.owner?.email === 'grace@example.org');
  assert.equal(accountOf(login).loginExpiresAt, null);
});

test('an older entry of ours, as a restored backup has it, is told of and put back at a wish', async (t) => {
  const stage = await kept(t);
  const { login, configFile, server } = stage;
  const backup = await readFile(configFile, 'utf8');
  assert.equal((await login.refresh(ID)).kind, 'refreshed');
  const ours = await stage.credential();
  await writeAsOthersDo(configFile, backup);
  await untouched(configFile, () => noticed(login, 'the replacement', told('entry-replaced')));
  assert.ok(accountOf(login).history.some(({ kind }) => kind === 'replaced'));

  // The spent token in the file is presented to nobody.
  const begun = server.tokenRequestsBegun;
  stage.clock.advance(8 * HOUR);
  assert.deepEqual(await login.refresh(ID), { kind: 'entry-lost' });
  assert.equal(server.tokenRequestsBegun, begun);

  await login.putBack(ID);
  assert.deepEqual(troubles(login), []);
  assert.equal((await stage.credential()).refreshToken, ours.refreshToken);
  assert.equal((await login.refresh(ID)).kind, 'refreshed');
});

test('an entry of a foreign client is told of, and ours put back at a wish', async (t) => {
  const stage = await kept(t);
  const { login, configFile } = stage;
  const ours = await stage.credential();
  const theirs = {
    ...ours,
    clientId: 'another-client',
    accessToken: 'theirs',
    refreshToken: 'their-refresh',
    accessExpiresAt: stage.clock.now() + 24 * HOUR,
  };
  await replaceEntry(configFile, ours, theirs);
  await untouched(configFile, () => noticed(login, 'the replacement', told('entry-replaced')));
  await login.putBack(ID);
  assert.deepEqual(await stage.credential(), ours);
});

test('a removed entry is told of and not put back by itself', async (t) => {
  const stage = await kept(t);
  const { login, configFile } = stage;
  const [ours, whole] = [await stage.credential(), await readFile(configFile, 'utf8')];
  await writeAsOthersDo(configFile, 'providers:\n  openai:\n    api_key: theirs\n');
  await untouched(configFile, () => noticed(login, 'the removal', told('entry-removed')));
  assert.deepEqual(accountOf(login).troubles, [{ code: 'entry-removed', path: configFile, copy: true }]);

  // The other program undoes it itself.
  await writeAsOthersDo(configFile, whole);
  await untouched(configFile, () =>
    noticed(login, 'the return', (snapshot) => !told('entry-removed')(snapshot)),
  );
  assert.deepEqual(await stage.credential(), ours);
});

for (const missed of [false, true]) {
  test(`after a restart the last copy is put back, which ${missed ? 'our own folder' : 'the keychain'} has`, async (t) => {
    const keychain = new MemoryKeychain();
    const stage = await signedIn(t, { keychain });
    keychain.isLocked = missed;
    assert.equal((await stage.login.refresh(ID)).kind, 'refreshed');
    keychain.isLocked = false;
    const ours = await stage.credential();
    await writeAsOthersDo(stage.configFile, 'providers: {}\n');

    const restarted = await stage.open({ keychain });
    await restarted.catchUp();
    const { configFile } = stage;
    assert.deepEqual(accountOf(restarted).troubles, [
      { code: 'entry-removed', path: configFile, copy: true },
    ]);
    await restarted.putBack(ID);
    const text = await readFile(configFile, 'utf8');
    assert.ok(text.includes(String(ours.refreshToken)));
    const kept = await readFile(join(stage.dataDir, 'copies.json'), 'utf8').catch(() => '');
    assert.doesNotMatch(kept, /sk-ant/, 'what the keychain has is nowhere else');
  });
}

test('a copy that another Latchkey has renewed since is spent, and not offered', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile } = stage;
  assert.equal((await (await stage.open()).refresh(ID)).kind, 'refreshed');
  await writeAsOthersDo(configFile, 'providers: {}\n');
  await rm(join(stage.dataDir, 'copies.json'));
  await login.catchUp();
  assert.deepEqual(accountOf(login).troubles, [{ code: 'entry-removed', path: configFile, copy: false }]);
  await login.putBack(ID);
  assert.doesNotMatch(await readFile(configFile, 'utf8'), /sk-ant/);
});

test('other entries, comments and another order are no event', async (t) => {
  const stage = await kept(t);
  const { login, configFile } = stage;
  const before = accountOf(login);
  const text = await readFile(configFile, 'utf8');
  const entry = text.slice(text.indexOf('      - id: default'));
  const foreign =
    '      - id: other\n        client_id: theirs\n        access_token: a\n        refresh_token: r\n';
  await writeAsOthersDo(
    configFile,
    `# theirs\nserver:\n  port: 1\nproviders:\n  openai:\n    api_key: k\n  anthropic:\n    oauth_credentials:\n${foreign}${entry}`,
  );
  await untouched(configFile, () =>
    noticed(login, 'their entry', ({ accounts }) => accounts.some(({ id }) => id === 'other')),
  );
  const after = login.snapshot.accounts.find(({ id }) => id === ID);
  assert.deepEqual(after, before);
  assert.deepEqual(login.snapshot.troubles, []);
});

/** We may just be making a lock file there. */
const removed = (folder: string) => rm(folder, { recursive: true, maxRetries: 5 });

test('a removed folder is a removed entry, and a folder made again is watched again', async (t) => {
  const stage = await kept(t);
  const { login, configFile } = stage;
  const whole = await readFile(configFile, 'utf8');
  await removed(dirname(configFile));
  await noticed(login, 'the removal', told('entry-removed'));
  await assert.rejects(stat(dirname(configFile)), { code: 'ENOENT' });
  await mkdir(dirname(configFile));
  await writeAsOthersDo(configFile, whole);
  await noticed(login, 'the return', (snapshot) => !told('entry-removed')(snapshot));
  stage.clock.advance(10 * SECOND);
  assert.equal((await login.refresh(ID)).kind, 'refreshed');
  await removed(dirname(configFile));
  await noticed(login, 'the second removal', told('entry-removed'));
  await login.putBack(ID);
  assert.deepEqual(troubles(login), []);
  assert.equal((await stat(dirname(configFile))).mode & 0o777, 0o700);
});

/** What may stand in the way of the new credential while it is being fetched, and what mends that. */
const OBSTACLES: readonly {
  readonly name: string;
  readonly put: (configFile: string) => Promise<unknown>;
  readonly code: Failure['code'];
}[] = [
  {
    name: 'turned into what is not YAML',
    put: (path) => writeAsOthersDo(path, 'providers: [\n'),
    code: 'config-not-yaml',
  },
  {
    name: 'turned into another shape',
    put: (path) => writeAsOthersDo(path, 'providers:\n  anthropic: 7\n'),
    code: 'config-shape',
  },
  {
    name: 'replaced by a folder',
    put: async (path) => {
      await rm(path);
      await mkdir(path);
    },
    code: 'config-unreadable',
  },
  {
    name: 'replaced by links in a circle',
    put: async (path) => {
      await rm(path);
      await symlink(`${path}.other`, path);
      await symlink(path, `${path}.other`);
    },
    code: 'config-not-writable',
  },
  {
    name: 'replaced by 50 MB of junk',
    put: (path) => writeFile(path, Buffer.alloc(50 * 1024 * 1024, 'junk ')),
    code: 'config-unreadable',
  },
  {
    name: 'replaced by bytes that are no text',
    put: (path) => writeFile(path, Buffer.from([0xff, 0xfe, 0, 0xd8])),
    code: 'config-unreadable',
  },
];

for (const { name, put, code } of OBSTACLES) {
  test(`the file is ${name} during a refresh: rescued, told, and saved by itself once it is mended`, async (t) => {
    const stage = await kept(t);
    const { login, configFile, server } = stage;
    const [ours, whole] = [await stage.credential(), await readFile(configFile, 'utf8')];
    stage.onTokenRequest = async () => {
      await put(configFile);
    };
    const outcome = await login.refresh(ID);
    assert.ok(outcome.kind === 'refreshed' && outcome.failure?.code === code, JSON.stringify(outcome));
    assert.ok(troubles(login).includes(code), String(troubles(login)));
    assert.equal(accountOf(login).whereabouts, 'own-folder');
    assert.deepEqual(
      accountOf(login).history.map(({ kind }) => kind),
      ['signed-in', 'refreshed'],
    );
    const renewed = await stage.credential();
    assert.notEqual(renewed.refreshToken, ours.refreshToken);
    assert.equal(await server.refreshTokenState(renewed.refreshToken ?? ''), 'live');

    // A process that starts now goes on from the rescued one.
    stage.onTokenRequest = () => Promise.resolve();
    stage.clock.advance(10 * SECOND);
    const restarted = await stage.open();
    assert.equal((await restarted.refresh(ID)).kind, 'refreshed');

    const newest = await stage.credential();
    // Mended from a backup that holds the spent token; at once, or we would be the first to write the missing file.
    rmSync(configFile, { recursive: true });
    rmSync(`${configFile}.other`, { force: true });
    writeFileSync(configFile, whole, { mode: 0o600 });
    await savedAgain(login);
    assert.ok((await readFile(configFile, 'utf8')).includes(String(newest.refreshToken)));
    const rescueFile = join(stage.dataDir, 'rescue.json');
    await until('the rescued copy to go', async () =>
      (await readFile(rescueFile, 'utf8')).includes('sk-ant') ? undefined : true,
    );
    stage.clock.advance(10 * SECOND);
    assert.equal((await login.refresh(ID)).kind, 'refreshed');
  });
}

test('a folder that is gone during a refresh is a removed entry: kept, told, and made again at a wish', async (t) => {
  const stage = await kept(t);
  const { login, configFile, server } = stage;
  stage.onTokenRequest = () => rename(dirname(configFile), `${dirname(configFile)}-moved`);
  assert.deepEqual(await login.refresh(ID), { kind: 'refreshed', failure: null, clockOffSeconds: 0 });
  stage.onTokenRequest = () => Promise.resolve();
  assert.deepEqual(troubles(login), ['entry-removed']);
  await assert.rejects(stat(dirname(configFile)), { code: 'ENOENT' });
  await login.putBack(ID);
  const { accessToken, refreshToken } = await stage.credential();
  assert.ok((await readFile(configFile, 'utf8')).includes(accessToken));
  assert.equal(await server.refreshTokenState(String(refreshToken)), 'live');
});

test('a file that may only be read is replaced by one that may only be read', async (t) => {
  const stage = await kept(t);
  execFileSync('chmod', ['400', stage.configFile]);
  assert.deepEqual(await stage.login.refresh(ID), { kind: 'refreshed', failure: null, clockOffSeconds: 0 });
  assert.equal((await stat(stage.configFile)).mode & 0o777, 0o400);
});

/** Root may write anywhere: does the work as `nobody`, to whom the folder is given. */
async function asOrdinaryUser(folder: string, work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  execFileSync('chown', ['-R', '65534:65534', folder]);
  process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

const onUnix = { skip: process.platform === 'win32' ? 'permissions are another matter there' : false };

test(
  'a folder and a file that may only be read: rescued, told, and saved by itself once that is mended',
  onUnix,
  async (t) => {
    const stage = await kept(t);
    const { login, clock, configFile } = stage;
    await asOrdinaryUser(stage.folder, async () => {
      await chmod(configFile, 0o400);
      await chmod(dirname(configFile), 0o500);
      const outcome = await untouched(configFile, () => login.refresh(ID));
      assert.ok(outcome.kind === 'refreshed' && outcome.failure?.code === 'config-not-writable');
      assert.ok(troubles(login).includes('config-not-writable'));
      assert.equal(accountOf(login).whereabouts, 'own-folder');
      const renewed = await stage.credential();
      assert.equal(await stage.server.refreshTokenState(renewed.refreshToken ?? ''), 'live');
      clock.advance(5 * MINUTE);
      await noticed(login, 'the vain try', (snapshot) => told('config-not-writable')(snapshot));
      assert.equal((await login.refresh(ID)).kind, 'refreshed');

      await chmod(dirname(configFile), 0o700);
      clock.advance(5 * MINUTE);
      await savedAgain(login);
      assert.equal((await login.refresh(ID)).kind, 'refreshed');
    });
  },
);

test('a credential that never got into the file was not removed from it', onUnix, async (t) => {
  const stage = await kept(t);
  const folder = join(stage.folder, 'read-only');
  const configFile = join(folder, 'config.yaml');
  await mkdir(folder);
  await asOrdinaryUser(stage.folder, async () => {
    await chmod(folder, 0o500);
    const login = await stage.open({ configFile, dataDir: join(stage.folder, 'data-2') });
    login.keep();
    await login.signIn();
    const step = login.snapshot.signIn?.steps.find(({ id }) => id === 'save');
    assert.equal(step?.notice?.code, 'config-not-writable');
    await login.resume();
    assert.deepEqual(troubles(login), ['config-not-writable']);
    assert.deepEqual(
      accountOf(login).history.map(({ kind }) => kind),
      ['signed-in', 'woke'],
    );
    stage.clock.advance(10 * SECOND);
    assert.equal((await login.refresh(ID)).kind, 'refreshed');

    await chmod(folder, 0o700);
    stage.clock.advance(5 * MINUTE);
    await savedAgain(login);
  });
});

/** A disk of 64 KB that a test can fill. */
async function smallDisk(t: TestContext) {
  // Before the folder is removed.
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-disk-'));
  t.after(() => {
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs', folder]);
  const filling = join(folder, 'filling');
  return {
    folder,
    fill: async () => {
      await assert.rejects(writeFile(filling, Buffer.alloc(256 * 1024)), { code: 'ENOSPC' });
    },
    free: () => rm(filling),
  };
}

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

function mountsWork(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = ['-m', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'];
  return spawnSync('unshare', probe).status === 0;
}

test('a full disk: rescued, told, and saved by itself once there is room', withMounts, async (t) => {
  const stage = await signedIn(t);
  const disk = await smallDisk(t);
  const configFile = join(disk.folder, 'config.yaml');
  const login = await stage.open({ configFile });
  login.keep();
  await login.signIn();
  await disk.fill();
  stage.clock.advance(10 * SECOND);
  const outcome = await login.refresh(ID);
  assert.deepEqual(outcome, {
    kind: 'refreshed',
    failure: { code: 'config-not-writable', path: configFile, reason: 'ENOSPC' },
    clockOffSeconds: 0,
  });
  assert.equal(accountOf(login).whereabouts, 'own-folder');
  assert.ok(troubles(login).includes('config-not-writable'));
  await disk.free();
  stage.clock.advance(5 * MINUTE);
  await savedAgain(login);
  assert.equal((await login.refresh(ID)).kind, 'refreshed');
});

test('every folder gone meanwhile: held in memory, told, and saved by itself once they are back', async (t) => {
  const stage = await kept(t);
  const { login, clock, configFile, dataDir } = stage;
  const folders = [dirname(configFile), dataDir];
  stage.onTokenRequest = async () => {
    for (const folder of folders) {
      await rename(folder, `${folder}-gone`);
      await writeFile(folder, 'in the way');
    }
  };
  const outcome = await login.refresh(ID);
  stage.onTokenRequest = () => Promise.resolve();
  assert.ok(
    outcome.kind === 'refreshed' && outcome.failure?.code === 'data-not-writable',
    JSON.stringify(outcome),
  );
  assert.equal(accountOf(login).whereabouts, 'memory');
  assert.ok(troubles(login).includes('data-not-writable'));
  // Nothing more is spent meanwhile: there is not even a lock to be had.
  clock.advance(10 * SECOND);
  const again = await login.refresh(ID);
  assert.ok(again.kind === 'refused' && again.failure.code === 'data-not-writable', JSON.stringify(again));
  assert.deepEqual(
    accountOf(login).history.map(({ kind }) => kind),
    ['signed-in', 'refreshed', 'refused'],
  );
  for (const folder of folders) {
    await rm(folder);
    await rename(`${folder}-gone`, folder);
  }
  clock.advance(5 * MINUTE);
  await savedAgain(login);
  const restarted = await stage.open();
  clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh(ID)).kind, 'refreshed');
});
