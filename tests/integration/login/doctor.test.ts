import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { doctorCommand } from '../../../src-main/terminal/doctor-command.ts';
import { letAge, signedIn, type Stage } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf, type Ended } from '../../support/login/terminal.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

const PORT = 18_870;

/** `latchkey doctor` over the stage's login. */
function doctor(stage: Stage, changes: Record<string, string> = {}, ...words: string[]): Promise<Ended> {
  return terminal.run(['doctor', ...words], { ...variablesOf(stage, PORT), ...changes });
}

/** A server that says nothing, for as long as the test lasts. */
async function listening(t: TestContext, port = 0): Promise<number> {
  const server = createServer((socket) => socket.end('not TLS\n'));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

test('where all is well each part is told, and who is signed in', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const { code, out, error } = await doctor(stage);
  assert.deepEqual([code, error], [0, '']);
  const { host } = new URL(stage.server.apiUrl);
  assert.match(out, /^✓ Config file ~\/shared\/config\.yaml$/m);
  assert.match(out, /^✓ Latchkey’s own folder ~\/data$/m);
  assert.match(out, new RegExp(`^✓ Callback port ${PORT}$`, 'm'));
  assert.equal(out.split(`✓ Connection to ${host}`).length, 2, out);
  assert.match(out, /^Signed in as ada@example\.org$/m);
  // Built without keytar: the second copy is a bonus.
  assert.match(out, /^⚠ System keychain\n.*\[keychain-unavailable\]$/m);
});

test('nothing is changed by looking', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await doctor(stage);
  const contents = async () => {
    const folders = [dirname(stage.configFile), stage.dataDir];
    const names = (await Promise.all(folders.map((folder) => readdir(folder)))).flat();
    const texts = [stage.configFile, join(stage.dataDir, 'accounts.json')];
    return [names, await Promise.all(texts.map((path) => readFile(path, 'utf8')))];
  };
  const before = await contents();
  const requests = stage.server.tokenRequestsBegun;
  assert.equal((await doctor(stage)).code, 0);
  assert.deepEqual(await contents(), before);
  assert.equal(stage.server.tokenRequestsBegun, requests);
});

test('what stands in the way is told with what helps, in the report', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const found = async (changes: Record<string, string>, part: RegExp, failure: RegExp) => {
    const { code, out, error } = await doctor(stage, changes);
    assert.deepEqual([code, error], [1, '']);
    assert.match(out, part);
    assert.match(out, failure);
  };
  const plain = `https://127.0.0.1:${await listening(t)}`;
  await found({ LATCHKEY_API_URL: plain }, /^✗ Connection to 127\.0\.0\.1:/m, /\[connection-untrusted\]/);
  const nobody = 'http://127.0.0.1:1';
  await found(
    { LATCHKEY_API_URL: nobody },
    /^✗ Connection to 127\.0\.0\.1:1 \(directly, on this computer\)\n/m,
    /\[network-down\]/,
  );

  const inFile = { LATCHKEY_CONFIG_FILE: join(stage.configFile, 'config.yaml') };
  await found(inFile, /^✗ Config file/m, /\[config-not-writable\]\n.*a part of its path is not a folder/);
  const inNoFolder = { LATCHKEY_DATA_DIR: join(stage.configFile, 'data') };
  await found(inNoFolder, /^✗ Latchkey’s own folder/m, /\[data-not-writable\]/);
});

test('a file that cannot be read is no sign that somebody is signed out', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await writeFile(stage.configFile, 'providers: [\n');
  await rm(join(stage.dataDir, 'copies.json'));
  for (const words of [[], ['--account', 'default'], ['--account', 'nobody']]) {
    const { code, out, error } = await doctor(stage, {}, ...words);
    assert.deepEqual([code, error], [1, '']);
    assert.match(out, /^✗ Config file .*\n.*\[config-not-yaml\]\n.* breaks at line \d+, column \d+/m);
    assert.doesNotMatch(out, /Signed|no sign-in|kept/i);
  }
  const { code, out, error } = await doctor(stage, {}, '--json');
  assert.equal(code, 1);
  assert.match(error, /\[config-not-yaml\]\n.* breaks at line/);
  assert.deepEqual((JSON.parse(out) as Record<string, unknown>)['accounts'], []);
});

test('the report is in order, whoever reads it', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const { out } = await doctor(stage, { LATCHKEY_API_URL: 'http://127.0.0.1:1' });
  const heads = out.split('\n').filter((line) => /^\S/.test(line));
  assert.deepEqual(
    heads.map((line) => line.replace(' (directly, on this computer)', '').replace(/ \S*[/:.\d]+\S*$/, '')),
    [
      '✓ Latchkey 0.1.0 (npm)',
      '✓ Config file',
      '✓ Latchkey’s own folder',
      '⚠ System keychain',
      '✓ Callback port',
      '✓ Connection to',
      '✗ Connection to',
      'Signed in as',
    ],
  );
});

