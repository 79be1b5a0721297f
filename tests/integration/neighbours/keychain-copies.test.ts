import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Storage } from '../../../src-main/domain/storage.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { account, block, codes, graces, iso, spentBeside, text, times, write } from './kit.ts';

test('the newer copy is looked for again where the keychain was locked and the network down at first', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock, dataDir, folder } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  await cp(dataDir, join(folder, 'before'), { recursive: true });
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await login.stop();
  const second = await stage.credential();
  // As after a disk that nothing could be written to: only the keychain has it.
  await rm(dataDir, { recursive: true });
  await cp(join(folder, 'before'), dataDir, { recursive: true });
  await writeFile(stage.configFile, whole);

  keychain.isLocked = true;
  let isDown = true;
  const later = await stage.open({
    keychain,
    fetch: (url, init) =>
      isDown
        ? Promise.reject(new FailureError({ code: 'network-down', host: url.host, reason: 'ENOTFOUND' }))
        : directNetwork.fetch(url, init),
  });
  await later.refresh('default');
  // A minute later the person has logged in.
  [keychain.isLocked, isDown] = [false, false];
  clock.advance(MINUTE);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented, the newer one could be read');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'spent');
});

test("a copy that sign-out left in a locked keychain never takes the place of somebody else's login", async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock } = stage;
  const grace = await graces(stage);
  keychain.isLocked = true;
  await login.signOut('default').catch(() => undefined);
  await login.stop();
  // Another program has Grace's login, whose token ends in a minute.
  await write(stage, block('default', grace, iso(clock.now() + MINUTE)));
  const later = await stage.open({ keychain });
  await later.catchUp();
  keychain.isLocked = false;
  clock.advance(2 * MINUTE);
  await later.refresh('default');
  assert.equal(times(grace.refreshToken), 1, 'hers was not renewed');
  assert.equal(await server.refreshTokenState(grace.refreshToken ?? ''), 'spent');
});

test('what the keychain alone has is kept on disk before it is switched off', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { first, second, later, dataDir } = await keptByKeychainAlone(stage, keychain);
  await later.changeSettings({ ...later.snapshot.settings, keychain: false });
  assert.equal(keychain.copies.size, 0);
  const rescue = await readFile(join(dataDir, 'rescue.json'), 'utf8').catch(() => '');
  assert.ok(`${await text(stage)}${rescue}`.includes(second.refreshToken ?? ''), 'the last one is gone');
  stage.clock.advance(8 * HOUR);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
  assert.equal(times(second.refreshToken), 1);
});

test('…and where it cannot be, the keychain stays in use', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { second, later, dataDir } = await keptByKeychainAlone(stage, keychain);
  await mkdir(join(dataDir, 'rescue.json'));
  await later.changeSettings({ ...later.snapshot.settings, keychain: false });
  assert.equal(later.snapshot.settings.keychain, true);
  assert.equal(keychain.copies.get('default')?.credential.refreshToken, second.refreshToken);
  assert.ok(later.snapshot.troubles.some(({ code }) => code === 'data-not-writable'));
});

test('that an owner was found out takes nothing away that copies tell: a backup may come back', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock } = stage;
  const grace = await graces(stage);
  clock.advance(3 * HOUR);
  await login.refresh('default');
  const ada = await stage.credential();
  const told = keychain.copies.get('default')?.replaces;
  assert.equal(told?.length, 1);
  const at = iso(clock.now() + 8 * HOUR);
  login.keep();
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  await until('her copy', () =>
    keychain.copies.has('work') && account(login, 'work').owner !== null ? true : undefined,
  );
  await login.catchUp();
  assert.deepEqual(keychain.copies.get('default')?.replaces, told);
});

test('where file, records and data folder are gone, what the keychain has is offered', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock, configFile, dataDir } = stage;
  const ours = await stage.credential();
  await login.stop();
  await rm(dirname(configFile), { recursive: true });
  await rm(dataDir, { recursive: true });
  const later = await stage.open({ keychain });
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-removed']);
  await later.putBack('default');
  clock.advance(3 * SECOND);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(await server.refreshTokenState(ours.refreshToken ?? ''), 'spent');
});

for (const storage of ['config-file', 'keychain'] as const)
  test(`…also where another file was looked at first; stored in ${storage}`, async (t) => {
    const [copies, secrets] = [new MemoryKeychain(), new MemoryKeychain()];
    const stage = await signedIn(t);
    const configFile = join(stage.folder, 'work', 'config.yaml');
    const open = () => stage.open({ configFile, keychain: copies, secrets });
    const work = await open();
    await work.signIn();
    await work.storage.move('default', storage);
    await work.stop();
    await stage.login.stop();
    await rm(configFile);
    await rm(stage.dataDir, { recursive: true });
    const first = await stage.open();
    await first.catchUp();
    await first.stop();
    const later = await open();
    await later.catchUp();
    assert.deepEqual(codes(later), storage === 'keychain' ? [] : ['entry-removed']);
    if (storage === 'config-file') await later.putBack('default');
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
  });

