import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { MINUTE } from '../../../src-main/domain/instant.ts';
import type { SignIn } from '../../../src-main/domain/sign-in.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import type { Login } from '../../../src-main/login/login.ts';
import type { Fetch } from '../../../src-main/network/network.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { endpointsOf } from '../../support/login/signed-in.ts';
import { newLogin } from '../../support/new-login.ts';
import { approve, approveElsewhere, approveManually } from '../../support/practice/approve.ts';
import { startPracticeServer, type PracticeServer } from '../../support/practice/practice-server.ts';

const PORT = 18_730;
const REDIRECT = `http://localhost:${PORT}/callback`;

interface Stage {
  readonly login: Login;
  readonly clock: FakeClock;
  readonly server: PracticeServer;
  readonly configFile: string;
  /** Every snapshot told since the start. */
  readonly told: readonly Snapshot[];
  /** The URLs a browser was asked to open, in order. */
  readonly opened: readonly string[];
  /** The bodies of the token requests. */
  readonly exchanged: readonly Readonly<Record<string, string>>[];
  /** Ends when the attempt does. */
  readonly ended: Promise<void>;
}

/** A sign-in that waits for the approval of somebody whose browser opens and goes no further. */
async function waiting(
  t: TestContext,
  {
    fetchToken = directNetwork.fetch,
    hasBrowser = true,
    pasting = false,
  }: { fetchToken?: Fetch; hasBrowser?: boolean; pasting?: boolean } = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-paste-'));
  const server = await startPracticeServer();
  const clock = new FakeClock(Date.now());
  const opened: string[] = [];
  const exchanged: Record<string, string>[] = [];
  const configFile = join(folder, 'shared', 'config.yaml');
  const login = newLogin({
    endpoints: endpointsOf(server),
    configFile,
    dataDir: join(folder, 'data'),
    clock,
    callbackPort: PORT,
    openBrowser: (url) => {
      opened.push(url);
      return hasBrowser ? Promise.resolve() : Promise.reject(new Error('no browser'));
    },
    fetch: (url, init) => {
      if (init?.method !== 'POST') return directNetwork.fetch(url, init);
      exchanged.push(JSON.parse(init.body as string) as Record<string, string>);
      return fetchToken(url, init);
    },
  });
  t.after(async () => {
    await login.stop();
    await server.close();
    await rm(folder, { recursive: true });
  });
  const told: Snapshot[] = [];
  login.subscribe((snapshot) => told.push(snapshot));
  await login.start();
  const ended = login.signIn(undefined, { pasting });
  await until(login, ({ approvalDeadline }) => approvalDeadline !== null);
  return { login, clock, server, configFile, told, opened, exchanged, ended };
}

function until(login: Login, is: (signIn: SignIn) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = ({ signIn }: Snapshot) => {
      if (signIn === null || !is(signIn)) return;
      stop();
      resolve();
    };
    const stop = login.subscribe(look);
    look(login.snapshot);
  });
}

const attempt = ({ snapshot }: Login): SignIn => snapshot.signIn ?? assert.fail('there is no attempt');
const url = (login: Login) => login.authorizationUrl ?? assert.fail('nothing waits for an approval');
const parameters = (text = '') => Object.fromEntries(new URL(text).searchParams);
const manualUri = ({ server }: Stage) => new URL('/oauth/code/callback', server.tokenUrl).href;

/** What the attempt says of a text while it goes on. */
function problemOf({ login }: Stage, text: string): SignIn['codeProblem'] {
  login.submitCode(text);
  const { phase, codeProblem, approvalDeadline } = attempt(login);
  assert.equal(phase, 'running');
  assert.ok(approvalDeadline !== null, 'the attempt must go on waiting');
  return codeProblem;
}

