import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { FailureError } from '../../../src-main/domain/failure.ts';
import type { Http } from '../../../src-main/oauth/http.ts';
import { TokenEndpoint, type CodeGrant } from '../../../src-main/oauth/token-endpoint.ts';
import { deadUrl, json, startScriptedServer } from '../../support/scripted-server.ts';

const STATE = 's'.repeat(43);
const NOW = Date.UTC(2026, 10, 23, 9);
const http: Http = { fetch: globalThis.fetch, userAgent: 'Latchkey/test', now: () => NOW };
const date = new Date(NOW).toUTCString();
const never = new AbortController().signal;

function grant(parameters: Record<string, string> = { code: 'the-code', state: STATE }): CodeGrant {
  return {
    issuer: 'https://issuer.example',
    callbackParameters: new URLSearchParams(parameters),
    state: STATE,
    codeVerifier: 'v'.repeat(43),
    redirectUri: 'http://localhost:8765/callback',
  };
}

/** Exchanges against servers that answer so, and tells how it ended and what they were asked. */
async function exchange(
  answers: readonly ((response: ServerResponse) => void)[],
  given: CodeGrant = grant(),
): Promise<{ outcome: unknown; asked: readonly number[]; bodies: unknown[]; headers: unknown[] }> {
  await using stack = new AsyncDisposableStack();
  const servers = [];
  for (const answer of answers) {
    servers.push(stack.use(await startScriptedServer((_, response) => answer(response))));
  }
  const endpoint = new TokenEndpoint(
    servers.map(({ url }) => new URL('/v1/oauth/token', url)),
    http,
  );
  const outcome: unknown = await endpoint.exchange(given, never).catch((error: unknown) => error);
  const received = servers.flatMap((server) => server.received);
  return {
    outcome,
    asked: servers.map((server) => server.received.length),
    bodies: received.map(({ body }) => JSON.parse(body) as unknown),
    headers: received.map(({ headers }) => headers),
  };
}

function failure(outcome: unknown): Failure {
  assert.ok(outcome instanceof FailureError, String(outcome));
  return outcome.failure;
}

const full = {
  access_token: 'sk-ant-oat01-access',
  token_type: 'Bearer',
  expires_in: 28_800,
  refresh_token: 'sk-ant-ort01-refresh',
  refresh_token_expires_in: 2_419_200,
  scope: 'user:profile user:inference',
  account: { uuid: 'a-uuid', email_address: 'ada@example.org' },
  organization: { uuid: 'o-uuid', name: 'Analytical Engines' },
};
const good = (response: ServerResponse) => json(response, 200, full, { Date: date });

test('the exchange is sent as JSON with exactly the fields every client sends', async () => {
  const { outcome, bodies, headers } = await exchange([good]);
  assert.deepEqual(bodies, [
    {
      grant_type: 'authorization_code',
      code: 'the-code',
      state: STATE,
      client_id: '9d1c250a-e61b-44d9-88ed-5944d1962f5e',
      redirect_uri: 'http://localhost:8765/callback',
      code_verifier: 'v'.repeat(43),
    },
  ]);
  const [sent] = headers as Record<string, string>[];
  assert.equal(sent?.['content-type'], 'application/json');
  assert.equal(sent['user-agent'], 'Latchkey/test');
  assert.deepEqual(outcome, {
    accessToken: full.access_token,
    refreshToken: full.refresh_token,
    expiresIn: 28_800,
    loginExpiresIn: 2_419_200,
    scopes: ['user:profile', 'user:inference'],
    accountUuid: 'a-uuid',
    email: 'ada@example.org',
    organizationUuid: 'o-uuid',
    organizationName: 'Analytical Engines',
    receivedAt: NOW,
    clockOffSeconds: 0,
  });
});

test('every field but the access token may be missing', async () => {
  const { outcome } = await exchange([
    (response) => json(response, 200, { access_token: 'only' }, { Date: date }),
  ]);
  assert.deepEqual(outcome, {
    accessToken: 'only',
    refreshToken: null,
    expiresIn: null,
    loginExpiresIn: null,
    scopes: null,
    accountUuid: null,
    email: null,
    organizationUuid: null,
    organizationName: null,
    receivedAt: NOW,
    clockOffSeconds: 0,
  });
});

