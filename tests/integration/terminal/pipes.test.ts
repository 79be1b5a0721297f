import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { until } from '../../support/desktop/until.ts';
import { letAge, signedIn, type Stage } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const PORT = 18_891;
const variables = (stage: Stage) => variablesOf(stage, PORT);

const stageOf = (t: TestContext) => signedIn(t, { clock: systemClock });

/** A line of a shell in which `latchkey` is the program. */
async function sh(stage: Stage, line: string, more: Readonly<Record<string, string>> = {}) {
  const script = `latchkey() { '${terminal.program.join("' '")}' "$@"; }\n${line}`;
  const ended = await promisify(execFile)('bash', ['-c', script], {
    env: { PATH: process.env['PATH'], ...variables(stage), ...more },
  }).catch((error: unknown) => error as { code: number; stdout: string; stderr: string });
  return { code: 'code' in ended ? ended.code : 0, out: ended.stdout, error: ended.stderr };
}

test('a reader that has enough is no failure, and gets no trace of one', async (t) => {
  const stage = await stageOf(t);
  const { accessToken } = await stage.credential();
  assert.deepEqual(await sh(stage, 'set -o pipefail; latchkey token | head -c1'), {
    code: 0,
    out: accessToken.slice(0, 1),
    error: '',
  });
  const gone = await sh(stage, 'set -o pipefail; latchkey log | true; latchkey status | true');
  assert.deepEqual([gone.code, gone.error], [0, '']);
});

test('a closed output is none; one that takes nothing is a failure', async (t) => {
  const stage = await stageOf(t);
  assert.deepEqual(await sh(stage, 'latchkey token >&-'), { code: 0, out: '', error: '' });
  for (const command of ['token', 'status --json', 'env', 'log']) {
    const { code, error } = await sh(stage, `latchkey ${command} >/dev/full`);
    assert.deepEqual([command, code], [command, 1]);
    assert.match(error, /^✗ The answer could not be written \(ENOSPC\)\n$/);
  }
});

