import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, codes, times } from './kit.ts';

test('a token host that was set by mistake does not end a login that another one gave', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const first = await stage.credential();
  await login.stop();
  const mistaken = createServer((_, answer) => {
    answer.writeHead(400, { 'Content-Type': 'application/json' });
    answer.end(JSON.stringify({ error: 'invalid_grant' }));
  });
  t.after(() => mistaken.close());
  await once(mistaken.listen(0, '127.0.0.2'), 'listening');
  const { port } = mistaken.address() as AddressInfo;
  const { authorizeUrl, apiUrl } = server;
  const tokenUrl = `http://127.0.0.2:${port}/v1/oauth/token`;
  clock.advance(8 * HOUR);
  const astray = await stage.open({ endpoints: readEndpoints({ authorizeUrl, apiUrl, tokenUrl }) });
  await astray.catchUp();
  await astray.refresh('default');
  assert.deepEqual(account(astray).troubles, [
    { code: 'answer-unexpected', host: `127.0.0.2:${port}`, reason: 'not-the-issuer' },
  ]);
  await astray.stop();

  const later = await stage.open();
  await later.catchUp();
  await later.refresh('default');
  assert.deepEqual(codes(later), []);
  assert.equal(times(first.refreshToken), 2);
  assert.equal(await server.refreshTokenState(first.refreshToken ?? ''), 'spent');
});
