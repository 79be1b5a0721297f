import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { ask } from '../../support/agent/ask.ts';
import { until } from '../../support/desktop/until.ts';
import { BuiltTerminal } from '../../support/login/terminal.ts';
import { documented } from './documented.ts';
import { machine, TEMPORARY } from './machine.ts';
import { hasOwnCgroups, userManager } from './own-cgroups.ts';

process.env['TMPDIR'] = TEMPORARY;
const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const has = (command: string) => spawnSync(command, ['--version']).error === undefined;
const missing = has('systemd-analyze') && has('systemd-socket-activate') ? false : 'systemd is not installed';

test('a socket that systemd hands on is served, and stays', { skip: missing }, async (t) => {
  const { stage, environment } = await machine(t, terminal);
  const path = join(stage.folder, 'a');
  // It starts the program when somebody asks, with none of our variables but these.
  const variables = Object.entries(environment).map(([name, value]) => `--setenv=${name}=${value}`);
  const words = [...terminal.program, 'agent', '--socket', path];
  const child = spawn('systemd-socket-activate', [`--listen=${path}`, ...variables, ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await until('the socket', () => lstat(path).catch(() => undefined));
  const { status, body } = await ask(path, '/v1/token');
  assert.equal(status, 200, 'who asked before it was up waited');
  assert.equal(body['access_token'], (await stage.credential()).accessToken);
  assert.equal(out, `LATCHKEY_AGENT=${path}\n`);
  child.kill('SIGTERM');
  assert.equal((await once(child, 'exit'))[0], 0);
  assert.ok((await lstat(path)).isSocket(), 'it is systemd’s');
});

test(
  'under systemd --user, by the page’s commands',
  { skip: missing || (hasOwnCgroups() ? false : 'no control groups of one’s own can be had here') },
  async (t) => {
    const { stage, environment } = await machine(t, terminal);
    const env = { ...environment, XDG_RUNTIME_DIR: '/run/user/0' };
    const there = await userManager(t, env);
    const type = async (lines: string) => (await promisify(execFile)(...there(lines), { env })).stdout;
    await type(documented('mkdir -p ~/.config/systemd/user'));
    const asked = `${documented('export LATCHKEY_AGENT=')}; latchkey token`;
    const { accessToken } = await stage.credential();
    assert.equal(await type(asked), `${accessToken}\n`);
    assert.equal(await type('stat -c %a "$XDG_RUNTIME_DIR"/latchkey{,/agent.sock}'), '700\n600\n');
    const pid = async () => Number(await type('systemctl --user show -P MainPID latchkey-agent.service'));
    const first = await pid();
    assert.match(await type(`cat /proc/${first}/status`), /^NoNewPrivs:\t1\n(.*\n)*Seccomp:\t2$/m);

    await type(`kill -KILL ${first}`);
    assert.equal(await type(asked), `${accessToken}\n`, 'who asks while it is restarted waits');
    assert.notEqual(await pid(), first);
    await type('systemctl --user stop latchkey-agent.service 2>&1');
    assert.equal(await type(asked), `${accessToken}\n`, 'and who asks when it is not there starts it');
    await type('systemctl --user stop latchkey-agent.socket latchkey-agent.service');
    assert.equal(await type('ls "$XDG_RUNTIME_DIR/latchkey"'), '', 'the socket is gone');
  },
);

test('systemd-analyze has nothing to say', { skip: missing }, async (t) => {
  const { stage, sh } = await machine(t, terminal);
  const folder = join(stage.folder, 'units');
  await mkdir(folder);
  const units = ['socket', 'service'].map((kind) => join(folder, `latchkey-agent.${kind}`));
  for (const unit of units)
    await writeFile(unit, (await sh(`latchkey agent --print-unit ${unit.split('.').at(-1) ?? ''}`)).out);
  const verify = async () =>
    promisify(execFile)('systemd-analyze', ['verify', '--user', '--man=no', ...units], {
      env: {
        PATH: process.env['PATH'],
        XDG_RUNTIME_DIR: stage.folder,
        SYSTEMD_UNIT_PATH: `${folder}:`,
        HOME: stage.folder,
      },
    }).then(
      ({ stderr }) => stderr,
      (error: unknown) => (error as { stderr: string }).stderr,
    );
  assert.doesNotMatch(await verify(), /latchkey-agent\.(service|socket)/);
  // It would say something of what is wrong.
  await writeFile(
    units[1] ?? '',
    (await readFile(units[1] ?? '', 'utf8')).replace('NoNewPrivileges=yes', 'NoNewPrivilege=perhaps'),
  );
  assert.match(await verify(), /latchkey-agent\.service.*NoNewPrivilege/);
});