async function assertSignedIn({ login, configFile, ended, exchanged }: Stage): Promise<void> {
  await ended;
  const { phase, failure, codeProblem } = attempt(login);
  assert.deepEqual({ phase, failure, codeProblem }, { phase: 'succeeded', failure: null, codeProblem: null });
  assert.match(await readFile(configFile, 'utf8'), /access_token: sk-ant-oat01-/);
  assert.equal(exchanged.length, 1);
}

async function assertPortClosed(): Promise<void> {
  for (const host of ['127.0.0.1', '::1']) {
    const socket = connect({ host, port: PORT });
    await assert.rejects(
      new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject)),
      { code: 'ECONNREFUSED' },
      `${host} must be closed`,
    );
  }
}

test('asking for a code opens the page that shows one, with the same secrets', async (t) => {
  const stage = await waiting(t);
  const { login, opened } = stage;
  await login.pasteCodeInstead();
  assert.equal(opened.length, 2);
  const [first, second] = opened.map(parameters);
  assert.equal(first?.['redirect_uri'], REDIRECT);
  assert.deepEqual(second, { ...first, code: 'true', redirect_uri: manualUri(stage) });
  assert.ok(attempt(login).pasting);
});

test('once pasting, the link to copy and another click on Open are those of the page with the code', async (t) => {
  const { login, opened } = await waiting(t);
  assert.equal(url(login), opened[0]);
  await login.pasteCodeInstead();
  assert.equal(url(login), opened[1]);
  await login.openBrowserAgain();
  assert.equal(opened[2], opened[1]);
});

test('the page with the code may not be kept, and a declined approval shows none', async (t) => {
  const stage = await waiting(t);
  const address = new URL(manualUri(stage));
  address.search = 'code=a&state=b';
  const page = await fetch(address);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /<input readonly [^>]*value="a#b"/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*form-action 'none'/);
  address.search = 'error=access_denied&state=b';
  const declined = await fetch(address);
  assert.equal(declined.status, 400);
  assert.doesNotMatch(await declined.text(), /<input/);
});

test('a browser that does not open is told, and the link signs in when it is opened elsewhere', async (t) => {
  const stage = await waiting(t, { hasBrowser: false });
  const { login } = stage;
  await login.pasteCodeInstead();
  assert.equal(login.snapshot.troubles[0]?.code, 'browser-not-opened');
  login.submitCode(await approveManually(url(login)));
  await assertSignedIn(stage);
});

const halves = (text: string) => text.split('#') as [string, string];
const asQuery = (text: string) => {
  const [code, state] = halves(text);
  return new URLSearchParams({ code, state }).toString();
};

const WAYS: readonly (readonly [string, (shown: string, manual: string) => string])[] = [
  ['code#state', (shown) => shown],
  ['code#state with white space around it', (shown) => `\n  ${shown} \n`],
  ['the whole address of that page', (shown, manual) => `${manual}?${asQuery(shown)}`],
  ['its query string', (shown) => `?${asQuery(shown)}`],
  ['its query string without the question mark', (shown) => asQuery(shown)],
];

for (const [what, pasted] of WAYS) {
  test(`${what} signs in`, async (t) => {
    const stage = await waiting(t);
    const { login, exchanged } = stage;
    await login.pasteCodeInstead();
    login.submitCode(pasted(await approveManually(url(login)), manualUri(stage)));
    await assertSignedIn(stage);
    assert.equal(exchanged[0]?.['redirect_uri'], manualUri(stage));
    await assertPortClosed();
  });
}

const ADDRESSES: readonly (readonly [string, (address: string) => string])[] = [
  ['the address', (address) => address],
  ['the address in quotes', (address) => `"${address}"`],
  ['its query string', (address) => new URL(address).search],
];

for (const [what, pasted] of ADDRESSES) {
  test(`${what} of a browser on another machine, which found nobody at localhost, signs in`, async (t) => {
    const stage = await waiting(t);
    const { login, exchanged } = stage;
    login.submitCode(pasted(await approveElsewhere(url(login))));
    await assertSignedIn(stage);
    assert.equal(exchanged[0]?.['redirect_uri'], REDIRECT);
    await assertPortClosed();
  });
}

