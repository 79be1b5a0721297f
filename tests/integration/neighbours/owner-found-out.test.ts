import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { Places } from '../../../src-main/vault/places.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import {
  account,
  block,
  codes,
  file,
  graces,
  iso,
  renewedByAnother,
  settled,
  text,
  times,
  write,
} from './kit.ts';

test("an adopted login's own spent token stays spent when its owner is learnt only after a renewal", async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const grace = await graces(stage);
  login.keep();
  server.setMood({ endpoint: 'profile', behaviour: REFUSALS.down });
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  clock.advance(3 * SECOND);
  await login.refresh('default');
  const renewed = await stage.credential();
  assert.equal(await server.refreshTokenState(grace.refreshToken ?? ''), 'spent');
  server.setMood({ endpoint: 'profile', behaviour: { kind: 'well' } });
  clock.advance(3 * SECOND);
  await login.catchUp();
  await until('her name', () => (account(login).owner?.email === 'grace@example.org' ? true : undefined));
  await login.catchUp();
  // Somebody pastes the old block under an id of its own.
  await write(
    stage,
    block('default', renewed, iso(renewed.accessExpiresAt ?? 0)),
    block('work', grace, iso(clock.now() + 8 * HOUR)),
  );
  await login.catchUp();
  clock.advance(3 * SECOND);
  await login.refresh('work');
  assert.equal(times(grace.refreshToken), 1, 'the spent token was presented again');
  assert.equal(await server.refreshTokenState(renewed.refreshToken ?? ''), 'live');
});

test('where the profile cannot be had the answer to a renewal tells whose login was put over ours, and ours is offered', async (t) => {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  await stage.login.stop();
  stage.server.setMood({ endpoint: 'profile', behaviour: REFUSALS.down });
  await write(stage, block('default', await graces(stage), iso(stage.clock.now() + 8 * HOUR)));
  const command = await stage.open();
  await command.catchUp();
  stage.clock.advance(8 * HOUR);
  assert.equal((await command.refresh('default')).kind, 'refreshed');
  assert.equal(account(command).owner?.email, 'grace@example.org');
  const { id } =
    command.snapshot.accounts.find((each) => each.id !== 'default') ?? assert.fail('ours is gone');
  await command.putBack(id);
  assert.equal((await command.refresh(id)).kind, 'refreshed');
  assert.equal(times(ours.refreshToken), 1);
});

test('killed when somebody else’s sign-in over ours has been found out: ours is given back by the next one', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const ours = await stage.credential();
  const killed = t.mock.method(Vault.prototype, 'keepDisplaced', () => Promise.reject(new Error('killed')));
  login.keep();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await until('her to be found out', () => (killed.mock.callCount() > 0 ? true : undefined));
  await login.stop();
  killed.mock.restore();

  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await later.refresh('default');
  const lost = await until('ours to be offered', () =>
    later.snapshot.accounts.find(({ id }) => id !== 'default'),
  );
  await later.putBack(lost.id);
  clock.advance(3 * SECOND);
  assert.equal((await later.refresh(lost.id)).kind, 'refreshed');
  assert.equal(times(ours.refreshToken), 1);
});

test('no app runs: a command that renews another program’s sign-in asks whose it is, and only while nobody knows', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  await login.stop();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  const asked = () => server.requests.filter(({ path }) => path.includes('profile')).length;
  const before = asked();
  const terminal = await stage.open();
  await terminal.catchUp();
  assert.equal(asked(), before, 'a command that only looks has asked');
  for (const is of ['asked', 'known by then']) {
    clock.advance(8 * HOUR);
    assert.equal((await terminal.refresh('default')).kind, 'refreshed');
    assert.equal(asked(), before + 1, is);
    assert.equal(account(terminal).owner?.email, 'grace@example.org');
  }
  const lost = terminal.snapshot.accounts.find(({ id }) => id !== 'default');
  assert.equal(lost?.owner?.email, 'ada@example.org');
  assert.equal(lost.whereabouts, 'copy');
});

test('… and where nobody tells, it is renewed all the same', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  await login.stop();
  await write(stage, block('default', await stage.foreignCredential(), iso(clock.now() + 8 * HOUR)));
  const terminal = await stage.open();
  await terminal.catchUp();
  server.setMood({ endpoint: 'profile', behaviour: REFUSALS.down });
  clock.advance(8 * HOUR);
  assert.equal((await terminal.refresh('default')).kind, 'refreshed');
  assert.deepEqual(codes(terminal), []);
});

