import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const MAX_BYTES = 400_000;
/** A newcomer's: nothing of ours, or of anybody's, is in it. */
const folder = await mkdtemp(join(tmpdir(), 'latchkey-newcomer-'));
after(() => rm(folder, { recursive: true, force: true }));
const [home, prefix, empty] = ['home', 'prefix', 'empty'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const environment = {
  HOME: home,
  SHELL: '/bin/sh',
  TMPDIR: folder,
  PATH: `${join(prefix, 'bin')}:${process.env['PATH'] ?? ''}`,
  npm_config_prefix: prefix,
  npm_config_cache: join(folder, 'npm-cache'),
};

let tarball = '';

before(async () => {
  for (const each of [home, prefix, empty]) await mkdir(each);
  const { stdout } = await run(process.execPath, [join(checkout, 'scripts', 'pack-command.mjs')]);
  tarball = stdout.trimEnd().split('\n').at(-1) ?? '';
  // In a folder without a checkout, and from no registry.
  await run('npm', ['install', '--global', '--offline', '--no-audit', '--no-fund', tarball], {
    cwd: empty,
    env: environment,
  });
});

/** Types a line in a shell that knows nothing but the path. */
async function type(line: string, shell: readonly string[] = []) {
  const [command = '', ...words] = shell.concat('sh', '-c', line);
  const ended = await run(command, words, { cwd: empty, env: environment }).catch(
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  return { code: 'code' in ended ? ended.code : 0, out: ended.stdout, error: ended.stderr };
}

test('the tarball is small, and needs nothing but Node', async () => {
  assert.ok((await stat(tarball)).size <= MAX_BYTES, `${(await stat(tarball)).size} bytes`);
  const modules = join(prefix, 'lib', 'node_modules');
  assert.deepEqual(await readdir(modules), ['latchkey']);
  const { stdout } = await run('tar', ['tzf', tarball]);
  const names = stdout.trimEnd().split('\n').sort();
  assert.deepEqual(names, [
    'package/LICENSE',
    'package/README.md',
    'package/THIRD-PARTY',
    'package/bin/keychain-helper.cjs',
    'package/bin/latchkey.cjs',
    'package/bin/node-command.cjs',
    'package/bin/practice-approve.cjs',
    'package/bin/practice-server.cjs',
    'package/man/latchkey.1',
    'package/package.json',
  ]);
});

test('a newcomer gets from the help to a token of the practice account, and to exec', async () => {
  const help = await type('latchkey --help');
  assert.match(help.out, /^ {2}latchkey practice +no account at hand\?/m);
  const began = performance.now();
  const practised = await type(
    `latchkey login >/dev/null && latchkey status && latchkey token &&
     latchkey exec -- sh -c 'echo "exec $CLAUDE_CODE_OAUTH_TOKEN"'; exit 7`,
    ['latchkey', 'practice', '--'],
  );
  assert.equal(practised.code, 7, practised.error);
  const [, token = ''] = /^(sk-ant-oat01-\S+)$/m.exec(practised.out) ?? [];
  assert.match(practised.out, /^Signed in as ada@example\.org\n/);
  assert.ok(practised.out.endsWith(`exec ${token}\n`));
  assert.ok(performance.now() - began < 60_000);
  // Nothing of it is left, and the real files were never made.
  assert.deepEqual(await readdir(home), []);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('latchkey-practice')),
    [],
  );
});

test('keytar is looked for beside it, and not missed', async () => {
  const { code, out } = await type('latchkey doctor');
  assert.match(out, /System keychain\n {2}.*\[keychain-unavailable\]\n {2}The part of Latchkey/);
  assert.match(out, /Signed out/);
  assert.ok([1, 3].includes(code));
});
