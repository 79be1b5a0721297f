import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { AskedToWait } from '../../../src-main/oauth/asked-to-wait.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { ask, type Http } from '../../../src-main/oauth/http.ts';
import { TokenEndpoint, type CodeGrant } from '../../../src-main/oauth/token-endpoint.ts';
import { deadUrl, json, startScriptedServer } from '../../support/scripted-server.ts';

const STATE = 's'.repeat(43);
const NOW = Date.UTC(2026, 10, 23, 9);
const http: Http = { network: directNetwork, userAgent: 'Latchkey/test', now: () => NOW };
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
): Promise<{
  outcome: unknown;
  asked: readonly number[];
  /** Which of the servers showed that it is the right address, in order. */
  answered: readonly number[];
  hosts: readonly string[];
  bodies: unknown[];
  headers: unknown[];
}> {
  await using stack = new AsyncDisposableStack();
  const servers = [];
  for (const answer of answers) {
    servers.push(stack.use(await startScriptedServer((_, response) => answer(response))));
  }
  const hosts = servers.map(({ url }) => url.host);
  const answered: number[] = [];
  const endpoint = new TokenEndpoint(
    servers.map(({ url }) => new URL('/v1/oauth/token', url)),
    http,
    ({ host }) => answered.push(hosts.indexOf(host)),
  );
  const outcome: unknown = await endpoint.exchange(given, never).catch((error: unknown) => error);
  const received = servers.flatMap((server) => server.received);
  return {
    outcome,
    asked: servers.map((server) => server.received.length),
    answered,
    hosts,
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
    issuedBy: '127.0.0.1',
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
    issuedBy: '127.0.0.1',
  });
});

type Kept = Partial<Awaited<ReturnType<TokenEndpoint['exchange']>>>;

/** Answers in the wild (`facts.md` section 1): what of each is understood. */
const UNTIDY: readonly (readonly [what: string, fields: object, kept: Kept])[] = [
  ['a list of scopes', { scope: ['user:profile', 'a b'] }, { scopes: ['user:profile', 'a', 'b'] }],
  ['a list with more than scopes in it', { scope: ['a', 7, null, '', 'b\u0000'] }, { scopes: ['a'] }],
  ['scopes that are neither', { scope: { a: true } }, { scopes: null }],
  ['an empty scope', { scope: '' }, { scopes: null }],
  ['an empty refresh token', { refresh_token: '' }, { refreshToken: null }],
  ['a refresh token that is no text', { refresh_token: 7 }, { refreshToken: null }],
  ['a refresh token of two lines', { refresh_token: 'a\nb' }, { refreshToken: null }],
  ['no token type', { token_type: undefined }, {}],
  ['a token type of another scheme', { token_type: 'mac' }, {}],
  ['a token type that is no text', { token_type: 42 }, {}],
  ['a lifetime as text', { expires_in: '3600' }, { expiresIn: 3_600 }],
  ['a lifetime as a fraction', { expires_in: 3_599.5 }, { expiresIn: 3_599.5 }],
  ['a lifetime as text with a fraction', { expires_in: ' 3599.5 ' }, { expiresIn: 3_599.5 }],
  ['a lifetime of nothing', { expires_in: 0 }, { expiresIn: 0 }],
  ['a negative lifetime', { expires_in: '-5' }, { expiresIn: -5 }],
  ['a lifetime beyond all time', { expires_in: 1e12 }, { expiresIn: 1e12 }],
  ['a lifetime in words', { expires_in: 'soon' }, { expiresIn: null }],
  ['an empty lifetime', { expires_in: '' }, { expiresIn: null }],
  ['a lifetime in hexadecimal', { expires_in: '0x10' }, { expiresIn: null }],
  ["a login's lifetime as text", { refresh_token_expires_in: '86400' }, { loginExpiresIn: 86_400 }],
  ['an account that is none', { account: 'ada' }, { accountUuid: null, email: null }],
  [
    'an account of which half is understood',
    { account: { uuid: 7, email_address: 'a\u001b[1mda@example.org' } },
    { accountUuid: null, email: 'a[1mda@example.org' },
  ],
  ['an organization without a name', { organization: { uuid: 'o', name: [] } }, { organizationUuid: 'o' }],
];