test('that address counts also after the page with the code was asked for', async (t) => {
  const stage = await waiting(t);
  const { login, exchanged, opened } = stage;
  await login.pasteCodeInstead();
  login.submitCode(await approveElsewhere(opened[0] ?? ''));
  await assertSignedIn(stage);
  assert.equal(exchanged[0]?.['redirect_uri'], REDIRECT);
  await assertPortClosed();
});

test('what cannot be the answer is told as what it is, and the attempt goes on', async (t) => {
  const stage = await waiting(t);
  const { login, exchanged } = stage;
  await login.pasteCodeInstead();
  const shown = await approveManually(url(login));
  const [code, state] = halves(shown);
  const otherState = createHash('sha256').update(state).digest('base64url');
  const wrong: readonly (readonly [string, SignIn['codeProblem']])[] = [
    ['', 'empty'],
    [code, 'no-state'],
    [`#${state}`, 'no-code'],
    [`${code}#${state.slice(0, -1)}`, 'state-cut-short'],
    [`${code}#${otherState}`, 'state-mismatch'],
    [`${manualUri(stage)}?${asQuery(`${code}#${otherState}`)}`, 'state-mismatch'],
    [`${REDIRECT}?${asQuery(`${code}#${otherState}`)}`, 'state-mismatch'],
    [`${manualUri(stage)}?error=access_denied&state=${state}`, 'declined'],
    [`${REDIRECT}?error=access_denied&state=${state}`, 'declined'],
    [url(login), 'authorization-url'],
    ['the weather is fine', 'not-understood'],
    ['\u0000\u202e😀#'.repeat(500), 'not-understood'],
  ];
  for (const [text, problem] of wrong) assert.equal(problemOf(stage, text), problem, text);
  assert.deepEqual(exchanged, []);

  login.submitCode(shown);
  await assertSignedIn(stage);
});

test("another attempt's code is told as such, also with the state of this one the service refuses it", async (t) => {
  const stage = await waiting(t);
  const { login } = stage;
  await login.pasteCodeInstead();
  const earlier = await approveManually(url(login));
  login.cancelSignIn();
  await stage.ended;

  const ended = login.signIn();
  await until(login, ({ attempt: number, approvalDeadline }) => number === 2 && approvalDeadline !== null);
  assert.equal(attempt(login).pasting, false);
  await login.pasteCodeInstead();
  assert.equal(problemOf(stage, earlier), 'state-mismatch');
  // PKCE: the code was bound to the challenge of the earlier attempt.
  const state = parameters(url(login))['state'] ?? '';
  login.submitCode(`${halves(earlier)[0]}#${state}`);
  await ended;
  assert.deepEqual(attempt(login).failure, { code: 'grant-refused' });
  await assert.rejects(readFile(stage.configFile), { code: 'ENOENT' });
  await assertPortClosed();
});

test('the browser still wins when it comes back, and what was pasted wrongly before is forgotten', async (t) => {
  const stage = await waiting(t);
  const { login, exchanged, opened } = stage;
  await login.pasteCodeInstead();
  assert.equal(problemOf(stage, 'half'), 'no-state');
  await approve(opened[0] ?? '');
  await assertSignedIn(stage);
  assert.equal(exchanged[0]?.['redirect_uri'], REDIRECT);
  // For a moment the same answer may come again, and no other one is taken.
  const state = new URL(opened[0] ?? '').searchParams.get('state') ?? '';
  const other = await fetch(`${REDIRECT}?${new URLSearchParams({ code: 'another', state }).toString()}`);
  assert.equal(other.status, 409);
  assert.equal(exchanged.length, 1);
});

test('after the answer nothing more is taken: not another text, not another page', async (t) => {
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<null>();
  t.after(() => goOn(null));
  const stage = await waiting(t, {
    fetchToken: async (address, init) => {
      await mayGoOn;
      return directNetwork.fetch(address, init);
    },
  });
  const { login, opened } = stage;
  await login.pasteCodeInstead();
  const shown = await approveManually(url(login));
  login.submitCode(shown);
  login.submitCode(shown);
  await until(login, ({ steps }) => steps.some(({ id, status }) => id === 'exchange' && status === 'active'));
  login.submitCode('something else');
  await login.pasteCodeInstead();
  await login.openBrowserAgain();
  assert.equal(login.authorizationUrl, null);
  assert.equal(opened.length, 2);
  await assertPortClosed();
  goOn(null);
  await assertSignedIn(stage);
});

test('cancelling ends it while a code is awaited', async (t) => {
  const { login, ended } = await waiting(t);
  await login.pasteCodeInstead();
  login.cancelSignIn();
  await ended;
  assert.equal(attempt(login).phase, 'cancelled');
  assert.equal(login.authorizationUrl, null);
  await assertPortClosed();
});

test('the five minutes go on from where they began, and end it', async (t) => {
  const stage = await waiting(t);
  const { login, clock, ended } = stage;
  clock.advance(4 * MINUTE);
  await login.pasteCodeInstead();
  assert.equal(problemOf(stage, 'half'), 'no-state');
  clock.advance(MINUTE - 1);
  assert.equal(attempt(login).phase, 'running');
  clock.advance(1);
  await ended;
  assert.deepEqual(attempt(login).failure, { code: 'authorization-timeout', minutes: 5 });
  await assertPortClosed();
});

test('with no attempt under way there is nothing to paste into', async (t) => {
  const { login, ended, opened } = await waiting(t);
  login.cancelSignIn();
  await ended;
  const before = login.snapshot;
  await login.pasteCodeInstead();
  login.submitCode('code#state');
  assert.equal(login.snapshot, before);
  assert.equal(opened.length, 1);
});

test('no snapshot ever holds the code, the state, the verifier or a token', async (t) => {
  const stage = await waiting(t);
  const { login, told, exchanged } = stage;
  await login.pasteCodeInstead();
  const shown = await approveManually(url(login));
  const [code, state] = halves(shown);
  const challenge = parameters(url(login))['code_challenge'] ?? '';
  assert.equal(problemOf(stage, `${code}#${state.slice(1)}`), 'state-cut-short');
  assert.equal(problemOf(stage, `${manualUri(stage)}?error=${code}&state=${state}`), 'declined');
  login.submitCode(shown);
  await assertSignedIn(stage);

  const [, access = ''] = /access_token: (\S+)/.exec(await readFile(stage.configFile, 'utf8')) ?? [];
  const verifier = exchanged[0]?.['code_verifier'] ?? '';
  assert.deepEqual([exchanged[0]?.['code'], exchanged[0]?.['state']], [code, state]);
  const all = JSON.stringify([...told, login.snapshot]);
  assert.ok(all.includes('"pasting":true'));
  for (const secret of [code, state, verifier, challenge, access]) {
    assert.ok(secret.length >= 43);
    assert.ok(!all.includes(secret));
    assert.ok(!all.includes(secret.slice(1, 20)));
  }
});

test('where the code is brought over from the beginning nobody listens for the browser', async (t) => {
  const stage = await waiting(t, { pasting: true });
  const { login, opened } = stage;
  const { steps, redirectUri } = attempt(login);
  assert.equal(steps.find(({ id }) => id === 'callback-server')?.status, 'skipped');
  assert.equal(redirectUri, null);
  const [refused] = (await once(connect(PORT, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
  assert.equal(refused.code, 'ECONNREFUSED');

  assert.deepEqual(opened, [url(login)]);
  assert.equal(parameters(opened[0])['redirect_uri'], manualUri(stage));
  login.submitCode(await approveManually(opened[0] ?? ''));
  await assertSignedIn(stage);
  assert.equal(stage.exchanged[0]?.['redirect_uri'], manualUri(stage));
});
