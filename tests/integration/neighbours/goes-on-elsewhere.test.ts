import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, settled, text, times, write, renewedByAnother } from './kit.ts';

const ownerTold = (login: Login, id: string) => {
  login.keep();
  return until('its owner to be told', () => account(login, id).owner ?? undefined);
};
const told = (login: Login, id = 'default') =>
  account(login, id).troubles.map((each) => ('goesOnAs' in each ? each.goesOnAs : null));
const givenBack = (login: Login) =>
  until('ours to be given back', () =>
    login.snapshot.accounts.find(({ id, troubles }) => id === 'account-2' && troubles.length > 0),
  );

for (const isRunning of [true, false]) {
  test(`another program renews ours under an id of its own: the one before is not put back (${isRunning ? 'running' : 'started later'})`, async (t) => {
    const stage = await signedIn(t);
    const { clock } = stage;
    const ada = await stage.credential();
    if (!isRunning) await stage.login.stop();
    await write(stage, block('claude-max', await renewedByAnother(stage, ada), iso(clock.now() + 8 * HOUR)));
    const login = isRunning ? stage.login : await stage.open();
    await login.catchUp();
    // Before it is told whose that is, and afterwards.
    for (const wait of [() => Promise.resolve(), () => ownerTold(login, 'claude-max')]) {
      await wait();
      assert.deepEqual([codes(login), told(login)], [['entry-removed'], ['claude-max']]);
      assert.equal(account(login).whereabouts, 'nowhere');
      await login.putBack('default');
      assert.ok(!(await text(stage)).includes(String(ada.refreshToken)));
    }
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('claude-max')).kind, 'refreshed');
    assert.equal(times(ada.refreshToken), 1);
  });
}

test('somebody else’s login that comes as ours goes keeps nothing from being put back', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const grace = await graces(stage);
  await write(stage, block('work', grace, iso(stage.clock.now() + 8 * HOUR)));
  await stage.login.catchUp();
  await ownerTold(stage.login, 'work');
  await stage.login.putBack('default');
  assert.deepEqual(codes(stage.login), []);
  assert.ok((await text(stage)).includes(String(ada.refreshToken)));
});

for (const isAtOnce of [true, false]) {
  test(`ours is renewed under an id of its own, and Grace’s login gets the one that is free (${isAtOnce ? 'at once' : 'later'}): ours, given back, is not put back`, async (t) => {
    const stage = await signedIn(t);
    const { login } = stage;
    const at = iso(stage.clock.now() + 8 * HOUR);
    const [ada, grace] = [await stage.credential(), await graces(stage)];
    const renewed = block('personal', await renewedByAnother(stage, ada), at);
    if (!isAtOnce) {
      await write(stage, renewed);
      await login.catchUp();
    }
    await write(stage, renewed, block('default', grace, at));
    await login.catchUp();
    await ownerTold(login, 'personal');
    const lost = await givenBack(login);
    assert.deepEqual(told(login, lost.id), ['personal']);
    await login.putBack(lost.id);
    assert.ok(!(await text(stage)).includes(String(ada.refreshToken)));
  });
}

test('Grace’s login is written over ours, and what still held ours writes it there, renewed: ours, given back, is not put back', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const ada = await stage.credential();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  login.keep();
  await givenBack(login);
  clock.advance(HOUR);
  await write(stage, block('default', await renewedByAnother(stage, ada), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  // Before it is told whose that is, and afterwards.
  for (const wait of [() => Promise.resolve(), () => settled(login)]) {
    await wait();
    assert.deepEqual(told(login, 'account-2'), ['default']);
    await login.putBack('account-2');
    assert.ok(!(await text(stage)).includes(String(ada.refreshToken)));
  }
  assert.equal(account(login).owner?.email, 'ada@example.org');
});

test('nor does the same person’s other login that was there before', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const other = block('other', await stage.foreignCredential(), iso(stage.clock.now() + 8 * HOUR));
  await write(stage, block('default', ada, iso(stage.clock.now() + 8 * HOUR)), other);
  await stage.login.catchUp();
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  const ours = await stage.credential();
  await writeAsOthersDo(
    stage.configFile,
    (await text(stage)).replace(/ {6}- id: default[^]*?(?= {6}- id)/, ''),
  );
  await stage.login.catchUp();
  await stage.login.putBack('default');
  assert.deepEqual(codes(stage.login), []);
  assert.ok((await text(stage)).includes(String(ours.refreshToken)));
});
