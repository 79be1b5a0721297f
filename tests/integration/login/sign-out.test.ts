import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { copyFile, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Revocation } from '../../../src-main/domain/revocation.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { CLIENT_ID } from '../../../src-main/oauth/client.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { replaceEntry, signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { block, file, graces, iso, text } from '../neighbours/kit.ts';

const REVOKE = '/v1/oauth/revoke';

const asked = ({ server }: Stage) => server.requests.filter(({ path }) => path === REVOKE).length;
const state = ({ server }: Stage, { refreshToken }: Credential) =>
  server.refreshTokenState(String(refreshToken));

/** Signs out, and waits for what the service says. */
async function signOut(login: Login, id = 'default'): Promise<Revocation> {
  const { revocation } = await login.signOut(id);
  return revocation;
}

/** The service has not been asked, and the login lives on for whoever has it. */
async function isSpared(
  stage: Stage,
  credential: Credential,
  told: Revocation,
  reason: string,
): Promise<void> {
  assert.deepEqual(told, { outcome: 'not-asked', reason });
  assert.equal(asked(stage), 0);
  assert.equal(await state(stage, credential), 'live');
}

test('who signs out has their login revoked, is told so, and finds it in the history', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const credential = await stage.credential();
  assert.deepEqual(await signOut(login), { outcome: 'revoked' });
  assert.equal(await state(stage, credential), 'unknown');
  assert.ok(!(await text(stage)).includes(credential.accessToken));
  const { accounts, formerAccounts, farewell } = login.snapshot;
  assert.deepEqual(accounts, []);
  assert.deepEqual(farewell?.revocation, { outcome: 'revoked' });
  assert.equal(farewell.owner?.email, 'ada@example.org');
  const at = stage.clock.now();
  const event = { at, kind: 'signed-out', revocation: { outcome: 'revoked' } };
  assert.deepEqual(formerAccounts, [{ id: 'default', history: [event] }]);

  await login.signIn();
  assert.equal(login.snapshot.farewell, null, 'what is past is put away');
  assert.deepEqual(
    login.snapshot.accounts[0]?.history.map(({ kind }) => kind),
    ['signed-out', 'signed-in'],
  );
});

test('what is sent is the refresh token, to the server that gave it, as other clients send it', async (t) => {
  const stage = await signedIn(t);
  const sent: [string, unknown, string | null][] = [];
  const login = await stage.open({
    fetch: (url, init) => {
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : null;
      sent.push([url.href, body, new Headers(init?.headers).get('content-type')]);
      return directNetwork.fetch(url, init);
    },
  });
  const { refreshToken } = await stage.credential();
  await signOut(login);
  const body = { token: refreshToken, token_type_hint: 'refresh_token', client_id: CLIENT_ID };
  assert.deepEqual(sent, [[stage.server.tokenUrl.replace(/token$/, 'revoke'), body, 'application/json']]);
  assert.ok(!JSON.stringify(login.snapshot).includes(String(refreshToken)));
});

test('nobody waits for a service that does not answer, and it is given five seconds', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  server.setMood({ endpoint: 'revocation', behaviour: { kind: 'hang' } });
  const { accessToken } = await stage.credential();
  const { revocation } = await login.signOut('default');
  assert.ok(!(await text(stage)).includes(accessToken), 'it is done here');
  const said = () => login.snapshot.farewell?.revocation;
  assert.deepEqual(said(), { outcome: 'asked' });
  assert.equal(login.isBusy, false, 'a quit does not wait for it');
  await until('the question to be sent', () => (clock.untilNext === 5 * SECOND ? true : undefined));
  clock.advance(5 * SECOND);
  assert.deepEqual(await revocation, { outcome: 'no-answer' });
  assert.deepEqual(said(), { outcome: 'no-answer' });
});

test('a quit cuts it off, and the history says that it was asked', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ endpoint: 'revocation', behaviour: { kind: 'hang' } });
  await stage.login.signOut('default');
  await stage.login.stop();
  const next = await stage.open();
  const [former] = next.snapshot.formerAccounts;
  assert.deepEqual(former?.history, [
    { at: stage.clock.now(), kind: 'signed-out', revocation: { outcome: 'asked' } },
  ]);
});

