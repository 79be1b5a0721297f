import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { DAY, MINUTE } from '../../../src-main/domain/instant.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { accountOf, signedIn } from '../../support/login/signed-in.ts';
import { startPracticeServer } from '../../support/practice/practice-server.ts';

test('a day without the service: few tries, and it resumes within a minute of its return', async (t) => {
  let probing = 0;
  let tries = 0;
  const stage = await signedIn(t, {
    accessTokenSeconds: 3_600,
    isReachable: async (url) => {
      probing += 1;
      return directNetwork.isReachable(url).finally(() => (probing -= 1));
    },
    fetch: (url, init) => {
      if (url.pathname.endsWith('/token')) tries += 1;
      return directNetwork.fetch(url, init);
    },
  });
  const { login, clock, server } = stage;
  tries = 0;
  login.keep();
  /** Lets time pass to the next timer, and what it starts come to its end. */
  const pass = async () => {
    clock.advance(Math.min(clock.untilNext, MINUTE));
    do await turn();
    while (probing > 0 || login.isBusy);
  };

  const port = Number(new URL(server.tokenUrl).port);
  await server.close();
  const end = clock.now() + DAY;
  while (clock.now() < end) await pass();
  t.diagnostic(`${tries} tries in a day`);
  assert.ok(tries > 5 && tries < 20, String(tries));
  assert.deepEqual(
    accountOf(login).troubles.map(({ code }) => code),
    ['network-down'],
  );

  // The same port, a server that has forgotten the login: what counts is when it is asked.
  await using back = await startPracticeServer({ port });
  const returned = clock.now();
  while (back.tokenRequestsBegun === 0 && clock.now() - returned < DAY) await pass();
  assert.ok(clock.now() - returned <= MINUTE, `asked ${clock.now() - returned} ms after its return`);
});