for (const isRunning of [true, false]) {
  test(`Grace’s login is written over Ada’s, and Ada’s again, before anybody tells whose: Ada’s goes on; the app runs: ${isRunning}`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock } = stage;
    const adas = await text(stage);
    server.setMood({ endpoint: 'profile', behaviour: REFUSALS.down });
    if (isRunning) login.keep();
    for (const content of [file(block('default', await graces(stage), iso(clock.now() + 8 * HOUR))), adas]) {
      await writeAsOthersDo(stage.configFile, content);
      await login.catchUp();
      await settled(login);
    }
    server.setMood({ endpoint: 'profile', behaviour: { kind: 'well' } });
    if (!isRunning) login.keep();
    await login.catchUp();
    await settled(login);
    await login.catchUp();
    assert.deepEqual(codes(login), []);
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    const lost = login.snapshot.accounts.find(({ id }) => id !== 'default');
    assert.equal(lost?.owner?.email, 'grace@example.org');
    assert.equal(lost.whereabouts, 'copy');
  });
}

/** Grace's file is written over Ada's for a while, a command looks once, and Ada's comes back. */
async function switchedAndBack(stage: Stage): Promise<void> {
  const adas = await text(stage);
  await stage.login.stop();
  await write(stage, block('default', await graces(stage), iso(stage.clock.now() + 8 * HOUR)));
  const command = await stage.open();
  await command.catchUp();
  await command.stop();
  await writeAsOthersDo(stage.configFile, adas);
}

test('files are switched and switched back, one command in between: the app asks whose was there, and lets both copies go', async (t) => {
  const stage = await signedIn(t);
  const { clock } = stage;
  const ada = await stage.credential();
  await switchedAndBack(stage);
  const app = await stage.open();
  app.keep();
  await app.catchUp();
  await settled(app);
  await app.catchUp();
  assert.deepEqual(codes(app), []);
  const former = async () => (await new Places({ ...stage, keychain: null }).readFormer()).length;
  assert.equal(await former(), 0);
  clock.advance(7.9 * HOUR);
  assert.equal((await app.refresh('default')).kind, 'refreshed');
  assert.equal(times(ada.refreshToken), 1);
  const lost = app.snapshot.accounts.find(({ id }) => id !== 'default');
  assert.equal(lost?.owner?.email, 'grace@example.org');
  assert.equal(lost.whereabouts, 'copy');
});

for (const wanted of ['renewal', 'token'] as const) {
  test(`… and where no app runs, the command that is to give a ${wanted} asks`, async (t) => {
    const stage = await signedIn(t);
    const ada = await stage.credential();
    await switchedAndBack(stage);
    const command = await stage.open();
    await command.catchUp();
    assert.deepEqual(codes(command), ['entry-replaced']);
    stage.clock.advance(7.9 * HOUR);
    if (wanted === 'renewal') assert.equal((await command.refresh('default')).kind, 'refreshed');
    else assert.notEqual(await command.accessToken('default', 10 * MINUTE), ada.accessToken);
    assert.equal(times(ada.refreshToken), 1);
    assert.deepEqual(codes(command), []);
  });
}

test('… as where Ada’s stands under another id, and Grace’s still under hers', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const at = iso(stage.clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('work', ada, at));
  await stage.login.catchUp();
  await stage.login.stop();
  await write(stage, block('default', ada, at), block('work', await graces(stage), at));
  const command = await stage.open();
  await command.catchUp();
  stage.clock.advance(7.9 * HOUR);
  assert.equal((await command.refresh('default')).kind, 'refreshed');
  assert.equal(times(ada.refreshToken), 1);
});

test('… and what another program has renewed stays spent', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  await login.stop();
  const [ada, adas] = [await stage.credential(), await text(stage)];
  await write(stage, block('default', await renewedByAnother(stage, ada), iso(clock.now() + 8 * HOUR)));
  const command = await stage.open();
  await command.catchUp();
  await writeAsOthersDo(stage.configFile, adas);
  const later = await stage.open();
  await later.catchUp();
  assert.equal((await later.refresh('default')).kind, 'entry-lost');
  assert.equal(times(ada.refreshToken), 1, 'what another program had spent was presented again');
});
