import assert from 'node:assert/strict';
import { cp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import {
  block,
  codes,
  graces,
  iso,
  isHeld,
  kinds,
  presented,
  renewedByAnother,
  renewedIntoRescue,
  settled,
  text,
  times,
  write,
} from './kit.ts';

/** Our own folder takes nothing while `work` goes on: here a file stands in its place. */
async function withoutDataFolder(dataDir: string, work: () => Promise<void>) {
  await rename(dataDir, `${dataDir}-away`);
  await writeFile(dataDir, '');
  await work();
  await rm(dataDir);
  await rename(`${dataDir}-away`, dataDir);
}

for (const renewals of [1, 2]) {
  test(`what is known of ${renewals} renewals waits, and another process renews: that is no stranger's`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, dataDir } = stage;
    const other = await stage.open();
    await withoutDataFolder(dataDir, async () => {
      for (let times = 0; times < renewals; times++) {
        clock.advance(8 * HOUR);
        assert.equal((await login.refresh('default')).kind, 'refreshed');
      }
    });
    clock.advance(8 * HOUR);
    await other.catchUp();
    assert.equal((await other.refresh('default')).kind, 'refreshed');
    await login.catchUp();
    assert.deepEqual(codes(login), []);
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    await other.catchUp();
    assert.deepEqual(codes(other), []);
    assert.equal(new Set(presented).size, presented.length, 'a spent one was presented');
  });
}

test('a service goes back to an earlier token while our own folder takes nothing: that one counts', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, dataDir } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const answer = {
    access_token: 'sk-ant-oat01-again',
    refresh_token: first.refreshToken,
    expires_in: 28_800,
  };
  const goingBack = await stage.open({ fetch: () => Promise.resolve(Response.json(answer)) });
  clock.advance(8 * HOUR);
  await withoutDataFolder(dataDir, async () => {
    await goingBack.refresh('default');
  });
  await goingBack.catchUp();
  assert.deepEqual(codes(goingBack), []);
});

for (const after of ['put back', 'left alone'] as const) {
  test(`a first sign-in while our own folder takes nothing, Grace’s over it, which another process adopts: hers, with ours ${after}, is not lost`, async (t) => {
    const stage = await signedIn(t);
    const { clock, folder } = stage;
    const grace = await graces(stage);
    const files = { configFile: `${folder}/new/config.yaml`, dataDir: `${folder}/new-data` };
    await writeFile(files.dataDir, '');
    const app = await stage.open(files);
    await app.catchUp();
    await app.signIn();
    await rm(files.dataDir);
    clock.advance(HOUR);
    await write(files, block('default', grace, iso(clock.now() + 8 * HOUR)));
    const command = await stage.open(files);
    await command.catchUp();
    await command.stop();
    await app.catchUp();
    if (after === 'put back')
      for (const { id } of app.snapshot.accounts) await app.putBack(id).catch(() => undefined);
    clock.advance(8 * HOUR);
    for (const { id } of app.snapshot.accounts) await app.refresh(id);
    await app.stop();
    const held = await isHeld(grace.refreshToken, files);
    assert.ok(held.length > 0 || times(grace.refreshToken) === 1, 'hers is nowhere');
    if (after === 'left alone') assert.equal(times(grace.refreshToken), 1, 'hers is not renewed');
  });
}

const invalid = { kind: 'answer', status: 400, body: { error: 'invalid_grant' } } as const;

test('refused while the clock was hours ahead, signed in since, and one write fails: the new login is renewed', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server, dataDir } = stage;
  clock.advance(17 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: invalid });
  assert.equal((await login.refresh('default')).kind, 'refused');
  clock.set(clock.now() - 9 * HOUR);
  await login.signIn('default');
  clock.advance(MINUTE);
  await withoutDataFolder(dataDir, async () => {
    await login.resume();
    await settled(login);
  });
  await login.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});

test('a refusal waits to be written down, and another process signs in meanwhile: the new login is renewed', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server, dataDir } = stage;
  clock.advance(8 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: invalid });
  await withoutDataFolder(dataDir, async () => {
    assert.equal((await login.refresh('default')).kind, 'refused');
  });
  clock.advance(MINUTE);
  const other = await stage.open();
  await other.catchUp();
  await other.signIn('default');
  clock.advance(MINUTE);
  await login.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});

test('what waited is written to the mended file while our own folder takes nothing: it waits no more, and who renews it next is followed', async (t) => {
  const stage = await signedIn(t);
  const { second, whole } = await renewedIntoRescue(stage);
  const before = join(stage.folder, 'before');
  await cp(stage.dataDir, before, { recursive: true });
  await writeAsOthersDo(stage.configFile, whole);
  await stage.login.catchUp();
  await stage.login.stop();
  assert.ok((await text(stage)).includes(String(second.refreshToken)));
  await rm(stage.dataDir, { recursive: true });
  await cp(before, stage.dataDir, { recursive: true });
  const again = await stage.open();
  await again.catchUp();
  assert.ok(!(await isHeld(second.refreshToken, stage)).includes(join(stage.dataDir, 'rescue.json')));
  stage.clock.advance(7 * HOUR);
  const third = await renewedByAnother(stage, second);
  await write(stage, block('default', third, iso(stage.clock.now() + 8 * HOUR)));
  await again.catchUp();
  assert.deepEqual(codes(again), []);
  assert.equal(kinds(again).at(-1), 'adopted');
});
