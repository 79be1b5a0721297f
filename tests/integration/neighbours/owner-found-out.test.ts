import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { account, block, graces, iso, times, write } from './kit.ts';

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
