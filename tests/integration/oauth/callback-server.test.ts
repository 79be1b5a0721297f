import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { CallbackTexts } from '../../../src-main/oauth/callback-page.ts';
import { startCallbackServer, type CallbackServer } from '../../../src-main/oauth/callback-server.ts';

const STATE = 'state-of-the-attempt-0123456789-0123456789-01';
const TEXTS: CallbackTexts = {
  locale: 'de-DE',
  approved: { title: 'Angenommen', text: 'Das war alles.' },
  declined: { title: 'Abgelehnt', text: 'Nichts geschah.' },
};
const open: CallbackServer[] = [];
after(() => open.forEach((server) => server.close()));

async function start(port?: number): Promise<CallbackServer> {
  const server = await startCallbackServer(port ?? (await freePort()), STATE, TEXTS);
  open.push(server);
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A program that serves one attempt and has nothing else to do. */
const SERVE_ONCE = (port: number) => `
  import { startCallbackServer } from '${new URL('../../../src-main/oauth/callback-server.ts', import.meta.url).href}';
  const server = await startCallbackServer(${port}, '${STATE}', ${JSON.stringify(TEXTS)});
  console.log(server.port);
  await server.received;
`;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function get(
  server: CallbackServer,
  path: string,
  { host = '127.0.0.1', hostHeader = `localhost:${server.port}`, method = 'GET' } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host, port: server.port, path, method, headers: { Host: hostHeader }, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    call.on('error', reject).end();
  });
}

async function isOpen(received: Promise<unknown>): Promise<boolean> {
  const open = Symbol();
  return (await Promise.race([received, new Promise((resolve) => setImmediate(resolve, open))])) === open;
}

test('the right request is received, sent on to a page in the person’s language, and the server closes a while later', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const server = await start();
  const answer = await get(server, `/callback?code=the-code&state=${STATE}`);
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.location, '/approved');
  const parameters = await server.received;
  assert.equal(parameters.get('code'), 'the-code');

  const page = await get(server, '/approved');
  assert.equal(page.status, 200);
  assert.match(page.body, /<html lang="de-DE">[^]*<h1>Angenommen<\/h1>\s*<p>Das war alles\.<\/p>/);
  assert.doesNotMatch(page.body + JSON.stringify(page.headers), /the-code|state-of/);
  t.mock.timers.tick(9_999);
  assert.equal((await get(server, '/approved')).status, 200);
  t.mock.timers.tick(1);
  await assert.rejects(get(server, '/approved'), { code: 'ECONNREFUSED' });
});

test('an error with the right state is received too', async () => {
  const server = await start();
  const answer = await get(server, `/callback?error=access_denied&state=${STATE}`);
  assert.equal(answer.headers.location, '/declined');
  assert.equal((await server.received).get('error'), 'access_denied');
});

test('it answers on both loopback addresses and on no other', async () => {
  const server = await start();
  assert.equal((await get(server, '/', { host: '127.0.0.1' })).status, 404);
  assert.equal((await get(server, '/', { host: '::1' })).status, 404);
  const elsewhere = connect({ host: '127.0.0.2', port: server.port });
  await assert.rejects(
    new Promise((resolve, reject) => elsewhere.once('connect', resolve).once('error', reject)),
    { code: 'ECONNREFUSED' },
  );
});

const REFUSED: readonly (readonly [string, string, number, Parameters<typeof get>[2]?])[] = [
  ['no state', '/callback?code=x', 400],
  ['a wrong state', '/callback?code=x&state=wrong', 400],
  ['an error with a wrong state', '/callback?error=access_denied&state=wrong', 400],
  ['an error without state', '/callback?error=access_denied', 400],
  ['the right state twice', `/callback?code=x&state=${STATE}&state=${STATE}`, 400],
  ['a code twice', `/callback?code=x&code=y&state=${STATE}`, 400],
  ['any other parameter twice', `/callback?code=x&state=${STATE}&a=1&a=2`, 400],
  ['neither code nor error', `/callback?state=${STATE}`, 400],
  ['both code and error', `/callback?code=x&error=y&state=${STATE}`, 400],
  ['another path', `/callback/?code=x&state=${STATE}`, 404],
  ['a path in other letters', `/Callback?code=x&state=${STATE}`, 404],
  ['a target that is no path', '//', 400],
  ['POST', `/callback?code=x&state=${STATE}`, 405, { method: 'POST' }],
  ['HEAD', `/callback?code=x&state=${STATE}`, 405, { method: 'HEAD' }],
  ['another host name', `/callback?code=x&state=${STATE}`, 421, { hostHeader: 'evil.example' }],
  ['the address instead of the name', `/callback?code=x&state=${STATE}`, 421, { hostHeader: '127.0.0.1' }],
];