for (const expiresIn of [0, -5, 1e12, 'soon', null]) {
  test(`an expires_in of ${String(expiresIn)} does not lose the credential`, async () => {
    const { outcome } = await exchange([
      (response) => json(response, 200, { ...full, expires_in: expiresIn }),
    ]);
    assert.equal((outcome as { accessToken: string }).accessToken, full.access_token);
  });
}

test('a server clock more than two minutes away is told, by sign and size', async () => {
  const serverDate = new Date(NOW - 600_000).toUTCString();
  const { outcome } = await exchange([(response) => json(response, 200, full, { Date: serverDate })]);
  assert.equal((outcome as { clockOffSeconds: number }).clockOffSeconds, 600);
});

const html = { 'Content-Type': 'text/html; charset=UTF-8' };
const REFUSALS: readonly (readonly [string, (response: ServerResponse) => void, Partial<Failure>])[] = [
  [
    'invalid_grant',
    (r) => json(r, 400, { error: 'invalid_grant', error_description: 'expired' }),
    { code: 'grant-refused' },
  ],
  [
    'a malformed request, in the nested shape',
    (r) =>
      json(r, 400, {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'Invalid request format' },
        request_id: 'req_011',
      }),
    { code: 'request-malformed', message: 'Invalid request format', requestId: 'req_011' },
  ],
  [
    'a nested error that merely mentions invalid_grant',
    (r) =>
      json(r, 400, { type: 'error', error: { type: 'invalid_request_error', message: 'invalid_grant' } }),
    { code: 'request-malformed', message: 'invalid_grant', requestId: null },
  ],
  [
    '429 with Retry-After in seconds',
    (r) => json(r, 429, { error: { type: 'rate_limit_error' } }, { 'Retry-After': '120' }),
    { code: 'rate-limited', retryAfterSeconds: 120 },
  ],
  [
    '429 with Retry-After as a date',
    (r) => json(r, 429, {}, { 'Retry-After': new Date(NOW + 90_000).toUTCString() }),
    { code: 'rate-limited', retryAfterSeconds: 90 },
  ],
  [
    '429 with an absurd Retry-After, capped at six hours',
    (r) => json(r, 429, {}, { 'Retry-After': '99999999' }),
    { code: 'rate-limited', retryAfterSeconds: 21_600 },
  ],
  ['429 without Retry-After', (r) => json(r, 429, {}), { code: 'rate-limited', retryAfterSeconds: null }],
  [
    "Cloudflare's challenge",
    (r) => void r.writeHead(403, { ...html, 'cf-mitigated': 'challenge' }).end('Just a moment...'),
    { code: 'network-challenge' },
  ],
  [
    'any other web page with 403',
    (r) => void r.writeHead(403, html).end('blocked'),
    { code: 'network-challenge' },
  ],
  ['404', (r) => void r.writeHead(404).end(), { code: 'token-endpoint-missing' }],
  ['503', (r) => void r.writeHead(503).end('busy'), { code: 'service-down', status: 503 }],
  [
    'a redirect',
    (r) => void r.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
    { code: 'answer-unexpected' },
  ],
  ['200 that is not JSON', (r) => void r.writeHead(200).end('hello'), { code: 'answer-unexpected' }],
  ['200 without an access token', (r) => json(r, 200, {}), { code: 'answer-unexpected' }],
  [
    'a token type that is not Bearer',
    (r) => json(r, 200, { ...full, token_type: 'mac' }),
    { code: 'answer-unexpected' },
  ],
  [
    'an oversized answer',
    (r) => json(r, 200, { ...full, padding: 'x'.repeat(300_000) }),
    { code: 'answer-unexpected' },
  ],
  ['a reset after the request', (r) => void r.destroy(), { code: 'answer-lost' }],
  [
    'an answer cut short',
    (r) => void r.writeHead(200, { 'Content-Length': 10_000 }).write('{', () => r.destroy()),
    { code: 'answer-lost' },
  ],
];

