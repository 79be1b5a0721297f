import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { block, graces, write } from './kit.ts';

test("another program's expires_at is years ahead: its login is never renewed and called valid", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const grace = await graces(stage);
  await write(stage, block('default', grace, '2099-01-01T00:00:00Z'));
  login.keep();
  await login.catchUp();
  await new Promise((resolve) => setTimeout(resolve, 300));
  clock.advance(27 * DAY);
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(
    (await stage.credential()).refreshToken === grace.refreshToken,
    false,
    'not renewed in 27 days',
  );
});
