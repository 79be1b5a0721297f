import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { systemClock } from '../../../src-main/login/clock.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const run = promisify(execFile);

/** A machine on which `latchkey` is installed, and somebody signed in. */
async function machine(t: TestContext) {
  const stage = await signedIn(t, { clock: systemClock });
  const bin = join(stage.folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'latchkey'), `#!/bin/sh\nexec '${terminal.program.join("' '")}' "$@"\n`);
  await chmod(join(bin, 'latchkey'), 0o755);
  const environment = { ...variablesOf(stage, 18_899), PATH: `${bin}:${process.env['PATH'] ?? ''}` };
  return { stage, bin, environment };
}

const has = (command: string) => spawnSync(command, ['--version']).error === undefined;

test('shell', async (t) => {
  const { environment } = await machine(t);
  const { stdout } = await run(join(examples, 'shell', 'who-am-i.sh'), { env: environment });
  assert.match(stdout, /"email":"ada@example\.org"/);
});

test('node', async (t) => {
  const { environment } = await machine(t);
  const words = ['exec', '--', process.execPath, join(examples, 'node', 'who-am-i.mjs')];
  const { stdout } = await run('latchkey', words, { env: environment });
  assert.equal(stdout, 'ada@example.org, Analytical Engines\n');
});

const isGoThere = spawnSync('go', ['version']).error === undefined;

test('go', { skip: isGoThere ? false : 'go is not installed' }, async (t) => {
  const { stage, environment } = await machine(t);
  const { stdout } = await run('go', ['run', join(examples, 'go', 'main.go')], {
    env: {
      ...environment,
      GOCACHE: join(stage.folder, 'go-cache'),
      // The module as Debian has it: nothing is fetched.
      GO111MODULE: 'off',
      GOPATH: '/usr/share/gocode',
      GOFLAGS: '',
    },
  });
  assert.match(stdout, /"email":"ada@example\.org"/);
});

test('systemd', { skip: has('systemd-analyze') ? false : 'systemd is not installed' }, async (t) => {
  const { stage, bin, environment } = await machine(t);
  const nightly = join(bin, 'nightly.sh');
  await writeFile(nightly, '#!/bin/sh\nprintf %s "$CLAUDE_CODE_OAUTH_TOKEN"\n');
  await chmod(nightly, 0o755);
  const unit = await readFile(join(examples, 'systemd', 'nightly.service'), 'utf8');
  const here = unit.replace('/usr/bin/latchkey', join(bin, 'latchkey')).replaceAll('%h', stage.folder);
  await writeFile(join(stage.folder, 'nightly.service'), here);
  await copyFile(join(examples, 'systemd', 'nightly.timer'), join(stage.folder, 'nightly.timer'));
  const units = ['nightly.service', 'nightly.timer'].map((name) => join(stage.folder, name));
  const { stderr } = await run('systemd-analyze', ['verify', '--man=no', ...units]);
  assert.doesNotMatch(stderr, /nightly\.(service|timer)/);
  // As the manager would, which no test has.
  const [, command = ''] = /^ExecStart=(.*)$/m.exec(here) ?? [];
  const [program = '', ...words] = command.split(' ');
  const { stdout } = await run(program, words, { env: environment });
  assert.equal(stdout, (await stage.credential()).accessToken);
});

interface Workflow {
  readonly jobs: Record<
    string,
    { readonly steps: readonly { readonly env: object; readonly run: string }[] }
  >;
}

test('github-actions: a key, and no login', async (t) => {
  const text = await readFile(join(examples, 'github-actions', 'nightly.yml'), 'utf8');
  const { jobs } = parse(text) as Workflow;
  const step = jobs['ask']?.steps[0] ?? assert.fail();
  assert.deepEqual(Object.keys(step.env), ['ANTHROPIC_API_KEY']);
  assert.doesNotMatch(text.replace(/^#.*$/gm, ''), /latchkey|CLAUDE_CODE_OAUTH_TOKEN/);
  const server = createServer((request, response) => {
    const isAsItShouldBe = request.headers['x-api-key'] === 'sk-ant-api03-test';
    response.writeHead(isAsItShouldBe ? 200 : 401).end(request.url);
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { stdout } = await run('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
    env: {
      PATH: process.env['PATH'],
      ANTHROPIC_API_KEY: 'sk-ant-api03-test',
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
    },
  });
  assert.equal(stdout, '/v1/models?limit=1');
});