test('colour is for terminals, unless it is forced; and never where it is not wanted', async (t) => {
  const stage = await stageOf(t);
  const ESC = '\x1b';
  const coloured = async (more: Record<string, string>, command = 'status') =>
    (await sh(stage, `latchkey ${command}`, more)).out.includes(ESC);
  assert.equal(await coloured({}), false);
  assert.equal(await coloured({ FORCE_COLOR: '1' }), true);
  assert.equal(await coloured({ FORCE_COLOR: '0' }), false);
  assert.equal(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' }), false);
  for (const command of ['status --json', 'token', 'log', 'env']) {
    assert.equal(await coloured({ FORCE_COLOR: '1' }, command), false, command);
  }
});

test('exec: environment, arguments, streams and exit code are the command’s own', async (t) => {
  const stage = await stageOf(t);
  const { accessToken } = await stage.credential();
  const environment = {
    ANTHROPIC_AUTH_TOKEN: 'x',
    ANTHROPIC_API_KEY: 'x',
    CLAUDE_CODE_USE_BEDROCK: '1',
    CLAUDE_CODE_USE_VERTEX: '1',
    CLAUDE_CODE_USE_FOUNDRY: '1',
    CLAUDE_CODE_OAUTH_TOKEN: 'an older one',
    'A-B': 'kept',
    NODE_TLS_REJECT_UNAUTHORIZED: '1',
  };
  const { out } = await sh(stage, 'latchkey exec -- env -0', environment);
  const seen = new Map(out.split('\0').map((each) => each.split(/=(.*)/s) as [string, string]));
  assert.equal(seen.get('CLAUDE_CODE_OAUTH_TOKEN'), accessToken);
  assert.deepEqual([seen.get('A-B'), seen.get('NODE_TLS_REJECT_UNAUTHORIZED')], ['kept', '1']);
  assert.deepEqual(
    [...seen.keys()].filter((name) => /^ANTHROPIC|_USE_/.test(name)),
    [],
  );
  assert.ok(!out.includes(String((await stage.credential()).refreshToken)), 'not what renews it');

  const streams = await sh(
    stage,
    `printf in | latchkey exec -- sh -c 'cat; printf "<%s>" "$@"; printf err >&2; exit 42' sh 'a b' '' --json -- '*'`,
  );
  assert.deepEqual(streams, { code: 42, out: 'in<a b><><--json><--><*>', error: 'err' });
  const arguments_ = await sh(stage, `latchkey exec -- sh -c 'tr "\\0" " " < /proc/$$/cmdline'`);
  assert.ok(!arguments_.out.includes('sk-ant'), 'the token is in no argument');

  const missing = await sh(stage, 'latchkey exec -- no-such-command');
  assert.equal(missing.code, 127);
  assert.match(missing.error, /no-such-command/);
  const file = join(stage.folder, 'not-executable');
  await writeFile(file, 'x');
  assert.equal((await sh(stage, `latchkey exec -- '${file}'`)).code, 126);
  // A name that `env` would take for a variable, and a script without a first line.
  const odd = join(stage.folder, 'a=b');
  await writeFile(odd, 'echo "ran ${CLAUDE_CODE_OAUTH_TOKEN%%-*}"; exit 3', { mode: 0o700 });
  await chmod(odd, 0o700);
  assert.deepEqual(await sh(stage, `latchkey exec -- '${odd}'`), { code: 3, out: 'ran sk\n', error: '' });
});

test('exec leaves no process of ours beside the command, and its signals to it', async (t) => {
  const stage = await stageOf(t);
  for (const name of ['whole', 'quick']) {
    const run = terminal.start(
      ['exec', '--', 'sh', '-c', 'grep -h SigIgn /proc/$$/status; exec tail -f /dev/null'],
      variables(stage),
    );
    await until(`${name}: this process to become the command`, async () => {
      const command = await readFile(`/proc/${run.process.pid ?? 0}/cmdline`, 'utf8');
      return command.startsWith('tail\0') ? true : undefined;
    });
    run.process.kill('SIGTERM');
    const { out } = await run.ended;
    assert.equal(run.process.signalCode, 'SIGTERM');
    assert.match(out, /^SigIgn:\t0+\n/, 'a broken pipe ends it, as anywhere');
    await rest(stage);
    assert.equal((await terminal.run(['status'], variables(stage))).code, 0);
  }
});

test('a token that does not last is renewed first; one that cannot last so long is told', async (t) => {
  const stage = await stageOf(t);
  await letAge(stage, 7 * HOUR);
  const begun = stage.server.tokenRequestsBegun;
  const old = (await stage.credential()).accessToken;
  assert.equal((await sh(stage, 'latchkey token --lasting 30m')).out, `${old}\n`);
  const renewed = await sh(stage, 'latchkey exec --lasting 4h -- printenv CLAUDE_CODE_OAUTH_TOKEN');
  assert.equal(renewed.out, `${(await stage.credential()).accessToken}\n`);
  assert.notEqual(renewed.out, `${old}\n`);
  assert.equal(stage.server.tokenRequestsBegun, begun + 1);
  const { code, error } = await sh(stage, 'latchkey token --lasting 2d');
  assert.equal(code, 0);
  assert.match(error, /^⚠ The token lasts 7 h 59 min, not 2 days\.\n$/);
});

test('env: a shell that evaluates it is as exec makes it; where there is no token it stays as it is', async (t) => {
  const stage = await stageOf(t);
  const { accessToken } = await stage.credential();
  const tell = 'echo "${ANTHROPIC_API_KEY-none} ${CLAUDE_CODE_OAUTH_TOKEN-none}"';
  const given = { ANTHROPIC_API_KEY: 'key' };
  for (const shell of ['sh', 'bash']) {
    const { out } = await sh(
      stage,
      `lines=$(latchkey env); ${shell} -c 'eval "$1"; ${tell}' - "$lines"`,
      given,
    );
    assert.equal(out, `none ${accessToken}\n`);
  }
  const powershell = (await sh(stage, 'latchkey env --shell powershell')).out;
  assert.match(
    powershell,
    /^Remove-Item Env:ANTHROPIC_AUTH_TOKEN .*\n(.*\n)*\$env:CLAUDE_CODE_OAUTH_TOKEN = 'sk-ant/,
  );
  assert.match((await sh(stage, 'latchkey env --shell fish')).out, /^set -e .*\n(.*\n)*set -gx CLAUDE_CODE/);
  assert.equal((await sh(stage, 'latchkey logout')).code, 0);
  const none = await sh(stage, `eval "$(latchkey env)"; ${tell}; latchkey env`, given);
  assert.deepEqual([none.code, none.out], [3, 'key none\n']);
  assert.match(none.error, /Not signed in/);
});

test('logout: what Claude says is told, and waited for five seconds at most', async (t) => {
  const stage = await stageOf(t);
  stage.server.setMood({ endpoint: 'revocation', times: 1, behaviour: { kind: 'hang' } });
  const begun = performance.now();
  const { code, out, error } = await sh(stage, 'latchkey logout');
  const took = performance.now() - begun;
  // On a loaded machine to begin and to end takes seconds as well; the service never answers.
  assert.ok(took > 4_900 && took < 25_000, `${took} ms`);
  assert.deepEqual([code, error], [0, '']);
  assert.equal(
    out,
    [
      'Signed out on this machine.',
      'Claude did not answer when it was asked to revoke the sign-in.',
      'You can revoke it yourself at https://claude.ai/settings/claude-code',
      '',
    ].join('\n'),
  );
  assert.match((await sh(stage, 'latchkey log')).out, /Signed out \(Claude did not answer/);
  const [line = ''] = (await sh(stage, 'latchkey log --json')).out.split('\n');
  const { at, ...event } = JSON.parse(line) as Record<string, unknown>;
  assert.ok(Date.now() - Date.parse(String(at)) < MINUTE);
  assert.deepEqual(event, {
    version: 1,
    account: 'default',
    event: 'signed-out',
    revocation: { outcome: 'no-answer' },
  });
});

test('log: what happened, oldest first, and as lines of JSON', async (t) => {
  const stage = await stageOf(t);
  await letAge(stage, HOUR);
  assert.equal((await sh(stage, 'latchkey refresh')).code, 0);
  const { code, out } = await sh(stage, 'latchkey log');
  assert.equal(code, 0);
  assert.match(out, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Signed in\n[-\d]+ [:\d]+ {2}Renewed\n$/);
  const lines = (await sh(stage, 'latchkey log --json')).out.trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    events.map(({ version, account, event }) => [version, account, event]),
    [
      [1, 'default', 'signed-in'],
      [1, 'default', 'refreshed'],
    ],
  );
  assert.match(String(events[0]?.['at']), /^\d{4}-.*Z$/);
  assert.equal((await sh(stage, 'latchkey log --account nobody')).code, 3);
});

/** Lets everything that an answer comes from be older than the coarsest clock of a disk. */
async function rest({ configFile, dataDir }: Stage): Promise<void> {
  await mkdir(join(dataDir, 'command'), { recursive: true });
  const names = ['accounts.json', 'settings.json'].map((name) => join(dataDir, name));
  const past = new Date(Date.now() - HOUR);
  for (const path of [configFile, ...names, dirname(configFile), dataDir]) {
    await utimes(path, past, past).catch(() => undefined);
  }
}

test('an answer that was kept says the same as a whole reading, and gives way to every change', async (t) => {
  const stage = await stageOf(t);
  const glance = join(stage.dataDir, 'command', 'glance.json');
  const ask = async () => ({
    status: await sh(stage, 'latchkey status'),
    json: await sh(stage, 'latchkey status --json'),
    token: await sh(stage, 'latchkey token'),
    tokenJson: await sh(stage, 'latchkey token --json --account default'),
    exec: await sh(stage, 'latchkey exec -- printenv CLAUDE_CODE_OAUTH_TOKEN'),
  });
  const whole = await ask();
  // A change of times is one, too: only the time itself makes a file old.
  await until(
    'a kept answer',
    async () => {
      await sh(stage, 'latchkey status');
      return readFile(glance).then(
        () => true as const,
        () => undefined,
      );
    },
    15_000,
  );
  const text = await readFile(glance, 'utf8');
  assert.doesNotMatch(text, /sk-ant/, 'it holds no token');
  // Were it not used, this would be told.
  await writeFile(glance, text.replace('ada@example.org', 'bob@example.org'));
  assert.match((await sh(stage, 'latchkey status')).out, /bob@example\.org/, 'it is used');
  await writeFile(glance, text);
  assert.deepEqual(await ask(), whole);

  const { configFile } = stage;
  const before = await readFile(configFile, 'utf8');
  await writeFile(configFile, before.replace(/access_token: .*/, 'access_token: sk-ant-oat01-another'));
  assert.notEqual((await sh(stage, 'latchkey token')).out, whole.token.out);
  await writeFile(configFile, 'providers: [\n');
  assert.equal((await sh(stage, 'latchkey status')).code, 1);
  await writeFile(configFile, before);
  assert.deepEqual((await sh(stage, 'latchkey token')).out, whole.token.out);
  await chmod(configFile, 0o644);
  assert.match((await sh(stage, 'latchkey status')).error, /config-readable-by-others/);
});

test('completion: bash goes on as the installed version knows it, ids included', async (t) => {
  const stage = await stageOf(t);
  const complete = async (line: string) => {
    const words = line.split(' ');
    const script = `eval "$(latchkey completion bash)"; eval "$(latchkey completion bash)"
      COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
      _latchkey 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return (await sh(stage, script)).out.trim().split('\n');
  };
  assert.deepEqual(await complete('latchkey st'), ['status', 'storage']);
  assert.ok((await complete('latchkey ')).includes('exec'));
  assert.ok(!(await complete('latchkey ')).includes('complete'), 'what is hidden stays so');
  assert.deepEqual(await complete('latchkey token --account '), ['default']);
  assert.deepEqual(await complete('latchkey token --account = d'), ['default']);
  assert.deepEqual(await complete('latchkey env --shell p'), ['powershell']);
  assert.deepEqual(await complete('latchkey completion '), ['bash', 'zsh', 'fish', 'powershell', '--help']);
  assert.deepEqual(await complete('latchkey exec -- '), ['']);
  for (const shell of ['zsh', 'fish', 'powershell']) {
    const { code, out } = await sh(stage, `latchkey completion ${shell}`);
    assert.equal(code, 0);
    assert.match(out, /latchkey complete --/);
  }
});
