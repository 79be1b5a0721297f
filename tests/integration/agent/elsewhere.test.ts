import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { letAge } from '../../support/login/signed-in.ts';
import { BuiltTerminal } from '../../support/login/terminal.ts';
import { documented } from './documented.ts';
import { machine, TEMPORARY, type Machine } from './machine.ts';

process.env['TMPDIR'] = TEMPORARY;
const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

const isRoot = process.getuid?.() === 0;
const canSsh =
  isRoot &&
  spawnSync('sshd', ['-V'], { env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` } }).error === undefined;
const canSandbox = spawnSync('bwrap', ['--ro-bind', '/', '/', 'true']).status === 0;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A machine that `ssh host` leads to: a real sshd, with a `/run` of its own and keys made now. */
async function host(t: TestContext, { stage, bin, environment }: Machine) {
  const at = (name: string) => join(bin, name);
  for (const name of ['host-key', 'own-key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  }
  const port = await freePort();
  const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  await writeFile(
    at('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${at('host-key')}`,
      `AuthorizedKeysFile ${at('own-key.pub')}`,
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'StrictModes no',
      'UsePAM no',
      `SetEnv PATH=${environment['PATH'] ?? ''} HOME=/run`,
      '',
    ].join('\n'),
  );
  await writeFile(
    at('ssh_config'),
    [
      'Host host',
      '  HostName 127.0.0.1',
      `  Port ${port}`,
      `  User ${user}`,
      `  IdentityFile ${at('own-key')}`,
      '  IdentitiesOnly yes',
      `  UserKnownHostsFile ${at('known-hosts')}`,
      '  StrictHostKeyChecking accept-new',
      '  ExitOnForwardFailure yes',
      '',
    ].join('\n'),
  );
  const script = [
    'mount -t tmpfs tmpfs /run',
    'mkdir -p /run/sshd /run/user',
    'mkdir -m 0700 /run/user/1000',
    // After `/etc/profile`, which has a path of its own.
    `echo 'PATH=${environment['PATH'] ?? ''}' > /run/.profile`,
    // What is at home stays there.
    `mount -t tmpfs tmpfs '${stage.folder}'`,
    `exec /usr/sbin/sshd -D -e -f '${at('sshd_config')}'`,
  ].join(' && ');
  const server = spawn('unshare', ['-m', 'sh', '-c', script], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => server.kill('SIGKILL'));
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await until('the server', () => (log.includes('Server listening') ? true : undefined), 20_000);
  await writeFile(at('ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${at('ssh_config')}' "$@"\n`, { mode: 0o755 });
}

test(
  'over SSH: the page’s commands, a token that ends meanwhile, and nothing once it is over',
  { skip: canSsh ? false : 'no sshd can be run here' },
  async (t) => {
    const here = await machine(t, terminal);
    const { stage, sh } = here;
    const { path, run } = await here.agent();
    await host(t, here);
    const forward = documented('ssh -R');
    const there = documented('LATCHKEY_AGENT=/run/user/1000/latchkey.sock');
    const tidy = documented('ssh host rm');
    const more = { LATCHKEY_AGENT: path };

    // A session as a person has it: forwarded, and a shell at its end.
    const session = spawn('bash', ['-c', forward], {
      env: { ...here.environment, ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    t.after(() => session.kill('SIGKILL'));
    const ended = new Promise((resolve) => session.once('close', resolve));
    let said = '';
    session.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    session.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const type = (line: string) => session.stdin.write(`${line}\n`);
    const saw = (text: string) =>
      until(text, () => (said.includes(text) ? true : undefined), 20_000).catch((error: unknown) =>
        assert.fail(`${String(error)}: ${said}`),
      );

    const first = (await stage.credential()).accessToken;
    type(there);
    await saw(`claude has ${first}\n`);
    type('ls -A "$HOME" /run/user/1000; stat -c "mode %a" /run/user/1000/latchkey.sock; echo listed');
    await saw('listed\n');
    assert.match(said, /mode 600/, 'others of that machine do not get in');

    await letAge(stage, 9 * HOUR);
    // The agent is told of the file a moment after it was written; asked before, it hands out what it knew.
    const second = await until(
      'another token',
      async () => {
        const { accessToken } = await stage.credential();
        return accessToken === first ? undefined : accessToken;
      },
      20_000,
    );
    type(there);
    await saw(`claude has ${second}\n`);
    assert.ok(!said.includes('sk-ant-ort'), 'what renews it stayed at home');

    run.process.kill('SIGTERM');
    await run.ended;
    type(`${there}; echo ended $?`);
    await saw('ended 1\n');
    await here.agent();
    type('printenv LATCHKEY_AGENT || echo none set');
    await saw('none set\n');
    type(there.replace('claude', 'echo again'));
    await saw('again\n');

    session.stdin.end('exit\n');
    await ended;
    const after_ = await sh(`ssh host '${there}'`, more);
    assert.equal(after_.code, 1);
    assert.match(after_.error, /ECONNREFUSED/);

    const again = await sh(`${forward} true`, more);
    assert.match(again.error, /remote port forwarding failed/, 'as the page says');
    assert.equal((await sh(tidy, more)).code, 0);
    const tidied = await sh(`${forward} '${there}'`, more);
    assert.match(tidied.out, /^claude has sk-ant-oat01/);
  },
);

test(
  'in a sandbox with nothing but the socket',
  { skip: canSandbox ? false : 'bubblewrap cannot be run here' },
  async (t) => {
    const here = await machine(t, terminal);
    const { path } = await here.agent();
    const { accessToken } = await here.stage.credential();
    const typed = documented('bwrap');
    const { code, out, error } = await here.sh(typed, { LATCHKEY_AGENT: path });
    assert.deepEqual([code, out, error], [0, `${accessToken}\n`, '']);

    // A hostile one looks for more.
    const inside = (words: string) =>
      here.sh(typed.replace(/latchkey token$/, words), { LATCHKEY_AGENT: path });
    const looked = await inside(
      `sh -c 'grep -rIs "sk-ant" "$HOME" /run /dev/shm; cat "$LATCHKEY_CONFIG_FILE"; ls /sys/class/net; ps -e | wc -l'`,
    );
    assert.doesNotMatch(looked.out + looked.error, /sk-ant/);
    assert.match(looked.error, /No such file/);
    for (const target of ['/v1/refresh', '/v1/token?refresh_token=1', '/v1/../config', '/v1/login']) {
      const answer = await inside(
        `curl --silent --unix-socket /run/latchkey.sock 'http://localhost${target}'`,
      );
      assert.match(answer.out, /"code":"agent-request"/);
      assert.doesNotMatch(answer.out, /sk-ant/);
    }
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await inside(
        `curl --silent -X ${method} --unix-socket /run/latchkey.sock 'http://localhost/v1/token'`,
      );
      assert.match(answer.out, /"code":"agent-request"/);
    }
    const before = here.stage.server.tokenRequestsBegun;
    await inside(
      `sh -c 'for i in 1 2 3 4 5 6 7 8 9; do curl --silent --unix-socket /run/latchkey.sock "http://localhost/v1/token?lasting=9999999" >/dev/null; done'`,
    );
    assert.equal(
      here.stage.server.tokenRequestsBegun,
      before,
      'nor can it have the token renewed over and over',
    );
  },
);

test('a web page, where somebody has led a TCP port to the socket', async (t) => {
  const here = await machine(t, terminal);
  const { path } = await here.agent();
  const { connect } = await import('node:net');
  const relay = createServer((socket) => {
    const end = connect(path);
    socket.pipe(end).pipe(socket);
    for (const each of [socket, end]) each.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  t.after(() => relay.close());
  await new Promise((resolve) => relay.once('listening', resolve));
  const { port } = relay.address() as AddressInfo;
  const chromium = spawnSync('chromium', ['--version']).error === undefined;
  assert.ok(chromium, 'Chromium is among what the tests install');
  // The page is at the port itself, which is more than any other page has: same origin, and no CORS in the way.
  const { chromium: browserType } = await import('playwright');
  const browser = await browserType.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  t.after(() => browser.close());
  const tab = await browser.newPage();
  const answer = await tab.goto(`http://localhost:${port}/v1/token`);
  assert.equal(answer?.status(), 403);
  const fetched = await tab.evaluate(async () => (await fetch('/v1/token')).status);
  assert.equal(fetched, 403);
  const rebound = await here.sh(
    `curl --silent -H 'Host: evil.example:${port}' http://127.0.0.1:${port}/v1/token`,
  );
  assert.match(rebound.out, /"code":"agent-request"/);
  const asProgram = await here.sh(`curl --silent -H 'Host: localhost' http://127.0.0.1:${port}/v1/token`);
  assert.match(asProgram.out, /"access_token"/, 'it was led there, and only that kept the page out');
});
