import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { ask } from '../../support/agent/ask.ts';
import { ordinaryUser } from '../../support/desktop/ordinary-user.ts';
import { until } from '../../support/desktop/until.ts';
import { letAge } from '../../support/login/signed-in.ts';
import { BuiltTerminal } from '../../support/login/terminal.ts';
import { machine, TEMPORARY } from './machine.ts';

process.env['TMPDIR'] = TEMPORARY;
const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const agentLoad = fileURLToPath(new URL('../../bench/agent-load.ts', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/agent', import.meta.url));
const has = (command: string, ...words: string[]) => spawnSync(command, words).error === undefined;

test('it serves until it is stopped, and leaves nothing behind', async (t) => {
  const { stage, agent, sh } = await machine(t, terminal);
  const { run, path } = await agent();
  assert.equal(path, join(stage.dataDir, 'agent', 'agent.sock'));
  assert.equal((await ask(path, '/v1/token')).body['access_token'], (await stage.credential()).accessToken);
  run.process.kill('SIGTERM');
  const { code, out, error } = await run.ended;
  assert.deepEqual([code, out, error], [0, `LATCHKEY_AGENT=${path}\n`, '']);
  await assert.rejects(lstat(path), { code: 'ENOENT' });
  assert.match((await sh('latchkey log')).out, /Token handed to node/);
});

test('without a terminal it outlives the one it was started from, as under nohup', async (t) => {
  const { agent } = await machine(t, terminal);
  const { run, path } = await agent();
  run.process.kill('SIGHUP');
  assert.notEqual((await ask(path, '/v1/token')).body['access_token'], undefined);
  run.process.kill('SIGTERM');
  assert.equal((await run.ended).code, 0);
});

test('LATCHKEY_AGENT: the four commands ask there, and touch nothing of their own', async (t) => {
  const { stage, agent, sh } = await machine(t, terminal);
  const { path } = await agent();
  const { accessToken, refreshToken } = await stage.credential();
  const home = join(stage.folder, 'elsewhere');
  await mkdir(home);
  // Files that cannot be read, and servers that nobody has: whoever looks at them fails.
  const elsewhere = {
    HOME: home,
    LATCHKEY_AGENT: path,
    LATCHKEY_CONFIG_FILE: '/dev/null/config.yaml',
    LATCHKEY_DATA_DIR: '/dev/null/data',
    LATCHKEY_TOKEN_URL: 'nonsense',
  };
  const at = (line: string) => sh(line, elsewhere);
  assert.deepEqual(await at('latchkey token'), { code: 0, out: `${accessToken}\n`, error: '' });
  assert.deepEqual(await at('latchkey exec -- claude'), {
    code: 0,
    out: `claude has ${accessToken}\n`,
    error: '',
  });
  const { out } = await at('eval "$(latchkey env)"; claude');
  assert.equal(out, `claude has ${accessToken}\n`);
  const json = JSON.parse((await at('latchkey token --json')).out) as { access_token: string };
  assert.equal(json.access_token, accessToken);
  const told = await at('latchkey status');
  assert.equal(told.code, 0);
  assert.match(
    told.out,
    /^Signed in as ada@example\.org\n  Token until .*\n(  .*\n)?  Served by: .*agent\.sock\n$/,
  );
  const status = JSON.parse((await at('latchkey status --json')).out) as {
    version: number;
    accounts: object[];
  };
  assert.deepEqual([status.version, status.accounts.length], [1, 1]);
  for (const line of ['latchkey status', 'latchkey env', 'latchkey exec -- env', 'latchkey token --json']) {
    const { out: said, error } = await at(line);
    assert.ok(!`${said}${error}`.includes(String(refreshToken)), line);
  }
  assert.deepEqual(await readdir(home), []);

  const nobody = await at('latchkey token --account nobody');
  assert.deepEqual([nobody.code, nobody.out], [3, '']);
  assert.match(nobody.error, /^\n✗ .+ \[not-signed-in\]\n/);
  const short = await at('latchkey token --lasting 2d');
  assert.match(short.error, /^⚠ The token lasts 7 h 59 min, not 2 days\.\n$/);
  assert.equal((await at('latchkey status --watch')).code, 2);
  assert.equal((await at('latchkey doctor')).code, 2, 'other commands are of this machine');
});

test('no agent, or something else: that is said', async (t) => {
  const { stage, sh } = await machine(t, terminal);
  const failure = async (path: string) => {
    const { code, error, out } = await sh('latchkey token', { LATCHKEY_AGENT: path });
    assert.equal(out, '');
    return [code, /\[(.*)\]/.exec(error)?.[1], /\(([^()]*)\)\n$/.exec(error)?.[1]];
  };
  assert.deepEqual(await failure(join(stage.folder, 'none')), [1, 'agent-unreachable', 'ENOENT']);
  assert.deepEqual(await failure('x'.repeat(200)), [1, 'agent-unreachable', 'path-too-long']);
  const path = join(stage.folder, 's');
  const script = `require('http').createServer((q, r) => r.end('{"access_token":"evil"}')).listen(${JSON.stringify(path)}, () => console.log('up'))`;
  const other = spawn(process.execPath, ['-e', script]);
  t.after(() => other.kill());
  await once(other.stdout, 'data');
  assert.deepEqual(await failure(path), [1, 'agent-unreachable', 'not-an-agent']);
});

test('killed and restarted at the same place; asleep, and awake again', async (t) => {
  const { stage, agent, sh } = await machine(t, terminal);
  const first = await agent();
  first.run.process.kill('SIGKILL');
  await first.run.ended;
  assert.ok((await lstat(first.path)).isSocket(), 'its socket stays behind');
  assert.equal((await sh('latchkey token', { LATCHKEY_AGENT: first.path })).code, 1);
  const second = await agent();
  assert.equal(second.path, first.path);
  second.run.process.kill('SIGSTOP');
  const waiting = sh('latchkey token', { LATCHKEY_AGENT: second.path });
  await letAge(stage, 9 * HOUR);
  second.run.process.kill('SIGCONT');
  const { code, out } = await waiting;
  assert.deepEqual([code, out], [0, `${(await stage.credential()).accessToken}\n`]);
});

test(
  'ten thousand requests, and a thousand at once, leave it nearly as small as it was',
  { skip: process.platform === 'linux' ? false : 'proc_pid_smaps(5)' },
  async (t) => {
    const { agent } = await machine(t, terminal);
    const { run, path } = await agent();
    const { pid } = run.process;
    /** What it holds beyond pages of files, in megabytes. */
    const memory = () =>
      Number(/^Pss_Anon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
    const load = async (inARow: number, atOnce: number) => {
      const asker = spawn(process.execPath, [agentLoad, path], { stdio: ['pipe', 'ignore', 'inherit'] });
      asker.stdin.end(`${inARow} ${atOnce}\n`);
      assert.deepEqual(await once(asker, 'exit'), [0, null]);
    };
    await load(10, 0);
    const before = memory();
    await load(10_000, 0);
    await load(0, 1_000);
    const more = memory() - before;
    // Some 20 with `agent/memory.ts`, and 65 without.
    assert.ok(more < 45, `${more.toFixed(1)} MB more than ${before.toFixed(1)} MB`);
  },
);

test('two agents: one serves, the other says who and keeps', async (t) => {
  const { agent, environment } = await machine(t, terminal);
  const first = await agent();
  const second = terminal.start(['agent'], environment);
  let told = '';
  second.process.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const serving = `latchkey agent, PID ${first.run.process.pid ?? 0}`;
  await until('the other’s word', () => (told.includes(serving) ? true : undefined), 20_000);
  assert.ok(told.includes('agent-elsewhere'), told);
  assert.equal((await ask(first.path, '/v1/token')).status, 200);
  second.process.kill('SIGTERM');
  assert.equal((await second.ended).code, 0);
  assert.equal((await ask(first.path, '/v1/token')).status, 200, 'it took nothing with it');
});

test('where nobody can listen it ends and says why', async (t) => {
  const { environment } = await machine(t, terminal);
  const { code, out, error } = await terminal.run(
    ['agent', '--socket', `/tmp/${'x'.repeat(120)}`],
    environment,
  );
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /\[agent-not-served\]\n.*path-too-long/);
  const inTmp = await terminal.run(['agent', '--socket', '/tmp/agent.sock'], environment);
  assert.match(inTmp.error, /folder-not-private/);
});

const other = ordinaryUser();
test(
  'another user of the machine',
  { skip: other === null ? 'only root can be two users' : false },
  async (t) => {
    const { agent, stage } = await machine(t, terminal);
    const { path } = await agent();
    await chmod(stage.folder, 0o755);
    await chmod(stage.dataDir, 0o755);
    const script = `require('net').connect(${JSON.stringify(path)}).on('connect', () => console.log('in')).on('error', (e) => console.log(e.code))`;
    const tryIt = async () =>
      (await promisify(execFile)(process.execPath, ['-e', script], { cwd: '/', ...other })).stdout.trim();
    assert.equal(await tryIt(), 'EACCES', 'the folder keeps them out');
    await chmod(join(stage.dataDir, 'agent'), 0o755);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal(await tryIt(), 'EACCES', 'and so does the socket');
    // A test that nobody passes says nothing: with the right they would get in.
    await chmod(path, 0o666);
    assert.equal(await tryIt(), 'in');
  },
);

test('the examples: shell, Python and Go', async (t) => {
  const { stage, agent, environment } = await machine(t, terminal);
  const { path } = await agent();
  const { accessToken } = await stage.credential();
  const env = {
    ...environment,
    LATCHKEY_AGENT: path,
    GOCACHE: join(stage.folder, 'go-cache'),
    GO111MODULE: 'off',
    GOFLAGS: '',
  };
  const run = async (command: string, ...words: string[]) =>
    (await promisify(execFile)(command, words, { env })).stdout;
  assert.equal(await run(join(examples, 'token.sh')), `${accessToken}\n`);
  assert.equal(await run('python3', join(examples, 'token.py')), `${accessToken}\n`);
  if (has('go', 'version'))
    assert.equal(await run('go', 'run', join(examples, 'go', 'token.go')), `${accessToken}\n`);
  // And they say that there is none.
  await rename(path, `${path}.gone`);
  await assert.rejects(run(join(examples, 'token.sh')));
  await assert.rejects(run('python3', join(examples, 'token.py')));
});
