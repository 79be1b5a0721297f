import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, block, iso, settled, times, write } from './kit.ts';

for (const days of [30, 300, 30_000]) {
  test(`our own token is written again, its end ${days} days ahead: it is renewed when the service said`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock } = stage;
    const ours = await stage.credential();
    const { accessExpiresAt } = account(login);
    login.keep();
    await write(stage, block('default', ours, iso(clock.now() + days * DAY)));
    await login.catchUp();
    assert.ok((account(login).accessExpiresAt ?? Infinity) - (accessExpiresAt ?? 0) < MINUTE);
    clock.advance(6 * HOUR);
    login.look();
    await settled(login);
    assert.equal(times(ours.refreshToken), 0);
    clock.advance(2 * HOUR);
    login.look();
    await settled(login);
    assert.equal(times(ours.refreshToken), 1);
  });
}

test('… and an earlier end is believed', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const end = Math.floor((clock.now() + HOUR) / 1000) * 1000;
  await write(stage, block('default', await stage.credential(), iso(end)));
  await login.catchUp();
  assert.equal(account(login).accessExpiresAt, end);
});
