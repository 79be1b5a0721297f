import assert from 'node:assert/strict';
import fs from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { GRACE } from '../../support/practice/people.ts';
import {
  account,
  block,
  codes,
  graces,
  iso,
  isHeld,
  settled,
  text,
  times,
  write,
  renewedByAnother,
} from './kit.ts';

test('a service that goes back to an earlier refresh token is believed', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const answers = {
    access_token: 'sk-ant-oat01-again',
    refresh_token: first.refreshToken,
    expires_in: 28_800,
  };
  const asked: unknown[] = [];
  const service = (_: unknown, init?: RequestInit) => {
    asked.push((JSON.parse(init?.body as string) as { refresh_token?: string }).refresh_token);
    return Promise.resolve(Response.json(answers));
  };
  const goingBack = await stage.open({ fetch: service });
  clock.advance(8 * HOUR);
  assert.equal((await goingBack.refresh('default')).kind, 'refreshed');
  // In this process and in one that starts now, and whoever knows only what is told beside the file.
  for (const dataDir of [stage.dataDir, `${stage.dataDir}-of-another`]) {
    const later = await stage.open({ fetch: service, dataDir });
    await later.catchUp();
    assert.ok(!codes(later).includes('entry-replaced'), dataDir);
    clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed', dataDir);
    assert.equal(asked.at(-1), first.refreshToken);
  }
  assert.ok((await text({ configFile })).includes(String(first.refreshToken)));
  assert.equal(await server.refreshTokenState(String(first.refreshToken)), 'spent');
});

for (const [after, isRestarted, keychain] of [
  ['', false, undefined],
  [' after a restart, with a keychain', true, new MemoryKeychain()],
  [' after a restart, without one', true, undefined],
] as const) {
  test(`tokens that never were any good take the place of ours: refused, ours is offered${after}`, async (t) => {
    const kept = keychain === undefined ? {} : { keychain };
    const stage = await signedIn(t, kept);
    const { server, clock, configFile } = stage;
    const ours = await stage.credential();
    const sample = {
      ...ours,
      accessToken: 'sk-ant-oat01-of-a-login-long-gone',
      refreshToken: 'sk-ant-ort01-of-a-login-long-gone',
    };
    await write(stage, block('default', sample, iso(clock.now() + 8 * HOUR)));
    await stage.login.catchUp();
    const login = isRestarted ? await stage.open(kept) : stage.login;
    await login.catchUp();
    clock.advance(8 * HOUR);
    assert.deepEqual(await login.refresh('default'), { kind: 'refused', failure: { code: 'grant-refused' } });
    const lost =
      login.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0) ??
      assert.fail('ours is gone');
    assert.deepEqual(codes(login, lost.id), ['entry-removed']);
    assert.equal(lost.owner?.email, 'ada@example.org');
    await login.putBack(lost.id);
    assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'live');
    clock.advance(3 * SECOND);
    assert.equal((await login.refresh(lost.id)).kind, 'refreshed');
    assert.equal(times(ours.refreshToken), 1);
    assert.ok((await text({ configFile })).includes('id: default'));
    // It waits for nothing any more.
    const rescue = await text({ configFile: join(stage.dataDir, 'rescue.json') }).catch(() => '');
    assert.ok(!rescue.includes(String(ours.refreshToken)));
  });
}

test('somebody signs in over ours with another program, and we start again before the service has told who: ours is offered', async (t) => {
  const stage = await signedIn(t);
  const { server, clock, dataDir } = stage;
  const ada = await stage.credential();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await stage.login.catchUp();
  await stage.login.stop();
  const login = await stage.open();
  login.keep();
  const lost = await until('it to be given back', () =>
    login.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0),
  );
  assert.deepEqual(codes(login, lost.id), ['entry-removed']);
  await login.putBack(lost.id);
  await login.stop();
  assert.equal((await text(stage)).includes(String(ada.refreshToken)), true);
  assert.equal(await server.refreshTokenState(String(ada.refreshToken)), 'live');
  assert.doesNotMatch(await text({ configFile: join(dataDir, 'rescue.json') }), /sk-ant/);
});

test('what a renewal by another program took the place of is not kept any longer than its owner is unsure', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, dataDir } = stage;
  const theirs = await stage.foreignCredential();
  await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  const rescue = join(dataDir, 'rescue.json');
  assert.match(await text({ configFile: rescue }), /sk-ant/);
  login.keep();
  await until('its owner to be sure', async () =>
    (await text({ configFile: rescue })).includes('sk-ant') ? undefined : true,
  );
  await login.stop();
});

test('ours is put back over a login that may live: that one is kept, and offered in turn', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  const ours = await stage.credential();
  const theirs = { ...(await stage.foreignCredential()), clientId: 'another-client' };
  await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await login.putBack('default');
  assert.ok(!(await text({ configFile })).includes(String(theirs.refreshToken)));
  // Also for whoever starts now, without a keychain.
  const later = await stage.open();
  await later.catchUp();
  const other =
    later.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0) ??
    assert.fail('theirs is gone');
  assert.deepEqual(codes(later, other.id), ['entry-removed']);
  await later.putBack(other.id);
  const both = await text({ configFile });
  for (const each of [ours, theirs]) assert.ok(both.includes(String(each.refreshToken)));
  assert.ok(both.includes('another-client'));
  assert.equal(await server.refreshTokenState(String(theirs.refreshToken)), 'live');
});

test('a spent token that ours is put back over is not kept', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const spent = await stage.credential();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await write(stage, block('default', spent, iso(clock.now())));
  await login.catchUp();
  await login.putBack('default');
  assert.deepEqual(
    login.snapshot.accounts.map(({ id }) => id),
    ['default'],
  );
});

