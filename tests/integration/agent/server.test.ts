import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { serve, type Tokens, type TokenOutcome } from '../../../src-main/agent/server.ts';
import { NO_API_KEY } from '../../../src-main/domain/api-key.ts';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { statusJson } from '../../../src-main/domain/status-json.ts';
import { ask, send } from '../../support/agent/ask.ts';

const JSON_OF_TOKEN = { account: 'default', access_token: 'sk-ant-oat01-test', access_expires_at: null };
const ANSWER: TokenOutcome = { kind: 'token', answer: JSON_OF_TOKEN };

const STATUS = statusJson([], NO_API_KEY, 0);

interface Given {
  readonly token?: Tokens['token'];
  readonly path?: string;
}

async function served(t: TestContext, given: Given = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-agent-'));
  const path = given.path ?? join(folder, 'own', 'agent.sock');
  const errors: unknown[] = [];
  const open = () =>
    serve(
      {
        status: () => Promise.resolve(STATUS),
        token: given.token ?? (() => Promise.resolve(ANSWER)),
      },
      {
        path,
        fd: null,
        server: 'Latchkey/test (the test, PID 1)',
        reportError: (error) => errors.push(error),
      },
    );
  t.after(() => rm(folder, { recursive: true, force: true }));
  const serving = await open();
  t.after(() => serving.close());
  return { folder, path, serving, open, errors };
}

const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  return error instanceof FailureError ? error.failure : assert.fail(`no failure: ${String(error)}`);
};

test('two GETs, and the answers of the contract', async (t) => {
  const asked: unknown[] = [];
  const token: Tokens['token'] = (account, lasting) => {
    asked.push([account, lasting]);
    return Promise.resolve(ANSWER);
  };
  const { path } = await served(t, { token });
  const first = await ask(path, '/v1/token');
  assert.equal(first.status, 200);
  assert.deepEqual(first.body, JSON_OF_TOKEN);
  assert.equal(first.headers['cache-control'], 'no-store');
  assert.equal(first.headers['access-control-allow-origin'], undefined);
  await ask(path, '/v1/token?account=a%20b&lasting=1800');
  await ask(path, '/v1/token?account=');
  assert.deepEqual(asked, [
    [null, 60_000],
    ['a b', 1_800_000],
    ['', 60_000],
  ]);
  assert.deepEqual((await ask(path, '/v1/status')).body, STATUS);
});

test('everything else is refused, by a closed list', async (t) => {
  const { path } = await served(t, { token: () => assert.fail('nobody is asked') });
  const cases: readonly [string, Readonly<Record<string, string>>, string, number][] = [
    ['/v1/token', { Origin: 'https://example.org' }, 'GET', 403],
    ['/v1/token', { Origin: 'null' }, 'GET', 403],
    ['/v1/token', { 'Sec-Fetch-Site': 'same-origin' }, 'GET', 403],
    ['/v1/token', { Host: 'rebound.example.org' }, 'GET', 421],
    ['/v1/token', { Host: 'localhost:8080' }, 'GET', 421],
    ['/v1/token', {}, 'POST', 405],
    ['/v1/token', {}, 'OPTIONS', 405],
    ['/v1/token', {}, 'HEAD', 405],
    ['/', {}, 'GET', 404],
    ['/v1/token/', {}, 'GET', 404],
    ['/v1/../v1/token', {}, 'GET', 404],
    ['http://localhost/v1/token', {}, 'GET', 404],
    ['/v1/token?account=a&account=b', {}, 'GET', 400],
    ['/v1/token?lasting=-1', {}, 'GET', 400],
    ['/v1/token?lasting=1e3', {}, 'GET', 400],
    ['/v1/token?lasting=', {}, 'GET', 400],
    ['/v1/token?lasting=999999999', {}, 'GET', 400],
    ['/v1/token?refresh=1', {}, 'GET', 400],
    ['/v1/status?account=a', {}, 'GET', 400],
    [`/v1/token?account=${'a'.repeat(257)}`, {}, 'GET', 400],
  ];
  for (const [target, headers, method, status] of cases) {
    const answer = await ask(path, target, headers, method);
    assert.equal(answer.status, status, `${method} ${target} ${JSON.stringify(headers)}`);
    if (method !== 'HEAD') {
      assert.deepEqual(Object.keys(answer.body), ['code', 'title', 'detail']);
      assert.equal(answer.body['code'], 'agent-request');
    }
  }
  assert.match(String(await send(path, 'GET /v1/token HTTP/1.1\r\n\r\n')), /^HTTP\/1\.1 400 /);
  assert.match(
    String(await send(path, `GET /v1/token HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(9000)}\r\n\r\n`)),
    /^HTTP\/1\.1 400 /,
  );
  for (const odd of ['CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n']) {
    assert.match(String(await send(path, odd)), /^HTTP\/1\.1 400 /);
  }
});