for (const [what, fields, kept] of UNTIDY) {
  test(`an answer with ${what} is kept, and the rest of it too`, async () => {
    const { outcome } = await exchange([(response) => json(response, 200, { ...full, ...fields })]);
    assert.partialDeepStrictEqual(outcome, {
      accessToken: full.access_token,
      refreshToken: full.refresh_token,
      expiresIn: full.expires_in,
      ...kept,
    });
  });
}

const BODY = JSON.stringify(full);
const AS_TEXT = JSON.stringify(JSON.stringify(full, null, 2));
const PRESENTED = 'sk-ant-ort01-presented';
const REQUEST = JSON.stringify({ grant_type: 'refresh_token', refresh_token: PRESENTED });
for (const [what, answer] of [
  ['a status of 201', (r: ServerResponse) => json(r, 201, full)],
  ['a byte order mark', (r: ServerResponse) => void r.writeHead(200).end(`\uFEFF${BODY}`)],
  [
    'the type of a web page',
    (r: ServerResponse) => void r.writeHead(200, { 'Content-Type': 'text/html' }).end(BODY),
  ],
  [
    'a field twice',
    (r: ServerResponse) => void r.writeHead(200).end(BODY.replace('{', '{"access_token":7,"scope":[],')),
  ],
  [
    'fields named like what every object has',
    (r: ServerResponse) =>
      void r.writeHead(200).end(BODY.replace('{', '{"__proto__":{"access_token":7},"constructor":[],')),
  ],
  [
    'fields nested very deep',
    (r: ServerResponse) =>
      void r.writeHead(200).end(BODY.replace('{', `{"more":${'['.repeat(90_000)}${']'.repeat(90_000)},`)),
  ],
] as const) {
  test(`an answer with ${what} is as good as any`, async () => {
    const { outcome } = await exchange([answer]);
    assert.partialDeepStrictEqual(outcome, { accessToken: full.access_token, expiresIn: 28_800 });
  });
}

const head = 'HTTP/1.1 200 OK\r\n';
const withLength = `Content-Length: ${BODY.length}\r\n\r\n${BODY}`;
const chunk = `${BODY.length.toString(16)}\r\n${BODY}\r\n`;
const ending = (text: string) => (socket: Socket) => void socket.end(text);

