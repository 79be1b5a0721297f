import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { SignIn } from '../../../src-main/domain/sign-in.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { CLIENT_ID } from '../../../src-main/oauth/client.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { until } from '../../support/desktop/until.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { newLogin } from '../../support/new-login.ts';
import {
  json,
  startScriptedServer,
  type Received,
  type ScriptedServer,
} from '../../support/scripted-server.ts';

const ACCESS = `sk-ant-oat01-${'a'.repeat(95)}`;
const REFRESH = `sk-ant-ort01-${'r'.repeat(95)}`;
/** A login as Go writes one whose end it does not know. */
const ENDLESS = `providers:
  anthropic:
    oauth_credentials:
      - id: default
        client_id: ${CLIENT_ID}
        access_token: ${ACCESS}
        refresh_token: ${REFRESH}
        expires_at: "0001-01-01T00:00:00Z"
`;

/** Below the patience of any request: nobody is to wait for an answer that does not come. */
const PROMPTLY = { timeout: 20_000 };

interface Service {
  token?: (response: ServerResponse) => void;
  profile?: (response: ServerResponse) => void;
}

interface Stage extends AsyncDisposable {
  readonly login: Login;
  readonly clock: FakeClock;
  readonly server: ScriptedServer;
  readonly configFile: string;
  readonly dataDir: string;
  /** Every snapshot told since the start. */
  readonly told: Snapshot[];
  /** Resolves at the first snapshot that is so. */
  until(is: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
}

const grantToken = (response: ServerResponse) =>
  json(response, 200, {
    access_token: ACCESS,
    token_type: 'Bearer',
    expires_in: 28_800,
    refresh_token: REFRESH,
    refresh_token_expires_in: 2_419_200,
    scope: 'org:create_api_key user:profile user:inference',
  });
const tellProfile = (response: ServerResponse) =>
  json(response, 200, {
    account: { uuid: 'a', email: 'ada@example.org', display_name: 'Ada', has_claude_max: true },
    organization: { uuid: 'o', name: 'Analytical Engines', organization_type: 'claude_max' },
  });

/** A person who approves at once: the browser comes back with a code. */
async function approve(url: string): Promise<void> {
  const asked = new URL(url).searchParams;
  await comeBack(url, { code: 'the-code', state: asked.get('state') ?? '' });
}

async function comeBack(url: string, answer: Record<string, string>): Promise<void> {
  const redirect = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
  redirect.search = new URLSearchParams(answer).toString();
  await (await fetch(redirect)).text();
}

async function setStage(
  service: Service = {},
  openBrowser: (url: string) => Promise<void> = approve,
  options: { callbackPort?: number; anthropic?: boolean; standIn?: boolean } = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-login-'));
  const server = await startScriptedServer(({ path }: Received, response) => {
    if (path === '/v1/oauth/token') (service.token ?? grantToken)(response);
    else (service.profile ?? tellProfile)(response);
  });
  const clock = new FakeClock(Date.now());
  const configFile = join(folder, 'shared', 'config.yaml');
  const dataDir = join(folder, 'data');
  const endpoints = readEndpoints({
    authorizeUrl: options.anthropic === true ? undefined : `${server.url.href}oauth/authorize`,
    tokenUrl: `${server.url.href}v1/oauth/token`,
    apiUrl: server.url.href,
  });
  const login = newLogin({
    endpoints,
    callbackPort: options.callbackPort ?? 18_740,
    configFile,
    dataDir,
    clock,
    openBrowser,
    ...(options.standIn === true ? { standInRuntime: 'Electron 42.0.0' } : {}),
  });
  const told: Snapshot[] = [];
  login.subscribe((snapshot) => told.push(snapshot));
  await login.start();
  return {
    login,
    clock,
    server,
    configFile,
    dataDir,
    told,
    until: (is) =>
      new Promise((resolve) => {
        if (is(login.snapshot)) {
          resolve(login.snapshot);
          return;
        }
        const stop = login.subscribe((snapshot) => {
          if (!is(snapshot)) return;
          stop();
          resolve(snapshot);
        });
      }),
    [Symbol.asyncDispose]: async () => {
      await login.stop();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

const attempt = ({ signIn }: Snapshot): SignIn => {
  assert.ok(signIn !== null);
  return signIn;
};
const statuses = (snapshot: Snapshot) => attempt(snapshot).steps.map(({ status }) => status);
const step = (snapshot: Snapshot, id: string) => attempt(snapshot).steps.find((each) => each.id === id);
const storage = ({ accounts }: Snapshot) => accounts[0]?.whereabouts;
const isWaiting = ({ signIn }: Snapshot) => signIn !== null && signIn.approvalDeadline !== null;

test('a sign-in ends with the credential in the config file and the account known', async () => {
  await using stage = await setStage();
  await stage.login.signIn();

  const { snapshot } = stage.login;
  assert.equal(attempt(snapshot).phase, 'succeeded');
  assert.deepEqual(new Set(statuses(snapshot)), new Set(['done']));
  const [account] = snapshot.accounts;
  assert.equal(account?.owner?.email, 'ada@example.org');
  assert.equal(account.whereabouts, 'config-file');
  assert.equal(account.loginExpiresAt, stage.clock.now() + 28 * 24 * 60 * MINUTE);

  const written = await readFile(stage.configFile, 'utf8');
  assert.match(written, /^providers:\n {2}anthropic:\n {4}oauth_credentials:\n {6}- id: default\n/);
  assert.ok(written.includes(ACCESS) && written.includes(REFRESH));
  assert.equal((await stat(stage.configFile)).mode & 0o777, 0o600);
});

test('the steps are told one by one, in their order', async () => {
  await using stage = await setStage();
  await stage.login.signIn();
  const begun = stage.told.flatMap((snapshot) =>
    (snapshot.signIn?.steps ?? []).filter(({ status }) => status === 'active').map(({ id }) => id),
  );
  assert.deepEqual(
    [...new Set(begun)],
    ['pkce', 'callback-server', 'browser', 'approval', 'exchange', 'save', 'test'],
  );
});

test('no snapshot ever holds a token, code, verifier or state', async () => {
  let secrets: string[] = [];
  await using stage = await setStage({}, async (url) => {
    secrets = [new URL(url).searchParams.get('state') ?? '', 'the-code', ACCESS, REFRESH];
    await approve(url);
  });
  await stage.login.signIn();
  const verifier = (JSON.parse(stage.server.received[0]?.body ?? '') as Record<string, string>)[
    'code_verifier'
  ];
  const told = JSON.stringify(stage.told);
  for (const secret of [...secrets, verifier ?? '']) {
    assert.ok(secret.length > 5);
    assert.ok(!told.includes(secret));
  }
});

test('what was in the config file stays, and a second sign-in takes the place of the first', async () => {
  await using stage = await setStage();
  await mkdir(join(stage.configFile, '..'), { recursive: true });
  const theirs = '# mine\nserver: {port: 8080}   # flow\nproviders:\n  openai:\n    api_key: ${OPENAI}\n';
  await writeFile(stage.configFile, theirs);
  await stage.login.signIn();
  await stage.login.signIn();
  const written = await readFile(stage.configFile, 'utf8');
  assert.ok(written.startsWith(theirs));
  assert.equal(written.split(ACCESS).length, 2);
});

test('a busy port is told, and the next one is used', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const busy = (holder.address() as AddressInfo).port;
  try {
    await using stage = await setStage({}, approve, { callbackPort: busy });
    await stage.login.signIn();
    const { snapshot } = stage.login;
    assert.equal(attempt(snapshot).phase, 'succeeded');
    const notice = step(snapshot, 'callback-server')?.notice;
    assert.ok(notice?.code === 'port-busy' && notice.port === busy && notice.instead !== busy);
    assert.equal(attempt(snapshot).redirectUri, `http://localhost:${notice.instead}/callback`);
  } finally {
    holder.close();
  }
});

test('a browser that does not open is told, and the URL opened by hand still signs in', async () => {
  await using stage = await setStage({}, () => Promise.reject(new Error('no browser')));
  const ended = stage.login.signIn();
  const waiting = await stage.until((snapshot) => isWaiting(snapshot));
  assert.deepEqual(step(waiting, 'browser')?.notice, { code: 'browser-not-opened' });
  await approve(stage.login.authorizationUrl ?? '');
  await ended;
  assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
});

test("a browser's starter that does not return is no reason to wait for it", async () => {
  await using stage = await setStage({}, () => new Promise(() => undefined));
  const ended = stage.login.signIn();
  await stage.until((snapshot) => step(snapshot, 'browser')?.status === 'active');
  stage.clock.advance(2_000);
  const waiting = await stage.until(isWaiting);
  assert.equal(step(waiting, 'browser')?.status, 'done');
  await approve(stage.login.authorizationUrl ?? '');
  await ended;
  assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
});

test('five minutes without approval end the attempt, and not a moment earlier', async () => {
  await using stage = await setStage({}, () => Promise.resolve());
  const ended = stage.login.signIn();
  const waiting = await stage.until(isWaiting);
  assert.equal(attempt(waiting).approvalDeadline, stage.clock.now() + 5 * MINUTE);
  stage.clock.advance(5 * MINUTE - 1);
  assert.equal(attempt(stage.login.snapshot).phase, 'running');
  stage.clock.advance(1);
  await ended;
  assert.deepEqual(attempt(stage.login.snapshot).failure, { code: 'authorization-timeout', minutes: 5 });
  await assert.rejects(fetch('http://127.0.0.1:18740/'), 'the callback server must be closed');
});

test('declining in the browser is told as such', async () => {
  await using stage = await setStage({}, (url) =>
    comeBack(url, { error: 'access_denied', state: new URL(url).searchParams.get('state') ?? '' }),
  );
  await stage.login.signIn();
  assert.deepEqual(attempt(stage.login.snapshot).failure, { code: 'access-denied' });
});

test('a stray request with an error does not end the attempt', async () => {
  await using stage = await setStage({}, async (url) => {
    await comeBack(url, { error: 'access_denied' });
    await comeBack(url, { error: 'access_denied', state: 'guessed' });
    await approve(url);
  });
  await stage.login.signIn();
  assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
});

test('a refused exchange stores nothing and says so', async () => {
  await using stage = await setStage({
    token: (response) => json(response, 400, { error: 'invalid_grant' }),
  });
  await stage.login.signIn();
  const { snapshot } = stage.login;
  assert.deepEqual(attempt(snapshot).failure, { code: 'grant-refused' });
  assert.deepEqual(statuses(snapshot).slice(4), ['failed', 'skipped', 'skipped', 'skipped']);
  await assert.rejects(stat(stage.configFile), { code: 'ENOENT' });
});

const rateLimited = (headers: Record<string, string> = {}) => [429, 'rate_limit_error', headers] as const;
const unavailable = (headers: Record<string, string> = {}) => [503, 'api_error', headers] as const;

/** A stage whose token endpoint asks to wait so often, and then gives a token. */
function setBusyStage(answers: readonly (readonly [number, string, Record<string, string>])[]) {
  const left = [...answers];
  return setStage({
    token: (response) => {
      const busy = left.shift();
      if (busy === undefined) grantToken(response);
      else json(response, busy[0], { type: 'error', error: { type: busy[1], message: 'wait' } }, busy[2]);
    },
  });
}
const codesSent = ({ server }: Stage) =>
  server.received
    .filter(({ path }) => path === '/v1/oauth/token')
    .map(({ body }) => (JSON.parse(body) as { code: string }).code);
const waits = ({ signIn }: Snapshot) => signIn !== null && signIn.retryAt !== null;

for (const [what, answers, seconds] of [
  ['429 with Retry-After', [rateLimited({ 'Retry-After': '2' })], [2]],
  ['429 without', [rateLimited(), rateLimited(), rateLimited(), rateLimited()], [2, 4, 8, 16]],
  ['503 with Retry-After', [unavailable({ 'Retry-After': '60' })], [60]],
  [
    '429 with a moment, again and again',
    [rateLimited({ 'Retry-After': '0' }), rateLimited({ 'Retry-After': '0' })],
    [1, 2],
  ],
] as const) {
  test(`an exchange that is asked to wait by ${what} waits, and asks with the same code again`, async () => {
    await using stage = await setBusyStage(answers);
    const ended = stage.login.signIn();
    for (const [index, wait] of seconds.entries()) {
      const waiting = await stage.until(waits);
      assert.equal(attempt(waiting).retryAt, stage.clock.now() + wait * SECOND);
      assert.equal(step(waiting, 'exchange')?.status, 'active');
      stage.clock.advance(wait * SECOND - 1);
      assert.ok(waits(stage.login.snapshot), 'not a moment earlier');
      assert.equal(codesSent(stage).length, index + 1);
      const goesOn = stage.until((snapshot) => !waits(snapshot));
      stage.clock.advance(1);
      await goesOn;
    }
    await ended;
    assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
    assert.deepEqual(codesSent(stage), Array(seconds.length + 1).fill('the-code'));
  });
}

for (const [what, answer, failure] of [
  ['429 beyond a minute', rateLimited({ 'Retry-After': '61' }), 'rate-limited'],
  ['503 beyond a minute', unavailable({ 'Retry-After': '61' }), 'service-down'],
  ['503 that does not say how long', unavailable(), 'service-down'],
] as const) {
  test(`an exchange that meets ${what} fails at once`, async () => {
    await using stage = await setBusyStage([answer]);
    await stage.login.signIn();
    assert.equal(attempt(stage.login.snapshot).failure?.code, failure);
    assert.equal(codesSent(stage).length, 1);
  });
}

test('the waits of an exchange are a minute in all', async () => {
  await using stage = await setBusyStage(Array(3).fill(rateLimited({ 'Retry-After': '25' })));
  const ended = stage.login.signIn();
  for (let times = 0; times < 2; times++) {
    await stage.until(waits);
    const goesOn = stage.until((snapshot) => !waits(snapshot));
    stage.clock.advance(25 * SECOND);
    await goesOn;
  }
  await ended;
  const { failure, retryAt } = attempt(stage.login.snapshot);
  assert.deepEqual([failure, retryAt], [{ code: 'rate-limited', retryAfterSeconds: 25 }, null]);
  assert.equal(codesSent(stage).length, 3);
});

test('an exchange that waits can be cancelled, and asks no more', async () => {
  await using stage = await setBusyStage([rateLimited()]);
  const ended = stage.login.signIn();
  await stage.until(waits);
  stage.login.cancelSignIn();
  await ended;
  const { phase, retryAt } = attempt(stage.login.snapshot);
  assert.deepEqual([phase, retryAt], ['cancelled', null]);
  stage.clock.advance(MINUTE);
  assert.equal(codesSent(stage).length, 1);
});

test('two sign-ins one after the other use the same port, though the first still serves its page', async () => {
  await using stage = await setStage();
  for (let times = 0; times < 2; times++) {
    await stage.login.signIn();
    assert.equal(step(stage.login.snapshot, 'callback-server')?.status, 'done');
  }
});

for (const [what, profile, code] of [
  [
    '403',
    (r: ServerResponse) => json(r, 403, { error: { type: 'permission_error', message: 'no' } }),
    'test-forbidden',
  ],
  [
    'third-party use',
    (r: ServerResponse) =>
      json(r, 400, {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message:
            'This credential is only authorized for use with Claude Code and cannot be used for other API requests.',
        },
      }),
    'test-claude-code-only',
  ],
  [
    'a missing scope',
    (r: ServerResponse) =>
      json(r, 403, {
        type: 'error',
        error: {
          type: 'permission_error',
          message: 'OAuth token does not meet scope requirement user:profile',
        },
      }),
    'test-scope-missing',
  ],
  ['a lost connection', (r: ServerResponse) => void r.destroy(), 'answer-lost'],
] as const) {
  test(`a token test that ends with ${what} is explained, and the token is kept`, async () => {
    await using stage = await setStage({ profile });
    await stage.login.signIn();
    const { snapshot } = stage.login;
    assert.equal(attempt(snapshot).phase, 'succeeded');
    assert.equal(step(snapshot, 'test')?.status, 'warning');
    assert.equal(step(snapshot, 'test')?.notice?.code, code);
    assert.ok((await readFile(stage.configFile, 'utf8')).includes(ACCESS));
  });
}

test('a config file that is not YAML is not touched, and the credential waits until it is mended', async () => {
  await using stage = await setStage();
  await mkdir(join(stage.configFile, '..'), { recursive: true });
  const broken = 'providers:\n  anthropic: [oh\n';
  await writeFile(stage.configFile, broken, { mode: 0o600 });
  await stage.login.signIn();

  const { snapshot } = stage.login;
  assert.equal(attempt(snapshot).phase, 'succeeded');
  assert.equal(step(snapshot, 'save')?.notice?.code, 'config-not-yaml');
  assert.equal(storage(snapshot), 'own-folder');
  assert.equal(await readFile(stage.configFile, 'utf8'), broken);

  await stage.login.saveAgain();
  assert.equal(storage(stage.login.snapshot), 'own-folder');
  await writeFile(stage.configFile, 'providers:\n  openai: {}\n');
  await stage.login.saveAgain();
  assert.equal(storage(stage.login.snapshot), 'config-file');
  assert.deepEqual(stage.login.snapshot.troubles, []);
  const mended = await readFile(stage.configFile, 'utf8');
  assert.ok(mended.includes('openai: {}') && mended.includes(ACCESS));
});

test('a config file that others can read is told and can be made private', async () => {
  await using stage = await setStage();
  await stage.login.signIn();
  await chmod(stage.configFile, 0o644);
  await stage.login.signIn();
  assert.equal(stage.login.snapshot.troubles[0]?.code, 'config-readable-by-others');
  await stage.login.restrictConfigFile();
  assert.deepEqual(stage.login.snapshot.troubles, []);
  assert.equal((await stat(stage.configFile)).mode & 0o777, 0o600);
});

test('cancelling while waiting stores nothing and closes the server', async () => {
  await using stage = await setStage({}, () => Promise.resolve());
  const ended = stage.login.signIn();
  await stage.until(isWaiting);
  stage.login.cancelSignIn();
  await ended;
  assert.equal(attempt(stage.login.snapshot).phase, 'cancelled');
  assert.equal(stage.login.authorizationUrl, null);
  await assert.rejects(fetch('http://127.0.0.1:18740/'));
});

test('cancelling during the exchange stores nothing', async () => {
  await using stage = await setStage({ token: () => undefined });
  const ended = stage.login.signIn();
  await stage.until((snapshot) => step(snapshot, 'exchange')?.status === 'active');
  stage.login.cancelSignIn();
  await ended;
  assert.equal(attempt(stage.login.snapshot).phase, 'cancelled');
  await assert.rejects(stat(stage.configFile), { code: 'ENOENT' });
});

test('cancelling during the test keeps the credential: the sign-in has succeeded', PROMPTLY, async () => {
  await using stage = await setStage({ profile: () => undefined });
  const ended = stage.login.signIn();
  await stage.until((snapshot) => step(snapshot, 'test')?.status === 'active');
  stage.login.cancelSignIn();
  await ended;
  assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
  assert.equal(step(stage.login.snapshot, 'test')?.status, 'skipped');
  assert.ok((await readFile(stage.configFile, 'utf8')).includes(ACCESS));
});

test(
  'a service that does not say whose a new login is keeps it from the disk for ten seconds at most',
  PROMPTLY,
  async () => {
    await using stage = await setStage({ profile: () => undefined });
    await mkdir(dirname(stage.configFile), { recursive: true });
    await writeFile(stage.configFile, ENDLESS.replace(ACCESS, 'theirs').replace(REFRESH, 'theirs too'));
    const asksProfile = () =>
      stage.server.received.filter(({ path }) => path === '/api/oauth/profile').length;
    const ended = stage.login.signIn();
    await stage.until((snapshot) => step(snapshot, 'save')?.status === 'active');
    await until('the service to be asked', () => (asksProfile() === 1 ? true : undefined));
    stage.login.cancelSignIn();
    stage.clock.advance(10 * SECOND);
    await ended;
    assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
    assert.ok((await readFile(stage.configFile, 'utf8')).includes(ACCESS));
  },
);

test('a second click while an attempt runs starts no other', async () => {
  await using stage = await setStage({}, () => Promise.resolve());
  const ended = stage.login.signIn();
  await stage.until(isWaiting);
  await stage.login.signIn();
  assert.equal(attempt(stage.login.snapshot).attempt, 1);
  stage.login.cancelSignIn();
  await ended;
});

test('before the first sign-in with Anthropic its terms are asked for, once, and no browser opens until then', async () => {
  let opened = 0;
  await using stage = await setStage(
    {},
    async (url) => {
      opened += 1;
      await approve(url);
    },
    { anthropic: true },
  );
  await stage.login.signIn();
  assert.equal(attempt(stage.login.snapshot).phase, 'terms');
  assert.equal(opened, 0);
  await stage.login.acknowledgeTerms();
  assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
  await stage.login.signIn();
  assert.equal(attempt(stage.login.snapshot).phase, 'succeeded');
  assert.equal(opened, 2);
});

test('declining the terms leaves everything as it was', async () => {
  await using stage = await setStage({}, approve, { anthropic: true });
  await stage.login.signIn();
  stage.login.cancelSignIn();
  assert.equal(attempt(stage.login.snapshot).phase, 'cancelled');
  await stage.login.signIn();
  assert.equal(attempt(stage.login.snapshot).phase, 'terms');
});

test('on a stand-in runtime nothing but this machine is talked to', async () => {
  let opened = 0;
  const count = () => {
    opened += 1;
    return Promise.resolve();
  };
  await using stage = await setStage({}, count, { anthropic: true, standIn: true });
  await stage.login.signIn();
  assert.deepEqual(attempt(stage.login.snapshot).failure, {
    code: 'runtime-not-vouched',
    runtime: 'Electron 42.0.0',
  });
  assert.equal(opened, 0);

  // Writing down an end that nobody knows would renew the token.
  await mkdir(dirname(stage.configFile));
  await writeFile(stage.configFile, ENDLESS, { mode: 0o600 });
  await stage.login.catchUp();
  for (const command of ['refresh', 'writeExpiry'] as const) {
    await stage.login[command]('default');
    assert.deepEqual(
      stage.login.snapshot.troubles.map(({ code }) => code),
      ['runtime-not-vouched'],
    );
  }
  assert.deepEqual(stage.server.received, []);

  await using practice = await setStage({}, approve, { standIn: true });
  await practice.login.signIn();
  assert.equal(attempt(practice.login.snapshot).phase, 'succeeded');
});

test('after a restart the account is known again, without asking anybody', async () => {
  await using stage = await setStage();
  await stage.login.signIn();
  const asked = stage.server.received.length;
  const { configFile, dataDir } = stage;
  const [account] = (await new Vault({ configFile, dataDir, keychain: null }).load()).accounts;
  assert.equal(account?.record?.owner?.email, 'ada@example.org');
  assert.equal(account.credential?.accessToken, ACCESS);
  assert.equal(stage.server.received.length, asked);
});

test('a login goes to the account of whoever approved, and takes nobody else’s place', async () => {
  let person = 'ada';
  const token = (response: ServerResponse) =>
    json(response, 200, {
      access_token: `sk-ant-oat01-${person}`,
      refresh_token: `sk-ant-ort01-${person}`,
      expires_in: 28_800,
      account: { uuid: person, email_address: `${person}@example.org` },
      organization: { uuid: 'o', name: 'Analytical Engines' },
    });
  const profile = (response: ServerResponse) => json(response, 503, {});
  await using stage = await setStage({ token, profile });
  const { login, configFile } = stage;
  const owners = () => login.snapshot.accounts.map(({ id, owner }) => [id, owner?.email]);
  const place = () => login.snapshot.signIn?.place;
  await login.signIn();
  assert.deepEqual(owners(), [['default', 'ada@example.org']]);

  person = 'grace';
  await login.signIn('default');
  assert.deepEqual(place(), { id: 'account-2', surprise: 'apart' });
  const both = [
    ['default', 'ada@example.org'],
    ['account-2', 'grace@example.org'],
  ];
  assert.deepEqual(owners(), both);
  const file = await readFile(configFile, 'utf8');
  for (const name of ['ada', 'grace']) assert.ok(file.includes(`access_token: sk-ant-oat01-${name}\n`));

  person = 'ada';
  await login.signIn(null);
  assert.deepEqual(place(), { id: 'default', surprise: 'already' });
  assert.deepEqual(owners(), both);
  assert.deepEqual(
    login.snapshot.accounts.map(({ history }) => history.filter(({ kind }) => kind === 'signed-in').length),
    [2, 1],
  );
});

test('one account more never takes the place of what another program put into the file', async () => {
  let person = 'ada';
  const token = (response: ServerResponse) =>
    json(response, 200, {
      access_token: ACCESS,
      refresh_token: REFRESH,
      expires_in: 28_800,
      account: { uuid: person, email_address: `${person}@example.org` },
      organization: { uuid: 'o', name: 'Analytical Engines' },
    });
  await using stage = await setStage({ token });
  const { login, configFile } = stage;
  await login.signIn();
  const ours = await readFile(configFile, 'utf8');
  const theirs = ours.replaceAll(/client_id: .*/g, 'client_id: another').replaceAll(REFRESH, 'their-token');
  await writeFile(configFile, theirs);
  await login.catchUp();
  assert.equal(login.snapshot.accounts[0]?.troubles[0]?.code, 'entry-replaced');
  await login.signIn(null);
  assert.deepEqual(login.snapshot.signIn?.place, { id: 'account-2', surprise: null });
  assert.match(await readFile(configFile, 'utf8'), /their-token/);

  // What ids a file has that cannot be read nobody knows.
  await writeFile(configFile, 'providers: [\n');
  person = 'grace';
  await login.signIn(null);
  const ids = login.snapshot.accounts.map(({ id }) => id);
  assert.equal(ids.filter((id) => /^account-[\da-f-]{36}$/.test(id)).length, 1, String(ids));
});