test('one request a connection: what is sent behind it is not looked at', async (t) => {
  let asked = 0;
  const { path } = await served(t, { token: () => (asked++, Promise.resolve(ANSWER)) });
  const one = 'GET /v1/token HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const answer = String(await send(path, one.repeat(50)));
  assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1);
  assert.equal(asked, 1);
});

test('what may be had later says when; an error nobody foresaw says nothing of itself', async (t) => {
  const token: Tokens['token'] = (account) => {
    if (account === 'odd') return Promise.reject(new Error('sk-ant-ort01-secret'));
    return Promise.resolve({
      kind: 'failure',
      failure: account === 'ended' ? { code: 'grant-refused' } : { code: 'service-down', status: 500 },
      retryAfterSeconds: 90,
    });
  };
  const { path, errors } = await served(t, { token });
  const down = await ask(path, '/v1/token');
  assert.deepEqual(
    [down.status, down.headers['retry-after'], down.body['code']],
    [503, '90', 'service-down'],
  );
  const ended = await ask(path, '/v1/token?account=ended');
  assert.deepEqual([ended.status, ended.headers['retry-after']], [409, undefined]);
  const odd = await ask(path, '/v1/token?account=odd');
  assert.deepEqual([odd.status, odd.body['code']], [503, 'internal']);
  assert.doesNotMatch(JSON.stringify(odd), /sk-ant/);
  assert.equal(errors.length, 1);
});

test('ten thousand clients send rubbish, and the others are answered meanwhile', async (t) => {
  const { path } = await served(t);
  const bytes = fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each));
  const almost = fc
    .tuple(
      fc.constantFrom('GET', 'get', 'POST', '', 'G\0T'),
      fc.constantFrom('/v1/token', '/v1/status', '*', '//', '/v1/token?account=%ff&lasting=1', '/%'),
      fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/9.9', ''),
      fc.array(
        fc.constantFrom('Host: localhost', 'Host:', 'Content-Length: -1', 'Transfer-Encoding: x', ': a'),
        {
          maxLength: 4,
        },
      ),
      fc.constantFrom('\r\n', '\n', '\r'),
      bytes,
    )
    .map(([method, target, version, headers, end, rest]) =>
      Buffer.concat([Buffer.from([`${method} ${target} ${version}`, ...headers, '', ''].join(end)), rest]),
    );
  const rubbish = fc.sample(fc.oneof(bytes, almost), { numRuns: 10_000, seed: 20_261_128 });
  let sent = 0;
  let leaks = 0;
  const isWellFormed = /^(get|GET) \/v1\/token HTTP\/1\.[01]\r?\n/;
  const senders = Array.from({ length: 20 }, async () => {
    for (let each = rubbish.pop(); each !== undefined; each = rubbish.pop()) {
      const answer = (await send(path, each)) ?? assert.fail('it does not listen any more');
      sent++;
      if (answer.includes('sk-ant') && !isWellFormed.test(each.toString('latin1'))) leaks++;
    }
  });
  const waits: number[] = [];
  while (rubbish.length > 0) {
    const begun = performance.now();
    assert.equal((await ask(path, '/v1/token')).status, 200);
    waits.push(performance.now() - begun);
  }
  await Promise.all(senders);
  assert.equal(sent, 10_000);
  assert.equal(leaks, 0);
  assert.ok(waits.length > 100, `only ${waits.length} others were answered`);
});

