import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { block, codes, iso, times, write } from './kit.ts';

test("another program's renewal is taken although our clock was ten hours ahead when we renewed", async (t) => {
  const keychain = new MemoryKeychain();
  const clock = new FakeClock(Date.now() + 10 * HOUR);
  const stage = await signedIn(t, { clock, keychain });
  const { login, server } = stage;
  const first = await stage.credential();
  await login.stop();
  clock.set(Date.now());
  // Another program renews it meanwhile.
  const answer = await directNetwork.fetch(new URL(server.tokenUrl), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'refresh_token',
      client_id: first.clientId,
      refresh_token: first.refreshToken,
    }),
  });
  const got = (await answer.json()) as { access_token: string; refresh_token: string };
  const second = { ...first, accessToken: got.access_token, refreshToken: got.refresh_token };
  await write(stage, block('default', second, iso(Date.now() + 8 * HOUR)));
  const later = await stage.open({ clock, keychain });
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.deepEqual(codes(later), []);
  assert.equal(times(first.refreshToken), 1, 'the token before was presented');
  assert.equal(await server.refreshTokenState(second.refreshToken), 'spent');
});