test('of several token hosts the one that is asked first is told, and whether it answered last', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const { server, endpoints } = stage;
  const [first, second] = ['127.0.0.1', 'localhost'].map((name) => {
    const url = new URL(server.tokenUrl);
    url.hostname = name;
    return url;
  });
  assert.ok(first !== undefined && second !== undefined);
  const login = await stage.open({
    endpoints: { ...endpoints, isTokenUrlGiven: false, tokenUrls: [first, second] },
  });
  const told = async (json: boolean) => {
    const { terminal: heard, said } = sampleTerminal({ now: Date.now });
    await doctorCommand(login, { ...NOTHING_TYPED, json }, heard);
    return said().out;
  };
  assert.ok(
    (await told(false)).includes(`✓ Asked for tokens first: ${first.host} (not known to answer yet)`),
  );
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.gone });
  await login.signIn();
  assert.ok((await told(false)).includes(`✓ Asked for tokens first: ${second.host} (it answered last)`));
  const { checks } = JSON.parse(await told(true)) as { checks: Record<string, unknown>[] };
  assert.deepEqual(
    checks.find(({ part }) => part === 'token-host'),
    { part: 'token-host', about: second.host, failures: [], answered_last: true },
  );
});

test('the doctor connects the way that requests go', async (t) => {
  const stage = await signedIn(t);
  const tried: string[] = [];
  const way = { proxy: null, as: 'nothing' } as const;
  const login = await stage.open({
    connection: ({ host }) => {
      tried.push(host);
      return Promise.resolve({ way, failure: { code: 'network-down', host, reason: 'ENETUNREACH' } });
    },
  });
  const connections = (await login.checkUp()).filter(({ part }) => part === 'connection');
  const { host } = new URL(stage.server.apiUrl);
  assert.deepEqual(tried, [host]);
  assert.deepEqual(connections, [
    {
      part: 'connection',
      about: host,
      failures: [{ code: 'network-down', host, reason: 'ENETUNREACH' }],
      way,
    },
  ]);
});

test('a connection that is cut before its handshake is none', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  for (const cut of [(socket: Socket) => socket.end(), (socket: Socket) => socket.resetAndDestroy()]) {
    const server = createServer(cut);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const { code, out } = await doctor(stage, { LATCHKEY_API_URL: `https://127.0.0.1:${port}` });
    assert.equal(code, 1);
    assert.match(
      out,
      /^✗ Connection to 127\.0\.0\.1:\d+ \(directly, on this computer\)\n.*\[network-down\]\n.*\(127\.0\.0\.1:\d+: connection cut short\)/m,
    );
  }
});

test('a port that is taken is told, and no reason to fail', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await listening(t, PORT);
  const { code, out } = await doctor(stage);
  assert.equal(code, 0);
  assert.match(out, new RegExp(`^⚠ Callback port ${PORT}\\n  Port ${PORT} is in use \\[port-busy\\]$`, 'm'));
});

test('where only a sign-in is missing the exit code says so', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await letAge(stage, 9 * HOUR);
  await stage.login.refresh('default');
  const over = await doctor(stage);
  assert.equal(over.code, 3, over.error);
  assert.match(over.out, /^Sign in again as ada@example\.org$/m);
  const stranger = await doctor(stage, {}, '--account', 'nobody');
  assert.deepEqual([stranger.code, stranger.error], [3, '']);
  assert.match(stranger.out, /no sign-in with the id “nobody”/);
  await stage.login.signOut('default');
  const nobody = await doctor(stage);
  assert.deepEqual([nobody.code, nobody.out.endsWith('Signed out\n')], [3, true]);
});

test('the same as JSON', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const nobody = { LATCHKEY_API_URL: 'http://127.0.0.1:1' };
  const { code, out, error } = await doctor(stage, nobody, '--json');
  assert.equal(code, 1);
  assert.match(error, /^✗ Connection to 127\.0\.0\.1:1 \(directly, on this computer\)\n.*\[network-down\]/);
  const { checks, accounts } = JSON.parse(out) as {
    checks: Record<string, unknown>[];
    accounts: Record<string, unknown>[];
  };
  assert.deepEqual(checks[0], { part: 'package', about: '0.1.0 (npm)', failures: [] });
  assert.deepEqual(checks[1], { part: 'config-file', about: stage.configFile, failures: [] });
  assert.deepEqual(checks.at(-1), {
    part: 'connection',
    about: '127.0.0.1:1',
    failures: ['network-down'],
    proxy: null,
    as: 'loopback',
  });
  assert.equal(accounts[0]?.['standing'], 'valid');
  // A missing keychain is in nobody's way.
  assert.doesNotMatch(error, /⚠/);
});