test('clients that hang cost nobody else anything, and are let go', { timeout: 60_000 }, async (t) => {
  const { path } = await served(t);
  const hanging = Array.from({ length: 1_600 }, (_each, index) => {
    const socket = connect(path);
    socket.on('error', () => undefined);
    if (index % 2 === 0) socket.write('GET /v1/token HT');
    return socket;
  });
  const gone = Promise.all(hanging.map((socket) => (socket.resume(), once(socket, 'close'))));
  await Promise.all(hanging.filter((each) => each.connecting).map((each) => once(each, 'connect')));
  for (let each = 0; each < 20; each++) assert.equal((await ask(path, '/v1/token')).status, 200);
  // Each within the five seconds that a request may take.
  await gone;
});

test('a thousand at once are all answered', async (t) => {
  const { path } = await served(t);
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => ask(path, '/v1/token')));
  assert.ok(answers.every(({ status }) => status === 200));
});

test('the socket is its user’s alone, and gone afterwards', async (t) => {
  process.umask(0);
  const { path, serving, folder } = await served(t);
  process.umask(0o022);
  const { mode } = await stat(path);
  assert.equal(mode & 0o777, 0o600);
  assert.equal((await stat(join(folder, 'own'))).mode & 0o777, 0o700);
  await serving.close();
  await assert.rejects(lstat(path), { code: 'ENOENT' });
});

test('it has no timer while nobody is connected', async (t) => {
  const made: string[] = [];
  let isWatched = false;
  createHook({ init: (_id, type) => isWatched && made.push(type) }).enable();
  const { path, open, serving } = await served(t);
  await serving.close();
  isWatched = true;
  const again = await open();
  isWatched = false;
  t.after(() => again.close());
  assert.ok(made.length > 0, 'what is made is seen');
  assert.deepEqual(
    made.filter((type) => type === 'Timeout'),
    [],
  );
  assert.equal((await ask(path, '/v1/token')).status, 200);
});

test('who comes second hears who serves, and takes nothing away', async (t) => {
  const { path, open } = await served(t);
  assert.deepEqual(await failure(open()), { code: 'agent-elsewhere', path, by: 'the test, PID 1' });
  assert.equal((await ask(path, '/v1/token')).status, 200);
});

test('a dead process’s socket is replaced; of several at once one serves', async (t) => {
  const { path, serving, open, folder } = await served(t);
  await serving.close();
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', script]), 'exit');
  assert.ok((await lstat(path)).isSocket(), 'it left its socket');
  const results = await Promise.allSettled(Array.from({ length: 8 }, open));
  const [first, ...more] = results.filter((each) => each.status === 'fulfilled');
  assert.equal(more.length, 0);
  assert.equal((await ask(path, '/v1/token')).status, 200);
  await first?.value.close();
  assert.deepEqual(await readdir(join(folder, 'own')), ['agent.sock.lock']);
});

test('where nobody may listen, that is told', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-agent-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const reason = async (path: string) => {
    const told = await failure(served(t, { path }));
    return 'reason' in told ? told.reason : told.code;
  };
  assert.equal(await reason(join(folder, 'a'.repeat(120), 'agent.sock')), 'path-too-long');
  const open = join(folder, 'open');
  await mkdir(open);
  await chmod(open, 0o755);
  assert.equal(await reason(join(open, 'agent.sock')), 'folder-not-private');
  await mkdir(join(folder, 'own'), { mode: 0o700 });
  await writeFile(join(folder, 'own', 'agent.sock'), 'a file of somebody');
  assert.equal(await reason(join(folder, 'own', 'agent.sock')), 'not-a-socket');
  const busy = spawn(process.execPath, [
    '-e',
    `require('net').createServer((s) => s.end('220 mail')).listen(${JSON.stringify(join(folder, 'own', 'mail'))}, () => console.log('up'))`,
  ]);
  await once(busy.stdout, 'data');
  assert.equal(await reason(join(folder, 'own', 'mail')), 'not-an-agent');
  busy.kill();
});
