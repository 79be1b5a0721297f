import assert from 'node:assert/strict';
import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { RescueFile } from '../../../src-main/vault/records/rescue-file.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import {
  block,
  codes,
  graces,
  isHeld,
  iso,
  presented,
  received,
  renewedByAnother,
  renewedInCopy,
  text,
  twoPeople,
  write,
} from './kit.ts';

/** What the app says is offered to be put back, is, and renews. */
async function isPutBack(login: Login, { clock }: Stage, id: string, token: string): Promise<void> {
  const [trouble] = login.snapshot.accounts.find((each) => each.id === id)?.troubles ?? [];
  assert.ok(trouble?.code === 'entry-replaced' && trouble.copy, JSON.stringify(trouble));
  await login.putBack(id);
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh(id)).kind, 'refreshed');
  assert.equal(presented.at(-1), token);
}

for (const hasKeychain of [false, true]) {
  test(`signed out where its file was copied to, ${hasKeychain ? 'with' : 'without'} a keychain: the first file is offered what it was renewed to`, async (t) => {
    const [own, copys] = hasKeychain ? [new MemoryKeychain(), new MemoryKeychain()] : [];
    const stage = await signedIn(t, own === undefined ? {} : { keychain: own });
    await stage.login.stop();
    const { copied, configFile, token } = await renewedInCopy(stage, copys);
    const { revocation } = await copied.signOut('default');
    assert.deepEqual(await revocation, { outcome: 'not-asked', reason: 'shared' });
    assert.deepEqual(copied.snapshot.accounts, []);
    assert.ok(!(await text({ configFile })).includes(token));
    await copied.stop();
    const later = await stage.open(own === undefined ? {} : { keychain: own });
    await later.catchUp();
    await isPutBack(later, stage, 'default', token);
    assert.deepEqual(await isHeld(token, stage), [], 'nothing is left of what was put back');
  });
}

test('… and for a file that is gone nothing is left behind', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const { copied, token } = await renewedInCopy(stage);
  await rm(stage.configFile);
  await copied.signOut('default');
  assert.deepEqual(await isHeld(token, stage), []);
});

test('… nor for the very same file by another name', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const { copied, configFile, token } = await renewedInCopy(stage);
  await rm(stage.configFile);
  await link(configFile, stage.configFile);
  await copied.signOut('default');
  assert.deepEqual(await isHeld(token, stage), [stage.configFile]);
});

test('… and a sign-in that waits for the first file is not given up for it', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const { copied, token } = await renewedInCopy(stage);
  const grace = await graces(stage);
  const rescue = new RescueFile(stage.dataDir);
  // A crash has kept anybody from knowing of it.
  await rescue.keep(stage.configFile, [{ credential: grace, kind: 'signed-in', replaces: [] }], null);
  await copied.signOut('default');
  const { ours = [] } = (await rescue.read(stage.configFile, false)) ?? {};
  assert.deepEqual(
    ours.map(({ credential }) => credential.refreshToken),
    [grace.refreshToken],
  );
  assert.ok(token !== '');
});

/** One login under two ids, of which another program has renewed `work`. */
async function renewedUnderWork(stage: Stage) {
  const { login, clock } = stage;
  const ada = await stage.credential();
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('work', ada, at));
  await login.catchUp();
  clock.advance(7 * HOUR);
  const next = await renewedByAnother(stage, ada);
  await write(stage, block('default', ada, at), block('work', next, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  return String(next.refreshToken);
}

test('of two ids with one login, signing out of the one that another program renewed leaves the other', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  login.keep();
  const token = await renewedUnderWork(stage);
  await until('the service to tell whose it is', () =>
    login.snapshot.accounts.find(({ id }) => id === 'default')?.whereabouts === 'copy' ? true : undefined,
  );
  await login.signOut('work');
  assert.ok(!(await text(stage)).includes(token));
  await isPutBack(login, stage, 'default', token);
});

test('… also before the service has told whose that is', async (t) => {
  const stage = await signedIn(t);
  const token = await renewedUnderWork(stage);
  await stage.login.signOut('work');
  await stage.login.stop();
  const later = await stage.open();
  await isPutBack(later, stage, 'default', token);
});

test('… and where it is somebody else’s the other one is not spent once the service has told', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('work', ada, at));
  await login.catchUp();
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  await login.signOut('work');
  assert.deepEqual(codes(login), ['entry-replaced']);
  login.keep();
  await login.catchUp();
  await until('ours to be given back', () => (codes(login).length === 0 ? true : undefined));
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(presented.at(-1), ada.refreshToken);
});

test('… also where the other one was entered when it was spent', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const token = received.at(-1) ?? '';
  const whole = (await text(stage)).trimEnd();
  await writeAsOthersDo(stage.configFile, `${whole}\n${block('work', first, iso(clock.now()))}\n`);
  await login.catchUp();
  assert.deepEqual(codes(login, 'work'), ['entry-replaced']);
  await login.signOut('default');
  await isPutBack(login, stage, 'work', token);
});

test('… and what is written over another file’s entry of ours is not kept for ours when it is signed out of here', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  login.keep();
  await until('the service to tell whose they are', () =>
    login.snapshot.accounts.every(({ owner }) => owner !== null) ? true : undefined,
  );
  const configFile = join(stage.folder, 'work', 'config.yaml');
  await mkdir(dirname(configFile));
  const copied = await stage.open({ configFile });
  for (const each of [ada, grace]) {
    await write({ configFile }, block('default', each, at));
    await copied.catchUp();
  }
  await login.signOut('work');
  assert.deepEqual(
    login.snapshot.accounts.flatMap(({ troubles }) => troubles.map((each) => 'copy' in each && each.copy)),
    [false],
    'it is offered as ours',
  );
  copied.keep();
  await copied.catchUp();
  await until('ours to be given back', () => copied.snapshot.accounts.find(({ id }) => id !== 'default'));
  await login.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(presented.at(-1), ada.refreshToken);
});

test('a secret that is wanted in the keychain alone is written down for nobody', async (t) => {
  const [secrets, copys] = [new MemoryKeychain(), new MemoryKeychain()];
  const stage = await signedIn(t, { secrets });
  await stage.login.storage.move('default', 'access-only');
  await stage.login.stop();
  const configFile = join(stage.folder, 'work', 'config.yaml');
  await mkdir(dirname(configFile));
  await copyFile(stage.configFile, configFile);
  for (const [id, copy] of secrets.copies) copys.copies.set(id, copy);
  const secretsAt = (path: string) => (path === stage.configFile ? secrets : copys);
  const copied = await stage.open({ configFile, secrets: copys, secretsAt });
  await copied.catchUp();
  stage.clock.advance(8 * HOUR);
  assert.equal((await copied.refresh('default')).kind, 'refreshed');
  const token = received.at(-1) ?? '';
  await copied.signOut('default');
  assert.deepEqual(await isHeld(token, stage), []);
});