test('a copy of what once gave way is left over: the next that gives way is kept all the same', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  await login.stop();
  // Another program renews ours, and the terminal sees it.
  clock.advance(HOUR);
  const renewed = await renewedByAnother(stage, await stage.credential());
  await write(stage, block('default', renewed, iso(clock.now() + 8 * HOUR)));
  const terminal = await stage.open();
  await terminal.catchUp();
  clock.advance(HOUR);
  await terminal.signIn('default');
  await terminal.stop();
  const ours = await stage.credential();
  clock.advance(HOUR);
  // Somebody else signs in over it with another program; a cron job goes on with that.
  const grace = await graces(stage);
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  const cron = await stage.open();
  await cron.catchUp();
  await cron.stop();
  clock.advance(8 * HOUR);
  const later = await stage.open();
  await later.catchUp();
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  await later.stop();
  assert.notDeepEqual(await isHeld(ours.refreshToken, stage), [], 'ours is on no disk any more');
  const app = await stage.open();
  app.keep();
  await app.catchUp();
  await settled(app);
  await app.catchUp();
  assert.ok(
    app.snapshot.accounts.some(({ id }) => codes(app, id).includes('entry-removed')),
    'it is not offered',
  );
});

test('killed between what took the place of ours was refused and ours is given back: ours is offered', async (t) => {
  const stage = await signedIn(t);
  const { clock, dataDir, folder } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const sample = {
    ...ours,
    accessToken: 'sk-ant-oat01-of-a-login-long-gone',
    refreshToken: 'sk-ant-ort01-of-a-login-long-gone',
  };
  await write(stage, block('default', sample, iso(clock.now() + 8 * HOUR)));
  const first = await stage.open();
  await first.catchUp();
  clock.advance(8 * HOUR);
  const original = fs.renameSync;
  const crashedData = join(folder, 'crashed-data');
  let crashes = 0;
  fs.renameSync = (from, to) => {
    // Once the refusal is written down, the next file of ours that is written is not there any more.
    const isNoted = fs.readFileSync(join(dataDir, 'accounts.json'), 'utf8').includes('grant-refused');
    if (isNoted && crashes === 0 && String(to).startsWith(dataDir)) {
      crashes++;
      fs.cpSync(dataDir, crashedData, { recursive: true, preserveTimestamps: true });
    }
    original(from, to);
  };
  syncBuiltinESMExports();
  await first.refresh('default');
  fs.renameSync = original;
  syncBuiltinESMExports();
  await first.stop();
  assert.equal(crashes, 1);
  fs.rmSync(dataDir, { recursive: true });
  fs.cpSync(crashedData, dataDir, { recursive: true });
  const app = await stage.open();
  app.keep();
  await app.catchUp();
  clock.advance(HOUR);
  await settled(app);
  await app.refresh('default');
  await app.catchUp();
  for (const { id } of app.snapshot.accounts) await app.putBack(id).catch(() => undefined);
  const held = (await isHeld(ours.refreshToken, stage)).join();
  assert.ok((await text(stage)).includes(String(ours.refreshToken)), `not offered; held in ${held}`);
});

test('killed between ours, given back, is kept and is remembered: it is offered once', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, dataDir } = stage;
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  const killed = t.mock.method(Vault.prototype, 'learn', () => Promise.reject(new Error('killed')));
  login.keep();
  await until('it to be kept', async () =>
    (await text({ configFile: join(dataDir, 'rescue.json') })).includes('"account-2"') ? true : undefined,
  );
  await login.stop();
  killed.mock.restore();
  const app = await stage.open();
  app.keep();
  await app.catchUp();
  await settled(app);
  assert.deepEqual(
    app.snapshot.accounts.map(({ id }) => [id, codes(app, id)]),
    [
      ['default', []],
      ['account-2', ['entry-removed']],
    ],
  );
});

test('ours is put back over a login that lives while our own folder takes nothing: that one is not written over', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, dataDir } = stage;
  const theirs = { ...(await graces(stage)), clientId: 'another-client' };
  await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await rename(dataDir, `${dataDir}-away`);
  await writeFile(dataDir, '');
  await login.putBack('default').catch(() => undefined);
  await login.stop();
  await rm(dataDir);
  await rename(`${dataDir}-away`, dataDir);
  const later = await stage.open();
  await later.catchUp();
  assert.equal(await server.refreshTokenState(String(theirs.refreshToken)), 'live');
  const held = await isHeld(theirs.refreshToken, stage);
  assert.notDeepEqual(held, [], 'theirs is nowhere');
});

test('somebody signs in over one of two entries of ours while it is renewed: what that was spent for is the other one', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { clock, login } = stage;
  const first = await stage.credential();
  const grace = await graces(stage);
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', first, at), block('work', first, at));
  await login.catchUp();
  clock.advance(8 * HOUR);
  const later = iso(clock.now() + 8 * HOUR);
  stage.onTokenRequest = () => write(stage, block('default', grace, later), block('work', first, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  login.keep();
  await until('whose it is to be told', () =>
    account(login).owner?.email === GRACE.email ? true : undefined,
  );
  await login.catchUp();
  for (const { id } of login.snapshot.accounts) await login.putBack(id).catch(() => undefined);
  clock.advance(8 * HOUR);
  for (const { id } of login.snapshot.accounts) await login.refresh(id);
  assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
  assert.deepEqual(
    login.snapshot.accounts.map(({ id }) => [id, codes(login, id)]),
    [
      ['default', []],
      ['work', []],
    ],
  );
});
