import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { block, codes, iso, times, write } from './kit.ts';

test('the old block of a login that got another id is told as lost when it comes back, and never presented', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const first = await stage.credential();
  await login.refresh('default');
  const second = await stage.credential();
  clock.advance(3 * SECOND);
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', first, at), block('work', second, at));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced'], 'a spent token is adopted, and called valid');
  assert.deepEqual(await login.refresh('default'), { kind: 'entry-lost' });
  assert.equal(times(first.refreshToken), 1);
});
