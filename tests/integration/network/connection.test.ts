import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { createServer as createSecureServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { FailureError, type Failure } from '../../../src-main/domain/failure.ts';
import { schemesOf } from '../../../src-main/network/http-tunnel.ts';
import { makeAuthority, type Authority } from '../../support/network/authority.ts';
import { directNetwork, newNetwork } from '../../support/network/direct.ts';

/** Proxies and servers that say what real ones seldom do. `proxies.test.ts` has the real ones. */

const TARGET = new URL('https://service.test/v1/oauth/token');

async function listening(t: TestContext, server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What becomes of a request through a proxy that acts so. */
async function through(
  t: TestContext,
  act: (socket: Socket) => unknown,
  scheme = 'http://ada:a-secret@',
  signal: AbortSignal | null = null,
): Promise<unknown> {
  const proxy = await listening(t, createServer(act));
  const network = newNetwork({ variables: { HTTPS_PROXY: scheme + proxy } });
  return network.fetch(TARGET, { method: 'POST', body: '{}', signal }).catch((error: unknown) => error);
}

const failure = (error: unknown): Failure => {
  assert.ok(error instanceof FailureError, String(error));
  assert.ok(!JSON.stringify([error.failure, String(error.cause)]).includes('a-secret'));
  return error.failure;
};

const says = (text: string) => (socket: Socket) => socket.once('data', () => socket.end(text));

for (const [what, answer, expected] of [
  [
    'Proxy-Status names a DNS error',
    'HTTP/1.1 502 No\r\nProxy-Status: p; error=dns_error\r\n\r\n',
    'PROXY_FINDS_NO_NAME',
  ],
  [
    'a newer squid finds no name',
    'HTTP/1.1 503 No\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\n\r\n',
    'PROXY_FINDS_NO_NAME',
  ],
  ['it waited in vain', 'HTTP/1.1 504 No\r\n\r\n', 'PROXY_WAITED_IN_VAIN'],
  ['it cannot reach it', 'HTTP/1.1 502 No\r\n\r\n', 'PROXY_CANNOT_REACH'],
] as const) {
  test(`a proxy tells of the way behind it: ${what}`, async (t) => {
    assert.partialDeepStrictEqual(failure(await through(t, says(answer))), {
      code: 'network-down',
      host: 'service.test',
      reason: expected,
      as: 'HTTPS_PROXY',
    });
  });
}

for (const [what, act, expected] of [
  ['no HTTP', says('SSH-2.0-OpenSSH_9.2\r\n'), { code: 'proxy-refused', reason: 'not-a-proxy' }],
  [
    'a redirect',
    says('HTTP/1.1 302 Go\r\nLocation: http://login.test\r\n\r\n'),
    { code: 'proxy-refused', reason: 'HTTP 302' },
  ],
  ['an end without a word', (socket: Socket) => socket.end(), { code: 'network-down', reason: 'ECONNRESET' }],
  [
    'an end right after its consent',
    says('HTTP/1.1 200 OK\r\n\r\n'),
    { code: 'network-down', host: 'service.test', reason: 'ECONNRESET' },
  ],
] as const) {
  test(`nothing was sent where the proxy answers with ${what}`, async (t) => {
    assert.partialDeepStrictEqual(failure(await through(t, act)), expected);
  });
}

test('a SOCKS proxy that is none, and one that hangs up, are told without the password', async (t) => {
  const scheme = 'socks5://ada:a-secret@';
  const none = failure(await through(t, says('HTTP/1.1 400 Bad Request\r\n\r\n'), scheme));
  assert.partialDeepStrictEqual(none, { code: 'proxy-refused', reason: 'not-a-proxy' });
  const cut = failure(await through(t, (socket) => socket.end(), scheme));
  assert.partialDeepStrictEqual(cut, { code: 'network-down', reason: 'ECONNRESET' });
});

/** A SOCKS proxy that answers each message in its turn, byte by byte; what it was sent goes into `heard`. */
const answersSocks = (heard: string[], answers: readonly string[]) => (socket: Socket) => {
  const left = [...answers];
  socket.on('data', (sent: Buffer) => {
    heard.push(sent.toString('hex'));
    const bytes = [...Buffer.from(left.shift() ?? '', 'hex')];
    const next = () => {
      const byte = bytes.shift();
      if (byte !== undefined) socket.write(Buffer.from([byte]), () => setImmediate(next));
    };
    next();
  });
};

const LOGGED_IN = ['0502', '0100'];
for (const [what, answers, expected] of [
  ['takes no login that there is', ['05ff'], { code: 'proxy-login', schemes: ['SOCKS5'], given: true }],
  ['refuses the password', ['0502', '0101'], { code: 'proxy-login', schemes: ['SOCKS5'], given: true }],
  ['wants what was not offered', ['0501'], { code: 'proxy-refused', reason: 'not-a-proxy' }],
  ['forbids', [...LOGGED_IN, '05020001'], { code: 'proxy-refused', reason: 'by-its-rules' }],
  ['gave up waiting', [...LOGGED_IN, '05060001'], { code: 'network-down', reason: 'PROXY_WAITED_IN_VAIN' }],
  ['is refused itself', [...LOGGED_IN, '05050001'], { code: 'network-down', reason: 'PROXY_CANNOT_REACH' }],
  ['says an unknown address', [...LOGGED_IN, '05000009'], { code: 'proxy-refused', reason: 'not-a-proxy' }],
] as const) {
  test(`nothing was sent where a SOCKS proxy ${what}`, async (t) => {
    const heard: string[] = [];
    const proxied = await through(t, answersSocks(heard, answers), 'socks5://ada:a-secret@');
    assert.partialDeepStrictEqual(failure(proxied), expected);
    assert.equal(heard.length, answers.length);
  });
}

test('a SOCKS proxy hears greeting, login and destination, and then the server is spoken to', async (t) => {
  for (const from of ['0500000100000000ffff', `05000003066120746573740001`, `05000004${'00'.repeat(18)}`]) {
    const heard: string[] = [];
    const proxied = await through(
      t,
      answersSocks(heard, [...LOGGED_IN, from]),
      'socks5://ada:a-secret@',
      AbortSignal.timeout(500),
    );
    assert.equal((proxied as Error).name, 'TimeoutError');
    const text = (words: string) => Buffer.from(words).toString('hex');
    assert.deepEqual(heard.slice(0, 3), [
      '05020002',
      `0103${text('ada')}08${text('a-secret')}`,
      `050100030c${text('service.test')}01bb`,
    ]);
    // A TLS record: a handshake.
    assert.match(heard[3] ?? '', /^1603/);
  }
});

test('who calls a request off is answered so while a connection is made, and no socket is left', async (t) => {
  const called = new AbortController();
  const { promise, resolve } = Promise.withResolvers<null>();
  const outcome = through(
    t,
    (socket) => {
      socket.on('data', () => called.abort());
      socket.on('close', () => resolve(null));
    },
    'http://',
    called.signal,
  );
  assert.equal(((await outcome) as Error).name, 'AbortError');
  await promise;
});

test('the ways in which a proxy takes logins are read out of whatever it writes', () => {
  assert.deepEqual(schemesOf(['Basic realm="a, Negotiate b"']), ['Basic']);
  assert.deepEqual(schemesOf(['negotiate', 'NTLM', 'basic realm=x, charset="UTF-8"']), [
    'Negotiate',
    'NTLM',
    'Basic',
  ]);
  assert.deepEqual(schemesOf(['Negotiate abc==, Digest realm="x", nonce="y"']), ['Negotiate', 'Digest']);
  assert.deepEqual(schemesOf(['']), []);
});

let folder: string;
let authority: Authority;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-authority-'));
  authority = makeAuthority(folder, 'Example Corp', ['127.0.0.1']);
});
after(() => rm(folder, { recursive: true }));

