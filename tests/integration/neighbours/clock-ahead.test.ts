import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { block, codes, iso, times, write, renewedByAnother } from './kit.ts';

test("another program's renewal is taken although our clock was ten hours ahead when we renewed", async (t) => {
  const keychain = new MemoryKeychain();
  const clock = new FakeClock(Date.now() + 10 * HOUR);
  const stage = await signedIn(t, { clock, keychain });
  const { login, server } = stage;
  const first = await stage.credential();
  await login.stop();
  clock.set(Date.now());
  // Another program renews it meanwhile.
  const second = await renewedByAnother(stage, first);
  await write(stage, block('default', second, iso(Date.now() + 8 * HOUR)));
  const later = await stage.open({ clock, keychain });
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.deepEqual(codes(later), []);
  assert.equal(times(first.refreshToken), 1, 'the token before was presented');
  assert.equal(await server.refreshTokenState(String(second.refreshToken)), 'spent');
});
