import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import {
  authorizationUrl,
  createAuthorizationSecrets,
} from '../../../src-main/oauth/authorization-request.ts';

test('verifier and state are 32 random bytes each, fresh and independent of each other', async () => {
  const attempts = await Promise.all(Array.from({ length: 50 }, () => createAuthorizationSecrets()));
  const values = attempts.flatMap(({ codeVerifier, state }) => [codeVerifier, state]);
  assert.equal(new Set(values).size, 100);
  for (const value of values) {
    assert.match(value, /^[\w-]{43}$/);
    assert.equal(Buffer.from(value, 'base64url').length, 32);
  }
});

test("the challenge is S256 of the verifier, also for RFC 7636's own example", async () => {
  const { codeVerifier, codeChallenge } = await createAuthorizationSecrets();
  const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');
  assert.equal(codeChallenge, s256(codeVerifier));
  assert.equal(
    s256('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'),
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('the authorization URL asks for what the seed asks for, and keeps what the endpoint had', () => {
  const url = new URL(
    authorizationUrl(
      new URL('https://claude.ai/oauth/authorize?kept=1'),
      { codeChallenge: 'challenge', state: 'state' },
      'http://localhost:8765/callback',
    ),
  );
  assert.equal(url.origin + url.pathname, 'https://claude.ai/oauth/authorize');
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    kept: '1',
    client_id: '9d1c250a-e61b-44d9-88ed-5944d1962f5e',
    response_type: 'code',
    redirect_uri: 'http://localhost:8765/callback',
    scope: 'org:create_api_key user:profile user:inference',
    code_challenge: 'challenge',
    code_challenge_method: 'S256',
    state: 'state',
  });
});
