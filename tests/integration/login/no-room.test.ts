import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import type { NewLogin } from '../../support/new-login.ts';

/** A disk of its own for the config file's folder and ours, which a test can fill. */
async function onSmallDisk(t: TestContext, changes: Partial<NewLogin> = {}) {
  const disk = await mkdtemp(join(tmpdir(), 'latchkey-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=700', 'tmpfs', disk]);
  const [configFile, dataDir] = [join(disk, 'shared', 'config.yaml'), join(disk, 'data')];
  const stage = await signedIn(t, { configFile, dataDir, ...changes });
  t.after(() => {
    execFileSync('umount', ['-l', disk]);
    rmdirSync(disk);
  });
  const filling = join(disk, 'filling');
  return {
    stage,
    fill: () => assert.rejects(writeFile(filling, Buffer.alloc(512 * 1024)), { code: 'ENOSPC' }),
    free: () => rm(filling),
  };
}

/** Nothing was asked, nothing is lost, and it is told what is full. */
async function asksNothing(
  { login, server, configFile, clock }: Stage,
  reason: string,
  code: 'nowhere-to-store' | 'data-not-writable' = 'nowhere-to-store',
): Promise<void> {
  const [begun, before] = [server.tokenRequestsBegun, await readFile(configFile, 'utf8')];
  clock.advance(10 * SECOND);
  const outcome = await login.refresh('default');
  assert.ok(outcome.kind === 'refused' && outcome.failure.code === code, JSON.stringify(outcome));
  assert.equal(outcome.failure.reason, reason);
  assert.equal(server.tokenRequestsBegun, begun);
  assert.equal(await readFile(configFile, 'utf8'), before);
  assert.deepEqual(login.snapshot.accounts[0]?.troubles, [outcome.failure]);
}

async function livesOn({ login, clock, server, ...stage }: Stage): Promise<void> {
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(await server.refreshTokenState(String((await stage.credential()).refreshToken)), 'live');
}

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

test('a full disk: nothing is spent that cannot be stored', withMounts, async (t) => {
  const { stage, fill, free } = await onSmallDisk(t);
  await fill();
  await asksNothing(stage, 'ENOSPC');
  await asksNothing(stage, 'ENOSPC');
  await free();
  await livesOn(stage);
});

test('a full disk, and a keychain that takes the answer', withMounts, async (t) => {
  const keychain = new MemoryKeychain();
  const { stage, fill, free } = await onSmallDisk(t, { keychain });
  await fill();
  keychain.isLocked = true;
  await asksNothing(stage, 'ENOSPC');
  keychain.isLocked = false;
  stage.clock.advance(10 * SECOND);
  assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
  // A process that starts now finds nothing but the old one in the files, and the keychain has the newer.
  await free();
  const restarted = await stage.open({ keychain });
  await restarted.catchUp();
  stage.clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh('default')).kind, 'refreshed');
  assert.equal(await stage.server.refreshTokenState(String((await stage.credential()).refreshToken)), 'live');
});

test('a code is not spent either where its tokens could be kept nowhere', withMounts, async (t) => {
  const { stage, fill, free } = await onSmallDisk(t);
  await fill();
  const begun = stage.server.tokenRequestsBegun;
  await stage.login.signIn('second');
  assert.equal(stage.login.snapshot.signIn?.failure?.code, 'nowhere-to-store');
  assert.equal(stage.server.tokenRequestsBegun, begun);
  await free();
  await stage.login.signIn('second');
  assert.equal(stage.login.snapshot.signIn.phase, 'succeeded');
});

test('the disk fills up while the service is thinking: the room was taken before', withMounts, async (t) => {
  const { stage, fill, free } = await onSmallDisk(t);
  stage.onTokenRequest = fill;
  stage.clock.advance(10 * SECOND);
  const outcome = await stage.login.refresh('default');
  assert.equal(outcome.kind, 'refreshed');
  assert.equal(stage.login.snapshot.accounts[0]?.whereabouts, 'config-file');
  assert.equal(await stage.server.refreshTokenState(String((await stage.credential()).refreshToken)), 'live');
  stage.onTokenRequest = () => Promise.resolve();
  await free();
  await livesOn(stage);
});

test('our folder has vanished and cannot be made again: the config file is room enough', async (t) => {
  const stage = await signedIn(t);
  await rename(stage.dataDir, `${stage.dataDir}-gone`);
  await writeFile(stage.dataDir, 'in the way');
  await livesOn(stage);
});

test('neither folder has a lock that can be got: nothing is asked, for a sign-in neither', async (t) => {
  const stage = await signedIn(t);
  const { login, server, configFile, dataDir } = stage;
  const locks = [join(dataDir, '.lock'), join(dirname(configFile), '.config.yaml.latchkey.lock')];
  for (const lock of locks) await writeFile(lock, 'no database'.repeat(100));
  await asksNothing(stage, 'ERR_SQLITE_ERROR');
  const begun = server.tokenRequestsBegun;
  await login.signIn('second');
  assert.equal(login.snapshot.signIn?.failure?.code, 'nowhere-to-store');
  assert.equal(server.tokenRequestsBegun, begun);
  for (const lock of locks) await rm(lock);
  await livesOn(stage);
});

test('neither folder takes anything: not even the lock, and nothing is asked', withMounts, async (t) => {
  const stage = await signedIn(t);
  const folders = [dirname(stage.configFile), stage.dataDir];
  for (const folder of folders) execFileSync('mount', ['-o', 'bind', folder, folder]);
  for (const folder of folders) execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
  try {
    await asksNothing(stage, 'EROFS', 'data-not-writable');
  } finally {
    for (const folder of folders) execFileSync('umount', ['-l', folder]);
  }
  await livesOn(stage);
});

test('the room for an answer is taken under the lock, and given back where none comes', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.down });
  const seen: string[] = [];
  stage.onTokenRequest = async () => {
    seen.push(...(await readdir(dirname(stage.configFile))), ...(await readdir(stage.dataDir)));
  };
  assert.equal((await stage.login.refresh('default')).kind, 'refused');
  assert.equal(seen.filter((name) => /^\.(config\.yaml|rescue\.json)\..*\.tmp$/.test(name)).length, 2);
  const left = [...(await readdir(dirname(stage.configFile))), ...(await readdir(stage.dataDir))];
  assert.deepEqual(
    left.filter((name) => name.endsWith('.tmp')),
    [],
  );
});