test('what the service says is told as it is', async (t) => {
  const cases = [
    [REFUSALS.malformed, { outcome: 'refused', status: 400 }],
    [REFUSALS.rateLimited, { outcome: 'refused', status: 429 }],
    [REFUSALS.down, { outcome: 'refused', status: 503 }],
    [REFUSALS.notFound, { outcome: 'refused', status: 404 }],
    [
      { kind: 'answer', status: 200, body: { error: 'invalid_client' } },
      { outcome: 'refused', status: 200 },
    ],
    [REFUSALS.redirected, { outcome: 'no-answer' }],
    [{ kind: 'reset' }, { outcome: 'no-answer' }],
    [{ kind: 'answer', status: 204 }, { outcome: 'revoked' }],
  ] as const;
  const stage = await signedIn(t);
  const { login } = stage;
  for (const [behaviour, expected] of cases) {
    stage.server.setMood({ endpoint: 'revocation', times: 1, behaviour });
    assert.deepEqual(await signOut(login), expected);
    assert.deepEqual(login.snapshot.accounts, [], 'signed out all the same');
    await login.signIn();
    stage.clock.advance(10 * SECOND);
  }
});

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: it is revoked, and the keychain has nothing left`, async (t) => {
    const secrets = new MemoryKeychain();
    const stage = await signedIn(t, { secrets });
    const credential = await stage.credential();
    await stage.login.storage.move('default', storage);
    assert.deepEqual(await signOut(stage.login), { outcome: 'revoked' });
    assert.equal(await state(stage, credential), 'unknown');
    assert.equal(secrets.copies.size, 0);
  });
}

test('a renewed login is revoked, also by a process that starts for it', async (t) => {
  const stage = await signedIn(t);
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  const credential = await stage.credential();
  const next = await stage.open();
  assert.deepEqual(await signOut(next), { outcome: 'revoked' });
  assert.equal(await state(stage, credential), 'unknown');
});

test('a login that stands under a second id goes on there', async (t) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  const at = iso(stage.clock.now() + 8 * HOUR);
  await writeAsOthersDo(
    stage.configFile,
    file(block('default', credential, at), block('work', credential, at)),
  );
  await stage.login.catchUp();
  await isSpared(stage, credential, await signOut(stage.login), 'shared');
  assert.ok((await text(stage)).includes(String(credential.refreshToken)));
  // Nobody has it beside this one any more.
  assert.deepEqual(await signOut(stage.login, 'work'), { outcome: 'revoked' });
});

test('a login whose token stands anywhere in the file goes on there', async (t) => {
  const places: readonly ((credential: Credential) => string)[] = [
    ({ refreshToken }) => `# kept by hand: ${String(refreshToken)}\n`,
    ({ accessToken }) => `server: {token: "${accessToken}"}\n`,
  ];
  for (const place of places) {
    const stage = await signedIn(t);
    const credential = await stage.credential();
    await writeAsOthersDo(stage.configFile, place(credential) + (await text(stage)));
    await isSpared(stage, credential, await signOut(stage.login), 'shared');
  }
});

test('a login that is in another config file as well goes on there', async (t) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  const copy = join(stage.folder, 'copied.yaml');
  await copyFile(stage.configFile, copy);
  const other = await stage.open({ configFile: copy });
  await other.catchUp();
  await isSpared(stage, credential, await signOut(stage.login), 'shared');
  stage.clock.advance(8 * HOUR);
  assert.equal((await other.refresh('default')).kind, 'refreshed');
});

test('… and where it was renewed in one of the two', async (t) => {
  const stage = await signedIn(t);
  const copy = join(stage.folder, 'copied.yaml');
  await copyFile(stage.configFile, copy);
  const other = await stage.open({ configFile: copy });
  await other.catchUp();
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  const renewed = await stage.credential();
  await signOut(other);
  assert.equal(asked(stage), 0, 'what the other file has is spent');
  assert.equal(await state(stage, renewed), 'live');
});

test('what another program renewed or signed in is not ended for it', async (t) => {
  const stage = await signedIn(t);
  const [ours, theirs] = [await stage.credential(), await stage.foreignCredential()];
  await replaceEntry(stage.configFile, ours, theirs);
  await stage.login.catchUp();
  await isSpared(stage, theirs, await signOut(stage.login), 'others');
  assert.equal(await state(stage, ours), 'live');
});

test('what another program puts there just before is not ended for it', async (t) => {
  const stage = await signedIn(t);
  const [ours, grace] = [await stage.credential(), await graces(stage)];
  await replaceEntry(stage.configFile, ours, grace);
  // Nobody has looked since.
  await assert.rejects(signOut(stage.login), { code: 'entry-replaced' });
  assert.equal(asked(stage), 0);
  assert.equal(await state(stage, grace), 'live');
  assert.equal(await state(stage, ours), 'live');
});