/** What whoever stands between makes of it: the refresh token that was sent is spent all the same. */
for (const [what, answer] of [
  ['without its last chunk', ending(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`)],
  ['shorter than its length', ending(`${head}Content-Length: ${BODY.length + 2}\r\n\r\n${BODY}`)],
  [
    'that is reset behind its last letter',
    (socket: Socket) => {
      socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
      setTimeout(() => socket.resetAndDestroy(), 100);
    },
  ],
  ['whose head has 20 KB', ending(`${head}X-Long: ${'x'.repeat(20_000)}\r\n${withLength}`)],
  ['with a control character in its head', ending(`${head}X-Odd: a\u0001b\r\n${withLength}`)],
  [
    'with a length and chunks',
    ending(`${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`),
  ],
  ...['204 No Content', '205 Reset Content'].map(
    (status) =>
      [
        `under ${status}`,
        ending(`HTTP/1.1 ${status}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`),
      ] as const,
  ),
  ['with bare line feeds in its head', ending(`${head}${withLength}`.replaceAll('\r', ''))],
  ...['X Filter Id: 7', 'X-Tab : 7', ': 7', 'X[0]: 7', 'X-Nothing', `Content-Length: ${BODY.length + 5}`].map(
    (line) => [`with "${line}" in its head`, ending(`${head}${line}\r\n${withLength}`)] as const,
  ),
  ...['gzip', 'br', 'deflate', 'utf-8', 'zstd', 'gzip, identity'].map(
    (coding) =>
      [
        `that is said to be "${coding}" and is plain`,
        ending(`${head}Content-Encoding: ${coding}\r\n${withLength}`),
      ] as const,
  ),
  ...(
    [
      ['zstd', zstdCompressSync(BODY)],
      ['gzip', gzipSync(BODY)],
      ['gzip', gzipSync(gzipSync(BODY))],
      ['gzip', gzipSync(BODY).subarray(0, -8)],
      ['deflate', deflateSync(BODY)],
      // Servers that leave out what is wrapped round it (RFC 9110 section 8.4.1.2).
      ['deflate', deflateRawSync(BODY)],
      ['deflate', deflateRawSync(BODY).subarray(0, -2)],
      ['deflate', deflateRawSync(BODY, { level: 0 })],
      ['br', brotliCompressSync(BODY)],
      [null, gzipSync(BODY)],
    ] as const
  ).map(
    ([coding, packed]) =>
      [
        `of ${packed.length} packed bytes, said to be ${coding ?? 'nothing'}`,
        (socket: Socket) => {
          const line = coding === null ? '' : `Content-Encoding: ${coding}\r\n`;
          socket.write(`${head}${line}Content-Length: ${packed.length}\r\n\r\n`);
          socket.end(packed);
        },
      ] as const,
  ),
  ...[
    `${BODY}\0\0`,
    `${BODY}<script>`,
    `)]}'\n${BODY}`,
    `{"data":${BODY}}`,
    `[${BODY}]`,
    AS_TEXT,
    `{"body":${AS_TEXT}}`,
    `{"request":${REQUEST},"response":${BODY}}`,
    `{"in":${JSON.stringify(REQUEST)},"out":${AS_TEXT}}`,
    `${BODY}, asked with ${REQUEST}`,
  ].map(
    (body) =>
      [
        `written as ${JSON.stringify(body.replaceAll(BODY, '…').replaceAll(AS_TEXT, '"…"').replaceAll(REQUEST, '?'))}`,
        ending(`${head}Content-Length: ${body.length}\r\n\r\n${body}`),
      ] as const,
  ),
  [
    'that breaks off behind the tokens',
    ending(`${head}Content-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, -1)}`),
  ],
] as const) {
  test(`a whole answer ${what} is one`, async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => answer(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const endpoint = new TokenEndpoint([new URL(`http://127.0.0.1:${port}/`)], http);
      const { refreshToken, expiresIn } = await endpoint.refresh(PRESENTED);
      assert.deepEqual([refreshToken, expiresIn], [full.refresh_token, full.expires_in]);
    } finally {
      server.close();
    }
  });
}

test('an answer in an odd form may tell that the refresh token has stayed the same', async () => {
  const body = `[${BODY.replace(full.refresh_token, PRESENTED)}]`;
  await using server = await startScriptedServer((_, response) => void response.end(body));
  const { refreshToken } = await new TokenEndpoint([server.url], http).refresh(PRESENTED);
  assert.equal(refreshToken, PRESENTED);
});

test('an answer that takes ninety seconds is not given up', async (t) => {
  // A second is a hundredth of one.
  const real = setTimeout;
  t.mock.method(globalThis, 'setTimeout', (call: () => void, milliseconds: number) =>
    real(call, milliseconds / 100),
  );
  await using server = await startScriptedServer((_, response) => void real(() => good(response), 900));
  assert.equal((await new TokenEndpoint([server.url], http).refresh('t')).refreshToken, full.refresh_token);
  await assert.rejects(ask(http, server.url, {}), { code: 'answer-lost' });
});