for (const [what, answer, expected] of REFUSALS) {
  test(`refused: ${what}`, async () => {
    const { outcome, asked } = await exchange([answer]);
    assert.partialDeepStrictEqual(failure(outcome), expected);
    assert.deepEqual(asked, [1], 'asked once, never again');
  });
}

test('nobody listening is no connection, and nothing was lost', async () => {
  const endpoint = new TokenEndpoint([await deadUrl()], http);
  const outcome: unknown = await endpoint.exchange(grant(), never).catch((error: unknown) => error);
  assert.equal(failure(outcome).code, 'network-down');
});

for (const [what, answer] of [
  ['404', (r: ServerResponse) => void r.writeHead(404).end()],
  ['a challenge', (r: ServerResponse) => void r.writeHead(403, { 'cf-mitigated': 'challenge' }).end()],
] as const) {
  test(`the second token URL is asked after ${what}`, async () => {
    const { outcome, asked } = await exchange([answer, good]);
    assert.equal((outcome as { accessToken: string }).accessToken, full.access_token);
    assert.deepEqual(asked, [1, 1]);
  });
}

test('the second token URL is asked where nobody listens at the first', async () => {
  await using server = await startScriptedServer((_, response) => good(response));
  const endpoint = new TokenEndpoint([await deadUrl(), server.url], http);
  assert.equal((await endpoint.exchange(grant(), never)).accessToken, full.access_token);
});

for (const [what, answer] of [
  ['a lost answer', (r: ServerResponse) => void r.destroy()],
  ['500', (r: ServerResponse) => void r.writeHead(500).end()],
  ['invalid_grant', (r: ServerResponse) => json(r, 400, { error: 'invalid_grant' })],
  ['429', (r: ServerResponse) => json(r, 429, {})],
] as const) {
  test(`the second token URL is never asked after ${what}, which may have spent the code`, async () => {
    const { asked } = await exchange([answer, good]);
    assert.deepEqual(asked, [1, 0]);
  });
}

test('an error from the authorization endpoint is told apart, and no token is asked for', async () => {
  const denied = await exchange([good], grant({ error: 'access_denied', state: STATE }));
  assert.equal(failure(denied.outcome).code, 'access-denied');
  const other = await exchange([good], grant({ error: 'server_error', state: STATE }));
  assert.deepEqual(failure(other.outcome), { code: 'authorization-refused', error: 'server_error' });
  assert.deepEqual([...denied.asked, ...other.asked], [0, 0]);
});

test('an answer that names another issuer is refused (RFC 9207), one that names the right one is taken', async () => {
  const parameters = { code: 'the-code', state: STATE };
  const wrong = await exchange([good], grant({ ...parameters, iss: 'https://other.example' }));
  assert.equal(failure(wrong.outcome).code, 'authorization-refused');
  assert.deepEqual(wrong.asked, [0]);
  const right = await exchange([good], grant({ ...parameters, iss: 'https://issuer.example' }));
  assert.deepEqual(right.asked, [1]);
});

test('a cancelled exchange ends at once with the reason of the cancellation', async () => {
  await using server = await startScriptedServer(() => undefined);
  const cancel = new AbortController();
  const outcome = new TokenEndpoint([server.url], http).exchange(grant(), cancel.signal);
  setImmediate(() => cancel.abort());
  await assert.rejects(outcome, { name: 'AbortError' });
});

test('no secret of the attempt is in any failure, even where the server quotes it back', async () => {
  const secrets = { code: 'c0de-'.repeat(8), verifier: 'v'.repeat(43), state: STATE };
  const echo = `bad code ${secrets.code} verifier ${secrets.verifier} state ${secrets.state}`;
  const { outcome } = await exchange(
    [
      (response) =>
        json(response, 400, { type: 'error', error: { type: 'invalid_request_error', message: echo } }),
    ],
    grant({ code: secrets.code, state: STATE }),
  );
  const told = JSON.stringify(failure(outcome)) + String((outcome as Error).stack);
  for (const secret of Object.values(secrets)) assert.ok(!told.includes(secret), secret);
});
