import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { approve } from '../../support/practice/approve.ts';
import { startPracticeServer, type PracticeServer } from '../../support/practice/practice-server.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';

const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
const STATE = 's'.repeat(43);

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly refresh_token_expires_in: number;
}

/** An app's callback server: remembers where the browser came back to. */
async function startApp(): Promise<{ redirectUri: string; came: URL[] } & AsyncDisposable> {
  const came: URL[] = [];
  const server = createServer((request, response) => {
    came.push(new URL(request.url ?? '', 'http://localhost'));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    redirectUri: `http://localhost:${(server.address() as AddressInfo).port}/callback`,
    came,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function authorizeUrl(server: PracticeServer, changes: Record<string, string> = {}): string {
  const url = new URL(server.authorizeUrl);
  const parameters = {
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: 'http://localhost:8765/callback',
    scope: 'org:create_api_key user:profile user:inference',
    code_challenge_method: 'S256',
    state: STATE,
    ...changes,
  };
  url.search = new URLSearchParams(parameters).toString();
  return url.href;
}

function post(server: PracticeServer, body: object): Promise<Response> {
  return fetch(server.tokenUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A code and what its exchange needs. */
async function getCode(server: PracticeServer): Promise<Record<string, string>> {
  await using app = await startApp();
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  await approve(authorizeUrl(server, { redirect_uri: app.redirectUri, code_challenge: challenge }));
  const came = app.came[0]?.searchParams;
  assert.equal(came?.get('state'), STATE);
  return {
    grant_type: 'authorization_code',
    code: came.get('code') ?? '',
    state: STATE,
    client_id: CLIENT_ID,
    redirect_uri: app.redirectUri,
    code_verifier: verifier,
  };
}

async function signIn(server: PracticeServer): Promise<Tokens> {
  const response = await post(server, await getCode(server));
  assert.equal(response.status, 200);
  return (await response.json()) as Tokens;
}

const refresh = (server: PracticeServer, token: string) =>
  post(server, { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: token });

const profile = (
  server: PracticeServer,
  token: string,
  headers: object = { 'anthropic-beta': 'oauth-2025-04-20' },
) =>
  fetch(`${server.apiUrl}/api/oauth/profile`, { headers: { Authorization: `Bearer ${token}`, ...headers } });

async function oauthError(response: Response): Promise<unknown> {
  assert.equal(response.status, 400);
  return ((await response.json()) as { error: unknown }).error;
}

test('approving leads to tokens that look and live as the service’s do', async () => {
  await using server = await startPracticeServer();
  const tokens = await signIn(server);
  assert.match(tokens.access_token, /^sk-ant-oat01-[\w-]{95}$/);
  assert.match(tokens.refresh_token, /^sk-ant-ort01-[\w-]{95}$/);
  assert.equal(tokens.expires_in, 28_800);
  assert.ok(Math.abs(tokens.refresh_token_expires_in - 28 * 86_400) <= 2);
  const told = (await (await profile(server, tokens.access_token)).json()) as { account: { email: string } };
  assert.equal(told.account.email, 'ada@example.org');
});

test('a login that is revoked is over, both its tokens, and one that nobody knows is as good as revoked', async () => {
  await using server = await startPracticeServer();
  const [tokens, others] = [await signIn(server), await signIn(server)];
  const revoke = (body: object) =>
    fetch(`${server.apiUrl}/v1/oauth/revoke`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const hint = { token_type_hint: 'refresh_token', client_id: CLIENT_ID };
  const { refresh_token: token } = tokens;
  assert.equal((await revoke({ token })).status, 400, 'incomplete');
  assert.equal((await revoke({ ...hint, token, client_id: 'another' })).status, 401);
  assert.equal((await profile(server, tokens.access_token)).status, 200);
  assert.equal((await revoke({ ...hint, token })).status, 200);
  assert.equal(await oauthError(await refresh(server, token)), 'invalid_grant');
  assert.equal((await profile(server, tokens.access_token)).status, 401);
  for (const unknown of [token, 'nonsense']) {
    assert.equal((await revoke({ ...hint, token: unknown })).status, 200);
  }
  assert.equal((await refresh(server, others.refresh_token)).status, 200);
});

test('denying comes back as access_denied with the state', async () => {
  await using server = await startPracticeServer();
  await using app = await startApp();
  await approve(authorizeUrl(server, { redirect_uri: app.redirectUri, code_challenge: 'c'.repeat(43) }), {
    deny: true,
  });
  const came = app.came[0]?.searchParams;
  assert.equal(came?.get('error'), 'access_denied');
  assert.equal(came.get('state'), STATE);
});

test('a code works once, with its own verifier and redirect only', async () => {
  await using server = await startPracticeServer();
  const grant = await getCode(server);
  assert.equal((await post(server, grant)).status, 200);
  assert.equal(await oauthError(await post(server, grant)), 'invalid_grant');
  const wrongVerifier = { ...(await getCode(server)), code_verifier: 'w'.repeat(43) };
  assert.equal(await oauthError(await post(server, wrongVerifier)), 'invalid_grant');
  const wrongRedirect = { ...(await getCode(server)), redirect_uri: 'http://localhost:1/callback' };
  assert.equal(await oauthError(await post(server, wrongRedirect)), 'invalid_grant');
});

test('redirects to other hosts, a short state and a missing challenge are refused', async () => {
  await using server = await startPracticeServer();
  const page = async (changes: Record<string, string>) => {
    const response = await fetch(authorizeUrl(server, { code_challenge: 'c'.repeat(43), ...changes }), {
      redirect: 'manual',
    });
    return {
      status: response.status,
      text: await response.text(),
      location: response.headers.get('location'),
    };
  };
  for (const redirect of ['http://127.0.0.1:8765/callback', 'https://evil.example/callback']) {
    const { status, text } = await page({ redirect_uri: redirect });
    assert.equal(status, 400);
    assert.match(text, /Redirect URI .* is not supported by client/);
  }
  assert.match((await page({ state: 'short' })).text, /Invalid request format/);
  const url = new URL(authorizeUrl(server));
  const withoutChallenge = await fetch(url, { redirect: 'manual' });
  assert.match(withoutChallenge.headers.get('location') ?? '', /error=invalid_request/);
});

test('refresh tokens rotate, and a spent one revokes the whole login', async () => {
  await using server = await startPracticeServer();
  const first = await signIn(server);
  const second = (await (await refresh(server, first.refresh_token)).json()) as Tokens;
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await profile(server, second.access_token)).status, 200);
  assert.equal(await oauthError(await refresh(server, first.refresh_token)), 'invalid_grant');
  assert.equal(await oauthError(await refresh(server, second.refresh_token)), 'invalid_grant');
  assert.equal((await profile(server, second.access_token)).status, 401);
});

test('refreshing renews the access token and does not extend the login', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  await using server = await startPracticeServer({ accessTokenSeconds: 100, loginSeconds: 300 });
  const first = await signIn(server);
  assert.deepEqual([first.expires_in, first.refresh_token_expires_in], [100, 300]);
  t.mock.timers.tick(200_000);
  assert.equal((await profile(server, first.access_token)).status, 401);
  const second = (await (await refresh(server, first.refresh_token)).json()) as Tokens;
  assert.deepEqual([second.expires_in, second.refresh_token_expires_in], [100, 100]);
  assert.equal((await profile(server, second.access_token)).status, 200);
  t.mock.timers.tick(100_000);
  assert.equal(await oauthError(await refresh(server, second.refresh_token)), 'invalid_grant');
});

test('bodies other than JSON, and incomplete ones, are malformed in the nested shape', async () => {
  await using server = await startPracticeServer();
  const { state, ...withoutState } = await getCode(server);
  assert.ok(state);
  const form = fetch(server.tokenUrl, { method: 'POST', body: new URLSearchParams(withoutState) });
  for (const response of [await form, await post(server, withoutState), await post(server, {})]) {
    const error = await oauthError(response);
    assert.deepEqual(error, { type: 'invalid_request_error', message: 'Invalid request format' });
  }
});

test('the profile wants the beta header and a living token', async () => {
  await using server = await startPracticeServer();
  const { access_token } = await signIn(server);
  const message = async (response: Response) => {
    assert.equal(response.status, 401);
    return ((await response.json()) as { error: { message: string } }).error.message;
  };
  assert.match(await message(await profile(server, access_token, {})), /currently not supported/);
  assert.match(await message(await profile(server, 'sk-ant-oat01-unknown')), /has expired/);
});

test('a mood lasts as many requests as it says', async () => {
  await using server = await startPracticeServer();
  const { refresh_token } = await signIn(server);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.rateLimitedFor(60) });
  const limited = await refresh(server, refresh_token);
  assert.equal(limited.status, 429);
  assert.equal(limited.headers.get('retry-after'), '60');
  assert.equal((await refresh(server, refresh_token)).status, 200);
});

test('a lost answer has spent the token, a reset before has not', async () => {
  await using server = await startPracticeServer();
  const { refresh_token } = await signIn(server);
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'reset' } });
  await assert.rejects(refresh(server, refresh_token));
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'lose-answer' } });
  await assert.rejects(refresh(server, refresh_token));
  assert.equal(await oauthError(await refresh(server, refresh_token)), 'invalid_grant');
});