test('a login that another program took out may live on there, also once it was put back', async (t) => {
  for (const putsBack of [false, true]) {
    const stage = await signedIn(t);
    const credential = await stage.credential();
    await writeAsOthersDo(stage.configFile, 'providers: {}\n');
    await stage.login.catchUp();
    if (putsBack) await stage.login.putBack('default');
    await isSpared(stage, credential, await signOut(stage.login), 'others');
  }
});

test('an entry that moved to another id is spared, and so is its login', async (t) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  await writeAsOthersDo(stage.configFile, (await text(stage)).replace('id: default', 'id: mine'));
  assert.deepEqual(await signOut(stage.login), { outcome: 'not-asked', reason: 'nothing' });
  assert.equal(asked(stage), 0);
  assert.equal(await state(stage, credential), 'live');
  assert.ok((await text(stage)).includes(credential.accessToken));
});

test("another client's entry is taken out, and its token sent to nobody", async (t) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  await writeAsOthersDo(stage.configFile, (await text(stage)).replace(CLIENT_ID, 'another-client'));
  const next = await stage.open({ dataDir: join(stage.folder, 'fresh') });
  await next.catchUp();
  await isSpared(stage, credential, await signOut(next), 'nothing');
});

test('a login that is over, or whose token may be spent, is presented no more', async (t) => {
  for (const [behaviour, times] of [
    [REFUSALS.invalidGrant, 1],
    [{ kind: 'reset' }, 1],
    [{ kind: 'reset' }, 2],
  ] as const) {
    const stage = await signedIn(t);
    const credential = await stage.credential();
    stage.server.setMood({ endpoint: 'token', behaviour });
    for (let refreshes = 0; refreshes < times; refreshes++) {
      stage.clock.advance(8 * HOUR);
      await stage.login.refresh('default');
    }
    await isSpared(stage, credential, await signOut(stage.login), 'over');
  }
});

test('an address that was set by mistake gets no token', async (t) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  let requests = 0;
  const mistaken = createServer((_, answer) => {
    requests++;
    answer.end();
  });
  t.after(() => mistaken.close());
  await once(mistaken.listen(0, '127.0.0.2'), 'listening');
  const { authorizeUrl, apiUrl } = stage.server;
  const tokenUrl = `http://127.0.0.2:${(mistaken.address() as AddressInfo).port}/v1/oauth/token`;
  const astray = await stage.open({ endpoints: readEndpoints({ authorizeUrl, apiUrl, tokenUrl }) });
  await isSpared(stage, credential, await signOut(astray), 'not-the-issuer');
  assert.equal(requests, 0);
});

test('a login of which nobody knows who gave it is sent to nobody', async (t) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  await rm(stage.dataDir, { recursive: true });
  const next = await stage.open();
  await next.catchUp();
  await isSpared(stage, credential, await signOut(next), 'others');
});

test('a stand-in runtime asks no server but this machine’s', async (t) => {
  const sent: string[] = [];
  const stage = await signedIn(t);
  const credential = await stage.credential();
  const { authorizeUrl, tokenUrl } = stage.server;
  const login = await stage.open({
    endpoints: readEndpoints({ authorizeUrl, tokenUrl, apiUrl: undefined }),
    standInRuntime: 'Electron 42.0.0',
    fetch: (url, init) => {
      sent.push(url.href);
      return directNetwork.fetch(url, init);
    },
  });
  await isSpared(stage, credential, await signOut(login), 'runtime');
  assert.deepEqual(sent, []);
});

test('two processes sign out at once: one asks', async (t) => {
  const stage = await signedIn(t);
  const other = await stage.open();
  const told = await Promise.all([signOut(stage.login), signOut(other)]);
  assert.deepEqual(told.map(({ outcome }) => outcome).toSorted(), ['not-asked', 'revoked']);
  assert.equal(asked(stage), 1);
});

test('what could not be forgotten here is not revoked either', async (t: TestContext) => {
  const stage = await signedIn(t);
  const credential = await stage.credential();
  const whole = await readFile(stage.configFile, 'utf8');
  await writeAsOthersDo(stage.configFile, `${whole}\n\t: [`);
  await assert.rejects(signOut(stage.login), { code: 'config-not-yaml' });
  stage.clock.advance(MINUTE);
  assert.equal(asked(stage), 0);
  assert.equal(await state(stage, credential), 'live');
  assert.equal(stage.login.snapshot.farewell, null);
});
