import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import { concernOf } from '../../../src-main/domain/standing.ts';
import type { Fetch } from '../../../src-main/network/network.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { account, kinds, settled } from './kit.ts';

/** The service tells of the login's end at the sign-in alone. */
const fetch: Fetch = async (url, init) => {
  const answer = await directNetwork.fetch(url, init);
  const isRenewal = typeof init?.body === 'string' && init.body.includes('"grant_type":"refresh_token"');
  if (!isRenewal || !answer.ok) return answer;
  const body = (await answer.json()) as object;
  return Response.json({ ...body, refresh_token_expires_in: undefined });
};

test('signed in while the clock was weeks behind: a login that is renewed is not called over', async (t) => {
  const { login, clock } = await signedIn(t, { fetch });
  clock.set(clock.now() + 40 * DAY);
  assert.equal(concernOf(account(login), clock.now()), 'person');
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(concernOf(account(login), clock.now()), 'none');
  clock.advance(7.9 * HOUR);
  await login.refresh('default');
  assert.equal(account(login).loginExpiresAt, null);
});

test('the clock is set weeks ahead: nobody is asked to sign in before a renewal was tried', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const told: string[] = [];
  login.onNotification(({ topic }) => told.push(topic));
  clock.set(clock.now() + 40 * DAY);
  login.keep();
  await settled(login, 0);
  assert.equal(kinds(login).at(-1), 'refreshed');
  assert.deepEqual(told, []);
});