test('fields can be changed or left out, and the clock shifted', async () => {
  await using server = await startPracticeServer();
  const { refresh_token } = await signIn(server);
  const fields = { expires_in: 1e12, refresh_token_expires_in: null };
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'change', fields } });
  const changed = (await (await refresh(server, refresh_token)).json()) as Partial<Tokens>;
  assert.equal(changed.expires_in, 1e12);
  assert.equal(changed.refresh_token_expires_in, undefined);
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'clock', aheadSeconds: 3_600 } });
  const ahead = await refresh(server, changed.refresh_token ?? '');
  assert.ok(Date.parse(ahead.headers.get('date') ?? '') - Date.now() > 3_500_000);
});

test('nobody changes the mood without the key', async () => {
  await using server = await startPracticeServer();
  const set = (key: string) =>
    fetch(`${server.apiUrl}/practice/mood`, {
      method: 'POST',
      headers: { 'x-practice-key': key },
      body: JSON.stringify({ endpoint: 'profile', behaviour: REFUSALS.down }),
    });
  assert.equal((await set('guess')).status, 403);
  assert.equal((await profile(server, 'x')).status, 401);
  assert.equal((await set(server.controlKey)).status, 204);
  assert.equal((await profile(server, 'x')).status, 503);
});

test('a login survives a restart of the server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-practice-'));
  try {
    const stateFile = join(folder, 'state.json');
    let tokens: Tokens;
    {
      await using server = await startPracticeServer({ stateFile });
      tokens = await signIn(server);
    }
    assert.equal((await stat(stateFile)).mode & 0o777, 0o600);
    await using server = await startPracticeServer({ stateFile });
    assert.equal((await profile(server, tokens.access_token)).status, 200);
    assert.equal((await refresh(server, tokens.refresh_token)).status, 200);
    assert.equal(await oauthError(await refresh(server, tokens.refresh_token)), 'invalid_grant');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the authorization endpoint has moods, too', async () => {
  await using server = await startPracticeServer();
  await using app = await startApp();
  const url = authorizeUrl(server, { redirect_uri: app.redirectUri, code_challenge: 'c'.repeat(43) });
  const behaviour = { kind: 'authorization-error', error: 'server_error' } as const;
  server.setMood({ endpoint: 'authorize', times: 1, behaviour });
  await approve(url);
  assert.equal(app.came[0]?.searchParams.get('error'), 'server_error');
  assert.equal(app.came[0].searchParams.get('state'), STATE);
  server.setMood({ endpoint: 'authorize', times: 1, behaviour: REFUSALS.challenge });
  const challenged = await fetch(url);
  assert.equal(challenged.status, 403);
  assert.equal(challenged.headers.get('cf-mitigated'), 'challenge');
});

