import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { until } from '../../support/desktop/until.ts';
import { json, startScriptedServer } from '../../support/scripted-server.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { startPracticeServer } from '../../support/practice/practice-server.ts';
import { account, block, codes, graces, iso, kinds, renewedByAnother, times, write } from './kit.ts';

/** One that knows nothing of any login, and says so. */
async function mistakenHost(t: TestContext, { server: { authorizeUrl, apiUrl } }: Stage) {
  const mistaken = createServer((_, answer) => {
    answer.writeHead(400, { 'Content-Type': 'application/json' });
    answer.end(JSON.stringify({ error: 'invalid_grant' }));
  });
  t.after(() => mistaken.close());
  await once(mistaken.listen(0, '127.0.0.2'), 'listening');
  const { port } = mistaken.address() as AddressInfo;
  const tokenUrl = `http://127.0.0.2:${port}/v1/oauth/token`;
  return { host: `127.0.0.2:${port}`, endpoints: readEndpoints({ authorizeUrl, apiUrl, tokenUrl }) };
}

test('a token host that was set by mistake does not end a login that another one gave', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const first = await stage.credential();
  await login.stop();
  const { host, endpoints } = await mistakenHost(t, stage);
  clock.advance(8 * HOUR);
  const astray = await stage.open({ endpoints });
  await astray.catchUp();
  await astray.refresh('default');
  assert.deepEqual(account(astray).troubles, [{ code: 'answer-unexpected', host, reason: 'not-the-issuer' }]);
  await astray.stop();

  const later = await stage.open();
  await later.catchUp();
  await later.refresh('default');
  assert.deepEqual(codes(later), []);
  assert.equal(times(first.refreshToken), 1, 'a token goes to nobody but who gave it');
  assert.equal(await server.refreshTokenState(first.refreshToken ?? ''), 'spent');
});

test('nor is it written over by what such a host answers', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const first = await stage.credential();
  await login.stop();
  await using mock = await startScriptedServer((_, response) =>
    json(response, 200, { access_token: 'mock-access', refresh_token: 'mock-refresh', expires_in: 3600 }),
  );
  const { authorizeUrl, apiUrl } = server;
  // Hosts are told apart by their names.
  const tokenUrl = `http://localhost:${mock.url.port}/v1/oauth/token`;
  clock.advance(8 * HOUR);
  const astray = await stage.open({ endpoints: readEndpoints({ authorizeUrl, apiUrl, tokenUrl }) });
  await astray.catchUp();
  assert.equal((await astray.refresh('default')).kind, 'refused');
  assert.deepEqual(mock.received, []);
  assert.deepEqual(await stage.credential(), first);
});

test('nor one that another program got, of which nobody knows who gave it: it goes on once the address is right', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const theirs = await stage.foreignCredential();
  await login.signOut('default');
  await login.stop();
  await write(stage, block('work', theirs, iso(clock.now() + 8 * HOUR)));
  const { endpoints } = await mistakenHost(t, stage);
  const astray = await stage.open({ endpoints });
  await astray.catchUp();
  clock.advance(8 * HOUR);
  await astray.refresh('work');
  assert.deepEqual(codes(astray, 'work'), ['grant-refused'], 'nobody can know better here');
  await astray.catchUp();
  assert.deepEqual(codes(astray, 'work'), ['grant-refused']);
  await astray.stop();

  const later = await stage.open();
  await later.catchUp();
  assert.ok(!codes(later, 'work').includes('grant-refused'));
  assert.ok(kinds(later, 'work').includes('refused'), 'it stays in the history');
  assert.equal((await later.refresh('work')).kind, 'refreshed');
  assert.equal(await server.refreshTokenState(theirs.refreshToken ?? ''), 'spent');
});

test('…and once the right host has said the same nobody asks either of them again, whichever a process has', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const theirs = await stage.foreignCredential();
  await login.signOut('default');
  await login.stop();
  await write(stage, block('work', theirs, iso(clock.now() + 8 * HOUR)));
  const { endpoints } = await mistakenHost(t, stage);
  const astray = await stage.open({ endpoints });
  await astray.catchUp();
  clock.advance(8 * HOUR);
  await astray.refresh('work');
  const right = await stage.open();
  await right.catchUp();
  const behaviour = { kind: 'answer', status: 400, body: { error: 'invalid_grant' } } as const;
  server.setMood({ endpoint: 'token', behaviour });
  await right.refresh('work');
  assert.deepEqual(codes(right, 'work'), ['grant-refused']);
  for (const each of [astray, right, astray]) {
    await each.catchUp();
    assert.deepEqual(codes(each, 'work'), ['grant-refused']);
    await each.refresh('work');
  }
  assert.equal(times(theirs.refreshToken), 2);
});

test('what another program signed in for is renewed by the host that is set, whoever gave ours before it', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  await login.stop();
  await using other = await startPracticeServer();
  const tokenUrl = new URL(other.tokenUrl);
  // Hosts are told apart by their names.
  tokenUrl.hostname = 'localhost';
  const { authorizeUrl, apiUrl } = other;
  const endpoints = readEndpoints({ authorizeUrl, apiUrl, tokenUrl: tokenUrl.href });
  const theirs = await graces({ ...stage, open: (changes) => stage.open({ ...changes, endpoints }) });
  clock.advance(HOUR);
  await write(stage, block('default', theirs, iso(clock.now() + 7 * HOUR)));
  const later = await stage.open({ endpoints });
  await later.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
});

test('ours, given back from under somebody else’s sign-in, is shown to nobody but who gave it', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const ours = await stage.credential();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  login.keep();
  await until('ours to be given back', () =>
    login.snapshot.accounts.find(({ id, troubles }) => id === 'account-2' && troubles.length > 0),
  );
  await login.putBack('account-2');
  await login.stop();
  const { endpoints, host } = await mistakenHost(t, stage);
  const astray = await stage.open({ endpoints });
  await astray.catchUp();
  clock.advance(8 * HOUR);
  assert.deepEqual(await astray.refresh('account-2'), {
    kind: 'refused',
    failure: { code: 'answer-unexpected', host, reason: 'not-the-issuer' },
  });
  assert.equal(times(ours.refreshToken), 0);
});

test('nor does such a host tell of what another program wrote over ours that it is no successor', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const renewed = await renewedByAnother(stage, await stage.credential());
  await write(stage, block('default', renewed, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await login.stop();
  const astray = await stage.open({ endpoints: (await mistakenHost(t, stage)).endpoints });
  clock.advance(8 * HOUR);
  assert.equal((await astray.refresh('default')).kind, 'refused');
  const later = await stage.open();
  await later.catchUp();
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(
    later.snapshot.accounts.map(({ id }) => id),
    ['default'],
  );
});

test('such a host refuses what somebody else’s sign-in put over ours, and they sign in here: ours is offered', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await login.stop();
  const astray = await stage.open({ endpoints: (await mistakenHost(t, stage)).endpoints });
  clock.advance(8 * HOUR);
  assert.equal((await astray.refresh('default')).kind, 'refused');
  await astray.stop();
  const later = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await later.signIn('default');
  assert.deepEqual(codes(later, 'account-2'), ['entry-removed']);
});