test('whatever JSON stands around an access token, an exchange and a refresh give that token', async () => {
  let body = '';
  await using server = await startScriptedServer((_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(body),
  );
  const endpoint = new TokenEndpoint([server.url], http);
  const known = fc.constantFrom(...Object.keys(full), 'error', 'id_token', '__proto__');
  // As pairs: an object would lose `__proto__`, and has no field twice.
  const fields = fc.array(fc.tuple(fc.oneof(known, fc.string()), fc.jsonValue()));
  const token = fc.stringMatching(/^[\x21-\x7e\u00a1-\u00ac\u3042]+$/);
  await fc.assert(
    fc.asyncProperty(token, fields, async (accessToken, around) => {
      const members = [...around, ['access_token', accessToken]].map(
        ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
      );
      body = `{${members.join()}}`;
      assert.equal((await endpoint.exchange(grant(), never)).accessToken, accessToken);
      const refreshed = await endpoint.refresh('the-refresh-token');
      assert.equal(refreshed.accessToken, accessToken);
      assert.notEqual(refreshed.refreshToken?.trim(), '');
      assert.ok(Number.isFinite(refreshed.expiresIn ?? 0));
    }),
    { numRuns: 150 },
  );
});

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
    'invalid_grant, in the nested shape',
    (r) => json(r, 400, { type: 'error', error: { type: 'invalid_grant', message: 'x' } }),
    { code: 'grant-refused' },
  ],
  [
    'invalid_grant with a description that is no text',
    (r) => json(r, 400, { error: 'invalid_grant', error_description: null }),
    { code: 'grant-refused' },
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
  [
    '403 to the address it came from',
    (r) => json(r, 403, { error: { type: 'forbidden', message: 'Request not allowed' } }),
    { code: 'network-challenge' },
  ],
  ['403 of a filter', (r) => void r.writeHead(403).end('Forbidden by policy'), { code: 'network-challenge' }],
  ['403 of a firewall', (r) => json(r, 403, { message: 'Forbidden' }), { code: 'network-challenge' }],
  ['451', (r) => json(r, 451, {}), { code: 'network-challenge' }],
  [
    '403 to the person',
    (r) => json(r, 403, { error: { type: 'permission_error', message: 'Not for you' } }),
    { code: 'request-malformed' },
  ],
  [
    '403 to a person who is barred, in the words for an address',
    (r) => json(r, 403, { error: { type: 'forbidden', message: 'Your account has been disabled.' } }),
    { code: 'request-malformed', message: 'Your account has been disabled.' },
  ],
  [
    '… in the flat shape',
    (r) => json(r, 403, { error: 'forbidden', error_description: 'This account is suspended' }),
    { code: 'request-malformed', message: 'This account is suspended' },
  ],
  [
    '403 in words of another shape, as a gateway has them',
    (r) => json(r, 403, { message: 'Missing Authentication Token' }),
    { code: 'network-challenge' },
  ],
  [
    '403 without a word of why',
    (r) => json(r, 403, { status: 403, error: 'Forbidden' }),
    { code: 'network-challenge' },
  ],
  ['403 in another shape', (r) => json(r, 403, { ok: false }), { code: 'network-challenge' }],
  [
    'a dead grant, said as a web page is',
    (r) => void r.writeHead(403, html).end('{"error":"invalid_grant"}'),
    { code: 'grant-refused' },
  ],
  ['404', (r) => void r.writeHead(404).end(), { code: 'token-endpoint-missing' }],
  ['404 with a web page', (r) => void r.writeHead(404, html).end('no'), { code: 'token-endpoint-missing' }],
  [
    '404 in words of a server before it',
    (r) => json(r, 404, { status: 404, error: 'Not Found', path: '/v1/oauth/token' }),
    { code: 'token-endpoint-missing' },
  ],
  [
    "404 in the service's own words",
    (r) => json(r, 404, { type: 'error', error: { type: 'not_found_error', message: 'Not found' } }),
    { code: 'request-malformed', message: 'Not found', requestId: null },
  ],
  [
    "404 in the service's own words, in the flat shape",
    (r) => json(r, 404, { error: 'not_found_error' }),
    { code: 'request-malformed', message: 'not_found_error', requestId: null },
  ],
  ['503', (r) => void r.writeHead(503).end('busy'), { code: 'service-down', status: 503 }],
  ...['br', 'deflate'].map(
    (coding) =>
      [
        `503 with a page that is said to be "${coding}"`,
        (r: ServerResponse) =>
          void r.writeHead(503, { ...html, 'Content-Encoding': coding }).end('<!doctype'),
        { code: 'service-down', status: 503 },
      ] as const,
  ),
  [
    'a redirect',
    (r) => void r.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
    { code: 'answer-unexpected' },
  ],
  [
    '200 that is not JSON',
    (r) => void r.writeHead(200).end('hello'),
    { code: 'answer-unexpected', reason: 'not-json' },
  ],
  [
    '204 without anything',
    (r) => void r.writeHead(204).end(),
    { code: 'answer-unexpected', reason: 'not-json' },
  ],
  [
    '200 without an access token',
    (r) => json(r, 200, {}),
    { code: 'answer-unexpected', reason: 'no-access-token' },
  ],
  ['200 with a list', (r) => json(r, 200, ['']), { code: 'answer-unexpected', reason: 'no-access-token' }],
  [
    '200 with an access token of two lines',
    (r) => json(r, 200, { ...full, access_token: 'a\nb' }),
    { code: 'answer-unexpected', reason: 'no-access-token' },
  ],
  [
    'an oversized answer',
    // By so much that no last chunk reaches to its end.
    (r) => json(r, 200, { padding: 'x'.repeat(1_000_000), ...full }),
    { code: 'answer-unexpected', reason: 'too-large' },
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

/** Everything before the TLS handshake has ended is before the request. */
for (const [what, cut] of [
  ['closed', (socket: Socket) => socket.end()],
  ['reset', (socket: Socket) => socket.resetAndDestroy()],
] as const) {
  test(`a connection that is ${what} before its handshake is no connection, and nothing was lost`, async () => {
    const server = createServer(cut);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const endpoint = new TokenEndpoint([new URL(`https://127.0.0.1:${port}/`)], http);
      const outcome: unknown = await endpoint.refresh('a-token').catch((error: unknown) => error);
      const expected: Failure = { code: 'network-down', host: `127.0.0.1:${port}`, reason: 'ECONNRESET' };
      assert.deepEqual(failure(outcome), expected);
    } finally {
      server.close();
    }
  });
}

const missing = (r: ServerResponse) => void r.writeHead(404).end();
const notFound = (r: ServerResponse) => json(r, 404, { error: { type: 'not_found_error', message: 'No' } });
const challenge = (r: ServerResponse) => void r.writeHead(403, { 'cf-mitigated': 'challenge' }).end();
const moved = (r: ServerResponse) => void r.writeHead(308, { Location: 'http://127.0.0.1:1/' }).end();
const gone = (r: ServerResponse) => void r.writeHead(410, html).end('gone');
const goneInWords = (r: ServerResponse) =>
  json(r, 410, { error: { type: 'invalid_request_error', message: 'Moved' } });

for (const [what, answer] of [
  ['404', missing],
  ["404 in the service's own words", notFound],
  ['a challenge', challenge],
  ['a redirect', moved],
  ['410', gone],
  ["410 in the service's own words", goneInWords],
  ['405', (r: ServerResponse) => void r.writeHead(405, { Allow: 'GET' }).end()],
  ['421', (r: ServerResponse) => json(r, 421, { error: 'misdirected' })],
] as const) {
  test(`the second token URL is asked after ${what}, and only it has answered`, async () => {
    const { outcome, asked, answered } = await exchange([answer, good]);
    assert.equal((outcome as { accessToken: string }).accessToken, full.access_token);
    assert.deepEqual(asked, [1, 1]);
    assert.deepEqual(answered, [1]);
  });
}

test('a refresh leads on to the second token URL as an exchange does', async () => {
  for (const answer of [moved, gone]) {
    await using first = await startScriptedServer((_, response) => answer(response));
    await using second = await startScriptedServer((_, response) => good(response));
    const { refreshToken } = await new TokenEndpoint([first.url, second.url], http).refresh('a-token');
    assert.equal(refreshToken, full.refresh_token);
    assert.deepEqual([first.received.length, second.received.length], [1, 1]);
  }
});

for (const [what, answers, code, host] of [
  ['a challenge at the first', [challenge, notFound], 'network-challenge', 0],
  ['a challenge at the second', [notFound, challenge], 'network-challenge', 1],
  ["the service's own words at the first", [notFound, missing], 'request-malformed', null],
  ["the service's own words at the second", [missing, notFound], 'request-malformed', null],
  ['that both are missing', [missing, missing], 'token-endpoint-missing', 0],
  ['a redirect', [moved, missing], 'answer-unexpected', 0],
  ['that the second is gone', [missing, gone], 'answer-unexpected', 1],
  ['a challenge after a redirect', [moved, challenge], 'network-challenge', 1],
] as const) {
  test(`where neither URL helps, what is told is the most telling: ${what}`, async () => {
    const { outcome, asked, answered, hosts } = await exchange(answers);
    const told = failure(outcome);
    assert.equal(told.code, code);
    if (host !== null) assert.equal('host' in told && told.host, hosts[host]);
    assert.deepEqual([asked, answered], [[1, 1], []]);
  });
}

test('no connection to the first URL is told rather than that the second is gone', async () => {
  await using server = await startScriptedServer((_, response) => notFound(response));
  const dead = await deadUrl();
  const outcome: unknown = await new TokenEndpoint([dead, server.url], http)
    .refresh('a-token')
    .catch((error: unknown) => error);
  assert.deepEqual(failure(outcome), { code: 'network-down', host: dead.host, reason: 'ECONNREFUSED' });
  assert.equal(server.received.length, 1);
});

for (const [what, answer, isShown] of [
  ['invalid_grant', (r: ServerResponse) => json(r, 400, { error: 'invalid_grant' }), true],
  ['a refresh token alone', (r: ServerResponse) => json(r, 200, { refresh_token: 'next' }), true],
  ['503', (r: ServerResponse) => void r.writeHead(503, html).end('no origin'), false],
  ['429', (r: ServerResponse) => json(r, 429, {}), false],
  ['400 in words', (r: ServerResponse) => json(r, 400, { error: 'invalid_request' }), false],
  ['a web page', (r: ServerResponse) => void r.writeHead(200, html).end('welcome'), false],
] as const) {
  test(`${what} ends the asking, and shows the right address: ${isShown}`, async () => {
    const { outcome, asked, answered } = await exchange([challenge, answer, good]);
    assert.ok(outcome instanceof FailureError);
    assert.deepEqual([asked, answered], [[1, 1, 0], isShown ? [1] : []]);
  });
}

test('who is asked to wait may send the same again: only where nothing was processed for certain', async () => {
  const waits: readonly (readonly [(r: ServerResponse) => void, number | null | undefined])[] = [
    [(r) => json(r, 429, {}, { 'Retry-After': '2' }), 2],
    [(r) => json(r, 429, {}), null],
    [(r) => json(r, 503, {}, { 'Retry-After': new Date(NOW + 3_000).toUTCString() }), 3],
    [(r) => json(r, 503, {}), undefined],
    [(r) => json(r, 500, {}, { 'Retry-After': '2' }), undefined],
    [(r) => json(r, 503, {}, { 'Retry-After': '2', 'cf-mitigated': 'challenge' }), undefined],
  ];
  for (const [answer, seconds] of waits) {
    const { outcome } = await exchange([answer]);
    failure(outcome);
    assert.equal(outcome instanceof AskedToWait ? outcome.seconds : undefined, seconds);
  }
});

test('the second token URL is asked where nobody listens at the first', async () => {
  await using server = await startScriptedServer((_, response) => good(response));
  const endpoint = new TokenEndpoint([await deadUrl(), server.url], http);
  assert.equal((await endpoint.exchange(grant(), never)).accessToken, full.access_token);
});

for (const [what, answer] of [
  ['a lost answer', (r: ServerResponse) => void r.destroy()],
  ['500', (r: ServerResponse) => void r.writeHead(500).end()],
  ['invalid_grant', (r: ServerResponse) => json(r, 400, { error: 'invalid_grant' })],
  ['invalid_grant with 410', (r: ServerResponse) => json(r, 410, { error: 'invalid_grant' })],
  ['400 without words', (r: ServerResponse) => void r.writeHead(400).end()],
  ['200 that is no answer', (r: ServerResponse) => void r.writeHead(200, html).end('welcome')],
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