test('a server that hangs takes the request and answers nothing', async () => {
  await using server = await startPracticeServer();
  server.setMood({ endpoint: 'token', behaviour: { kind: 'hang' } });
  await assert.rejects(
    fetch(server.tokenUrl, { method: 'POST', body: '{}', signal: AbortSignal.timeout(100) }),
    { name: 'TimeoutError' },
  );
  // It goes on answering others.
  assert.equal((await profile(server, 'x', {})).status, 401);
});

test('the approval page may lead nowhere but back to its app, and may not be kept', async () => {
  await using server = await startPracticeServer();
  const cookies: string[] = [];
  const first = await fetch(authorizeUrl(server, { code_challenge: 'c'.repeat(43) }), { redirect: 'manual' });
  for (const cookie of first.headers.getSetCookie()) cookies.push(cookie.split(';', 1)[0] ?? '');
  const location = new URL(first.headers.get('location') ?? '', server.apiUrl);
  const open = () => fetch(location, { headers: { cookie: cookies.join('; ') } });
  const page = await open();
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /form-action 'self' http:\/\/localhost:8765;/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  const text = await page.text();
  for (const words of ['Practice server — no real account', 'Ada Lovelace', 'Analytical Engines']) {
    assert.ok(text.includes(words), words);
  }
});

test('the requests it tells of hold no secrets', async () => {
  await using server = await startPracticeServer();
  const { access_token } = await signIn(server);
  await profile(server, access_token);
  assert.deepEqual(
    server.requests.map(({ method, path, status }) => `${method} ${path} ${status ?? 'unanswered'}`),
    [
      'GET /oauth/authorize 303',
      'GET /practice/approve/… 200',
      'POST /practice/approve/… 303',
      'GET /oauth/authorize/… 303',
      'POST /v1/oauth/token 200',
      'GET /api/oauth/profile 200',
    ],
  );
});

test('approving by itself never happens anywhere but on this machine', async () => {
  await assert.rejects(approve('https://claude.ai/oauth/authorize'), /this machine only/);
});