/** Counts how often it was asked. */
class Counting extends MemoryKeychain {
  count = 0;

  protected override async asked(): Promise<void> {
    this.count++;
    await super.asked();
  }
}

/** Our folder is lost, and what another program has written was looked at while the keychain was locked. */
async function firstSeenWhileLocked(t: TestContext, storage: Storage, isRenewed = true) {
  const [keychain, secrets] = [new Counting(), new Counting()];
  const lock = (isLocked: boolean) => {
    for (const each of [keychain, secrets]) Object.assign(each, { isLocked, count: 0 });
  };
  const stage = await signedIn(t, { keychain, secrets });
  const { login, clock, dataDir } = stage;
  const work = await graces(stage);
  clock.advance(8 * HOUR);
  if (isRenewed) await login.refresh('default');
  await login.storage.move('default', storage);
  await login.stop();
  await write(stage, block('work', work, iso(clock.now() + 8 * HOUR)));
  await rm(dataDir, { recursive: true });
  const open = async () => {
    const later = await stage.open({ keychain, secrets });
    await later.catchUp();
    return later;
  };
  lock(true);
  const locked = await open();
  assert.deepEqual(
    locked.snapshot.accounts.map(({ id }) => id),
    ['work'],
  );
  lock(true);
  return { stage, keychain, secrets, locked, lock, open };
}

for (const storage of ['config-file', 'keychain'] as const)
  test(`…also where it was locked when a neighbour of it was looked at; stored in ${storage}`, async (t) => {
    const { stage, secrets, locked, lock, open } = await firstSeenWhileLocked(t, storage);
    await locked.stop();
    lock(false);
    stage.clock.advance(MINUTE);
    const later = await open();
    assert.deepEqual(codes(later), storage === 'keychain' ? [] : ['entry-removed']);
    if (storage === 'config-file') await later.putBack('default');
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    await later.stop();
    lock(false);
    await (await open()).stop();
    if (storage === 'config-file') assert.equal(secrets.count, 0, 'it is asked though it has answered');
  });

test('…and where nothing was ever renewed a locked keychain is not asked at each start', async (t) => {
  const { keychain, secrets, locked, open } = await firstSeenWhileLocked(t, 'config-file', false);
  await locked.stop();
  await (await open()).stop();
  assert.deepEqual([keychain.count, secrets.count], [0, 0]);
});

test('…but not what a sign-out left in a keychain that was locked', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  keychain.isLocked = true;
  await stage.login.signOut('default').catch(() => undefined);
  await stage.login.stop();
  keychain.isLocked = false;
  assert.equal(keychain.copies.size, 1);
  const later = await stage.open({ keychain });
  await later.catchUp();
  assert.deepEqual(later.snapshot.accounts, []);
});

/** As after a disk that nothing could be written to: only the keychain has the last one. */
async function keptByKeychainAlone(stage: Stage, keychain: MemoryKeychain) {
  const { login, clock, dataDir, folder, configFile } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  await cp(dataDir, join(folder, 'before'), { recursive: true });
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const second = await stage.credential();
  await login.stop();
  await rm(dataDir, { recursive: true });
  await cp(join(folder, 'before'), dataDir, { recursive: true });
  await writeFile(configFile, whole);
  await rm(spentBeside(configFile));
  const later = await stage.open({ keychain });
  await later.catchUp();
  return { first, second, later, dataDir };
}

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

test(
  'a command renews while the disk is full, and the keychain alone takes it: whoever was throttled before looks again',
  withMounts,
  async (t) => {
    const disk = await mkdtemp(join(tmpdir(), 'latchkey-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=700', 'tmpfs', disk]);
    const keychain = new MemoryKeychain();
    const files = { configFile: join(disk, 'shared', 'config.yaml'), dataDir: join(disk, 'data') };
    const stage = await signedIn(t, { ...files, keychain });
    t.after(() => {
      execFileSync('umount', ['-l', disk]);
      rmdirSync(disk);
    });
    const { login, clock, server } = stage;
    const first = (await stage.credential()).refreshToken;
    clock.advance(8 * HOUR);
    const throttled = { kind: 'answer', status: 429, body: { error: { type: 'rate_limit_error' } } } as const;
    server.setMood({ endpoint: 'token', times: 1, behaviour: throttled });
    assert.equal((await login.refresh('default')).kind, 'refused');
    clock.advance(10 * MINUTE);
    await assert.rejects(writeFile(join(disk, 'filling'), Buffer.alloc(512 * 1024)), { code: 'ENOSPC' });
    const command = await stage.open({ keychain });
    await command.catchUp();
    assert.equal((await command.refresh('default')).kind, 'refreshed');
    await command.stop();
    await rm(join(disk, 'filling'));
    clock.advance(10 * MINUTE);
    await login.catchUp();
    assert.match((await login.refresh('default')).kind, /^(adopted|refreshed)$/);
    // Once in vain: nothing was spent by that.
    assert.equal(times(first), 2, 'a spent one was presented again');
  },
);