for (const [what, path, status, options] of REFUSED) {
  test(`refused without changing anything: ${what}`, async () => {
    const server = await start();
    const answer = await get(server, path, options);
    assert.equal(answer.status, status);
    assert.equal(answer.body, '');
    assert.ok(await isOpen(server.received), 'the attempt must go on');
    await get(server, `/callback?code=right&state=${STATE}`);
    assert.equal((await server.received).get('code'), 'right');
  });
}

for (const [answer, page] of [
  ['code=the-code', '/approved'],
  ['error=access_denied', '/declined'],
] as const) {
  test(`the right request again, as of a prefetch or a reload, is sent to ${page} again`, async () => {
    const server = await start();
    for (let times = 0; times < 3; times++) {
      const { status, headers } = await get(server, `/callback?${answer}&state=${STATE}`);
      assert.deepEqual([status, headers.location], [303, page]);
      assert.equal((await get(server, page)).status, 200);
    }
    assert.equal((await get(server, `/callback?${answer}&state=wrong`)).status, 400);
    assert.equal((await get(server, `/callback?code=another&state=${STATE}`)).status, 409);
    assert.equal((await get(server, `/callback?error=another&state=${STATE}`)).status, 409);
  });
}

test('the next server has the port of one that only stays for its page', async () => {
  const first = await start();
  await get(first, `/callback?code=the-code&state=${STATE}`);
  const next = await start(first.port);
  assert.equal(next.port, first.port);
  assert.ok(await isOpen(next.received));
});

test('one that still waits keeps its port', async () => {
  const first = await start();
  const next = await start(first.port);
  assert.notEqual(next.port, first.port);
  assert.ok(await isOpen(first.received));
});

test('a process that has nothing else to do does not stay for a second request', async () => {
  const port = await freePort();
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', SERVE_ONCE(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const page = await fetch(`http://localhost:${port}/callback?code=the-code&state=${STATE}`);
  assert.equal(page.status, 200);
  const served = performance.now();
  assert.equal(await ended, 0);
  assert.ok(performance.now() - served < 2_500, 'neither of the two graces was waited for');
});

test('the first right request wins', async () => {
  const server = await start();
  await get(server, `/callback?code=first&state=${STATE}`);
  assert.equal((await get(server, `/callback?code=second&state=${STATE}`)).status, 409);
  assert.equal((await server.received).get('code'), 'first');
});

test('every answer forbids storing, sniffing, framing and referring', async () => {
  const server = await start();
  for (const path of ['/callback', '/approved', '/declined', '/nowhere', `/callback?code=x&state=${STATE}`]) {
    const { headers } = await get(server, path);
    assert.equal(headers['cache-control'], 'no-store', path);
    assert.equal(headers['referrer-policy'], 'no-referrer', path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.match(
      String(headers['content-security-policy']),
      /default-src 'none'.*frame-ancestors 'none'/,
      path,
    );
  }
});

test('an oversized request is refused and the attempt goes on', async () => {
  const server = await start();
  const { status } = await get(server, `/callback?code=${'x'.repeat(20_000)}&state=${STATE}`);
  assert.equal(status, 431);
  assert.ok(await isOpen(server.received));
});

for (const host of ['127.0.0.1', '::1']) {
  test(`a port held on ${host} alone counts as busy, and the next one is used on both`, async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, host, resolve));
    const { port } = holder.address() as AddressInfo;
    try {
      const server = await start(port);
      assert.notEqual(server.port, port);
      assert.equal(server.redirectUri, `http://localhost:${server.port}/callback`);
      assert.equal((await get(server, '/', { host: '127.0.0.1' })).status, 404);
      assert.equal((await get(server, '/', { host: '::1' })).status, 404);
    } finally {
      holder.close();
    }
  });
}

test('closing it ends idle connections and may be done twice', async () => {
  const server = await start();
  const idle = connect({ host: '127.0.0.1', port: server.port });
  await new Promise((resolve) => idle.once('connect', resolve));
  const ended = new Promise((resolve) => idle.once('close', resolve));
  server.close();
  server.close();
  await ended;
  await assert.rejects(get(server, '/'), { code: 'ECONNREFUSED' });
});
