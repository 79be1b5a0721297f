import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import type { CallbackTexts } from '../../../src-main/oauth/callback-page.ts';
import { peerUser } from '../../../src-main/oauth/callback-peer.ts';

/** Two users that nothing belongs to. */
const OURS = 65_534;
const ANOTHER = 65_533;
const HOSTS = ['127.0.0.1', '::1'] as const;
const STATE = 's'.repeat(43);
const CALLBACK_SERVER = new URL('../../../src-main/oauth/callback-server.ts', import.meta.url).href;

const isLinux = process.platform === 'linux';
const onLinux = { skip: isLinux ? false : 'only Linux tells whose a connection is' };
const asRoot = {
  skip: isLinux && process.getuid?.() === 0 ? false : 'only root can start processes of other users',
};

/** Starts a program of that user; its imports are loaded before, because the checkout may be closed to others. */
function startAs(user: number, program: string) {
  const become = `process.setgroups([]); process.setgid(${user}); process.setuid(${user});`;
  const [imports = '', work = ''] = program.split('---');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `${imports}${become}${work}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  return { child, nextLine };
}

const text = { title: 'title', text: 'text' };
const TEXTS: CallbackTexts = { locale: 'en', approved: text, declined: text };

interface ServerOfUser {
  readonly port: number;
  /** The code that came, once one was taken. */
  received(): Promise<string>;
}

/** A callback server in a process of an ordinary user. */
async function startServer(t: TestContext, port = 18_720): Promise<ServerOfUser> {
  const { child, nextLine } = startAs(
    OURS,
    `import { startCallbackServer } from ${JSON.stringify(CALLBACK_SERVER)};
    ---
    const { port, received } = await startCallbackServer(${port}, '${STATE}', ${JSON.stringify(TEXTS)});
    console.log(port);
    received.then((parameters) => console.log(parameters.get('code')));
    process.stdin.resume().once('end', () => process.exit());`,
  );
  t.after(async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  });
  return { port: Number(await nextLine()), received: nextLine };
}

const path = (code: string) => `/callback?code=${code}&state=${STATE}`;

/** The status that a right request of this process gets. */
async function request(port: number, host: string, code: string): Promise<number> {
  const call = get({ host, port, path: path(code), headers: { Host: `localhost:${port}` }, agent: false });
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

/** The status that a right request of another user's process gets. */
async function requestAs(user: number, port: number, host: string, code: string): Promise<number> {
  const { child, nextLine } = startAs(
    user,
    `import { get } from 'node:http';
    ---
    get(${JSON.stringify({ host, port, path: path(code), headers: { Host: `localhost:${port}` } })},
      (response) => { console.log(response.statusCode); response.resume(); });`,
  );
  const ended = once(child, 'exit');
  const status = Number(await nextLine());
  await ended;
  return status;
}

/** A right request of another user's process that does not wait for an answer. */
async function hangUpAs(user: number, port: number, host: string, how: string): Promise<void> {
  const text = `GET ${path('hung-up')} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
  const { child } = startAs(
    user,
    `import { connect } from 'node:net';
    ---
    const socket = connect(${JSON.stringify({ host, port })}, () =>
      socket.write(${JSON.stringify(text)}, () => socket.${how}()));`,
  );
  await once(child, 'exit');
}

/** Our end of a connection that `open` makes to us. */
async function accepted(
  t: TestContext,
  host: string,
  open: (port: number) => void,
): Promise<{ socket: Socket; ended: Promise<unknown> }> {
  const server = createServer({ allowHalfOpen: true });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  open((server.address() as AddressInfo).port);
  const [socket] = (await once(server, 'connection')) as [Socket];
  t.after(() => {
    socket.destroy();
    server.close();
  });
  return { socket, ended: once(socket.resume(), 'end') };
}

for (const host of HOSTS) {
  test(`a connection of our own to ${host} is ours`, onLinux, async (t) => {
    const { socket } = await accepted(t, host, (port) => {
      const client = connect({ host, port });
      t.after(() => client.destroy());
    });
    assert.equal(await peerUser(socket), process.getuid?.());
  });

  test(
    `a connection of another user to ${host} is theirs, and nobody's once they hang up`,
    asRoot,
    async (t) => {
      let hangUp = (): void => undefined;
      const { socket, ended } = await accepted(t, host, (port) => {
        const { child } = startAs(
          OURS,
          `import { connect } from 'node:net';
        ---
        const socket = connect(${JSON.stringify({ host, port })});
        process.stdin.resume().once('end', () => socket.destroy());`,
        );
        hangUp = () => child.stdin.end();
      });
      assert.equal(await peerUser(socket), OURS);
      hangUp();
      await ended;
      assert.equal(await peerUser(socket), null, 'the table has root for it');
    },
  );

  test(`another user's request to ${host} is refused, and the attempt goes on`, asRoot, async (t) => {
    const server = await startServer(t);
    assert.equal(await requestAs(ANOTHER, server.port, host, 'theirs'), 403);
    assert.equal(await requestAs(OURS, server.port, host, 'ours'), 303);
    assert.equal(await server.received(), 'ours');
  });

  test(`root's request to ${host} is taken: its browser may run as anybody`, asRoot, async (t) => {
    const server = await startServer(t);
    assert.equal(await request(server.port, host, 'of-root'), 303);
    assert.equal(await server.received(), 'of-root');
  });

  for (const how of ['destroy', 'resetAndDestroy']) {
    test(`who sends to ${host} and hangs up (${how}) is not taken for root`, asRoot, async (t) => {
      const server = await startServer(t);
      await Promise.all(Array.from({ length: 4 }, () => hangUpAs(ANOTHER, server.port, host, how)));
      assert.equal(await requestAs(OURS, server.port, host, 'ours'), 303);
      assert.equal(await server.received(), 'ours');
    });
  }
}

/** Ports below it are root's. */
const firstFreeForAll = () => Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));

test('a port that is not for ordinary users counts as busy, and another is used', asRoot, async (t) => {
  const first = firstFreeForAll();
  if (first <= 80) {
    t.skip('here port 80 is for everybody');
    return;
  }
  const server = await startServer(t, 80);
  assert.ok(server.port >= first, String(server.port));
  for (const host of HOSTS) {
    assert.equal(await requestAs(ANOTHER, server.port, host, 'theirs'), 403, `it must listen on ${host}`);
  }
  assert.equal(await requestAs(OURS, server.port, '127.0.0.1', 'ours'), 303);
  assert.equal(await server.received(), 'ours');
});