test('a certificate counts where a file names its authority, else its issuer is told', async (t) => {
  const [key, cert] = [await readFile(authority.key), await readFile(authority.cert)];
  const server = createSecureServer({ key, cert }, (_, response) => response.end('{"ok":true}'));
  const url = new URL(`https://${await listening(t, server)}/`);
  const trusting = newNetwork({ extraCertificates: authority.authority });
  assert.deepEqual(await (await trusting.fetch(url)).json(), { ok: true });
  for (const extraCertificates of [null, join(folder, 'nothing.pem'), authority.key]) {
    const error: unknown = await newNetwork({ extraCertificates })
      .fetch(url)
      .catch((thrown: unknown) => thrown);
    const { code, issuer } = failure(error) as Extract<Failure, { code: 'connection-untrusted' }>;
    assert.deepEqual([code, issuer], ['connection-untrusted', 'Example Corp']);
  }
});

test('an answer is the same packed or not, and one without content has none', async (t) => {
  const server = createHttpServer((request, response) => {
    if (request.url === '/none') response.writeHead(204).end();
    else response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"packed":true}'));
  });
  const host = await listening(t, server);
  const packed = await directNetwork.fetch(new URL(`http://${host}/packed`));
  assert.deepEqual(await packed.json(), { packed: true });
  const none = await directNetwork.fetch(new URL(`http://${host}/none`));
  assert.deepEqual([none.status, await none.text()], [204, '']);
});

test('a server that goes over to another protocol has answered nothing, and is not waited for', async (t) => {
  const server = createServer((socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
    );
  });
  const address = await listening(t, server);
  await assert.rejects(
    directNetwork.fetch(new URL(`http://${address}/`), { signal: AbortSignal.timeout(5000) }),
    {
      failure: { code: 'answer-lost', host: address },
    },
  );
});

for (const [what, end] of [
  ['is reset', (socket: Socket) => socket.resetAndDestroy()],
  ['is closed', (socket: Socket) => socket.end()],
] as const) {
  test(`a connection that ${what} while the last look is taken: nothing was sent, and that is told at once`, async (t) => {
    let bytes = 0;
    const address = await listening(
      t,
      createServer((socket) => {
        socket.on('data', (data) => (bytes += data.length));
        setTimeout(end, 50, socket);
      }),
    );
    const sent = directNetwork.fetch(new URL(`http://${address}/`), {
      method: 'POST',
      body: '{}',
      signal: AbortSignal.timeout(20_000),
      beforeSending: () => delay(200),
    });
    const told = failure(await sent.catch((error: unknown) => error));
    assert.deepEqual([told.code, bytes], ['network-down', 0]);
  });
}

test('a time limit that is over while the last look is taken: nothing is sent', async (t) => {
  let bytes = 0;
  const address = await listening(
    t,
    createServer((socket) => socket.on('data', (data) => (bytes += data.length))),
  );
  const limit = new AbortController();
  const sent = directNetwork.fetch(new URL(`http://${address}/`), {
    method: 'POST',
    body: '{}',
    signal: limit.signal,
    beforeSending: () => {
      limit.abort();
      return Promise.resolve();
    },
  });
  const told = failure(await sent.catch((error: unknown) => error));
  await delay(50);
  assert.deepEqual([told.code, bytes], ['network-down', 0]);
});
