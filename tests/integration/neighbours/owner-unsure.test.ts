import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { until } from '../../support/desktop/until.ts';
import { account, block, graces, iso, presented, text, write, renewedByAnother } from './kit.ts';

test('Grace’s login is adopted and renewed before anybody knows that it is hers', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const at = iso(clock.now() + 8 * HOUR);
  const ada = await stage.credential();
  const g0 = await graces(stage);
  await write(stage, block('default', g0, at));
  await login.catchUp();
  const g1 = await renewedByAnother(stage, g0);
  await write(stage, block('default', g1, at));
  await login.catchUp();
  login.keep();
  await login.catchUp();
  await until('the owner to be found', () =>
    account(login).owner?.email === 'grace@example.org' ? true : undefined,
  );
  presented.length = 0;
  // A backup comes back.
  await write(stage, block('default', g0, at));
  await login.catchUp();
  clock.advance(10 * SECOND);
  await login.refresh('default');
  assert.ok(!presented.includes(String(g0.refreshToken)), 'a spent token was presented again');
  assert.ok(ada);
});

test('… and Ada’s, which lives, is no spent one when it comes back', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const at = iso(clock.now() + 8 * HOUR);
  const ada = await stage.credential();
  const g0 = await graces(stage);
  await write(stage, block('default', g0, at));
  await login.catchUp();
  const g1 = await renewedByAnother(stage, g0);
  await write(stage, block('default', g1, at));
  await login.catchUp();
  login.keep();
  await login.catchUp();
  await until('the owner to be found', () =>
    account(login).owner?.email === 'grace@example.org' ? true : undefined,
  );
  await login.catchUp();
  await write(stage, block('default', g1, at), block('ada', ada, at));
  await login.catchUp();
  clock.advance(10 * SECOND);
  const outcome = await login.refresh('ada');
  assert.equal(outcome.kind, 'refreshed', 'a living login is taken for spent for good');
});

test('somebody else signs in over one of two entries of ours, and nobody tells who: the other one is not put back to theirs', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const ours = await stage.credential();
  const grace = await graces(stage);
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('work', ours, at), block('default', ours, at));
  await login.catchUp();
  await write(stage, block('work', ours, at), block('default', grace, at));
  await login.catchUp();
  await login.putBack('work').catch(() => undefined);
  const now = await text(stage);
  assert.equal(now.split(String(grace.refreshToken)).length, 2, 'hers stands there twice');
  assert.ok(now.includes(String(ours.refreshToken)), 'ours is not there any more');
});
