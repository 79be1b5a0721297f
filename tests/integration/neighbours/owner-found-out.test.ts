import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
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
