import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, block, codes, iso, times, write } from './kit.ts';

test('an expiry at the end of year 9999, west of Greenwich, in one entry costs nobody what is known', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const first = await stage.credential();
  await login.refresh('default');
  clock.advance(10_000);
  const second = await stage.credential();
  const other = await stage.foreignCredential();
  // Some program writes "never" for a login of its own.
  await write(
    stage,
    block('default', second, iso(clock.now() + 7 * HOUR)),
    block('other', other, '9999-12-31T23:59:59-08:00'),
  );
  await login.catchUp();
  // A backup comes back.
  await write(
    stage,
    block('default', first, iso(clock.now() + 7 * HOUR)),
    block('other', other, '9999-12-31T23:59:59-08:00'),
  );
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent token was presented again');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
  assert.ok(codes(login).includes('entry-replaced'));
  assert.ok(account(login).history.length > 0, 'all that was known is forgotten');
  assert.deepEqual(
    (await readdir(stage.dataDir)).filter((name) => name.includes('broken')),
    [],
  );
});
