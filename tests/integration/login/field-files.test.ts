import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { systemClock } from '../../../src-main/login/clock.ts';
import { ordinaryUser } from '../../support/desktop/ordinary-user.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf, type Ended } from '../../support/login/terminal.ts';

// Config files as people who do this job have them (`facts.md` section 3), and what a script is told about each.

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
const COMMANDS = ['status', 'token', 'refresh', 'logout', 'doctor'] as const;

interface Field {
  readonly configFile: string;
  /** `latchkey`, by a user who is not root, where no server can be reached. */
  readonly latchkey: (...words: string[]) => Promise<Ended>;
}

/** A config file that holds `content`, and a data folder that knows nothing yet. */
async function withFile(t: TestContext, content: string | Uint8Array, mode = 0o600): Promise<Field> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-field-'));
  t.after(() => rm(folder, { recursive: true }));
  const configFile = join(folder, 'config.yaml');
  await writeFile(configFile, content);
  const user = ordinaryUser();
  if (user !== null) {
    for (const path of [folder, configFile]) await chown(path, user.uid, user.gid);
  }
  await chmod(configFile, mode);
  // Nobody listens there.
  const nobody = 'http://127.0.0.1:18877';
  const variables = {
    HOME: folder,
    LATCHKEY_AUTHORIZE_URL: `${nobody}/authorize`,
    LATCHKEY_TOKEN_URL: `${nobody}/token`,
    LATCHKEY_API_URL: nobody,
    LATCHKEY_CONFIG_FILE: configFile,
    LATCHKEY_DATA_DIR: join(folder, 'data'),
    LATCHKEY_CALLBACK_PORT: '18875',
  };
  return { configFile, latchkey: (...words) => terminal.run(words, variables, user) };
}

/** The config file with one entry for each id. */
function entries(...ids: string[]): string {
  const entry = (id: string) => `
      - id: ${JSON.stringify(id)}
        client_id: ${CLIENT_ID}
        access_token: sk-ant-oat01-${Buffer.from(id).toString('hex')}
        refresh_token: sk-ant-ort01-${Buffer.from(id).toString('hex')}
        expires_at: "2100-01-01T00:00:00Z"
        scopes: [user:profile]`;
  return `providers:\n  anthropic:\n    oauth_credentials:${ids.map(entry).join('')}\n`;
}

const tokenOf = (id: string) => `sk-ant-oat01-${Buffer.from(id).toString('hex')}`;

const CUT_SHORT = `providers:
  anthropic:
    oauth_credentials:
      - id: default
        access_token: "sk-ant-oat01-AA`;

const UNREADABLE = [
  {
    what: 'is cut short',
    content: CUT_SHORT,
    says: /\[config-not-yaml\]\n.*\/config\.yaml breaks at line 5, column \d+/,
  },
  {
    what: 'is larger than any config file',
    content: `${entries('default')}${'# more\n'.repeat(3_000_000)}`,
    says: /\[config-unreadable\]\n.*\/config\.yaml: it is larger than /,
  },
  {
    what: 'may not be read',
    content: entries('default'),
    mode: 0o000,
    says: /\[config-unreadable\]\n.*permission denied/,
  },
  {
    what: 'is no text',
    content: Buffer.concat([Buffer.from(entries('default')), Buffer.from([0x23, 0xff, 0xfe, 0x0a])]),
    says: /\[config-unreadable\]\n.*it is not UTF-8 text/,
  },
  {
    what: 'has another shape',
    content: 'providers:\n  anthropic:\n    oauth_credentials: yes\n',
    says: /\[config-shape\]\n.*“providers\.anthropic\.oauth_credentials” should be a list/,
  },
] as const;

/** What would be a claim about a login, or about where it is. */
const CLAIM = /signed|no sign-in|kept|sign in/i;

for (const { what, content, says, ...rest } of UNREADABLE) {
  const mode = 'mode' in rest ? rest.mode : 0o600;
  test(`a file that ${what}: nobody can tell who is signed in`, async (t) => {
    const { configFile, latchkey } = await withFile(t, content, mode);
    for (const command of COMMANDS) {
      for (const words of [[], ['--json'], ['--account', 'work']]) {
        const { code, out, error } = await latchkey(command, ...words);
        const told = `${command} ${words.join(' ')}: ${out}${error}`;
        assert.equal(code, 1, told);
        const isReport = command === 'doctor' && !words.includes('--json');
        assert.match(isReport ? out : error, says, told);
        if (isReport) assert.equal(error, '', told);
        assert.doesNotMatch(out + error, CLAIM, told);
        if (words.includes('--json') && (command === 'status' || command === 'doctor')) {
          assert.deepEqual((JSON.parse(out) as { accounts: unknown }).accounts, [], told);
        } else if (!isReport) assert.equal(out, '', told);
      }
    }
    await chmod(configFile, 0o600);
    assert.deepEqual(await readFile(configFile), Buffer.from(content), 'it is untouched');
  });
}

test('a login that is known only from before is not told of while the file cannot be read', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await writeFile(stage.configFile, CUT_SHORT);
  await rm(join(stage.dataDir, 'copies.json'));
  for (const command of ['status', 'token', 'refresh', 'logout']) {
    const { code, out, error } = await terminal.run([command], variablesOf(stage, 18_876));
    assert.deepEqual([command, code, out], [command, 1, '']);
    assert.match(error, /breaks at line 5/);
    assert.doesNotMatch(error, CLAIM);
  }
});

test('a login that has ended may have a successor in a file that cannot be read', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await writeFile(stage.configFile, 'providers: {}\n');
  const run = (...words: string[]) => terminal.run(words, variablesOf(stage, 18_876));
  assert.equal((await run('refresh')).code, 3);
  await writeFile(stage.configFile, CUT_SHORT);
  const { code, error } = await run('refresh');
  assert.equal(code, 1);
  assert.match(error, /\[config-not-yaml\]/);
});

test('the only account there is need not be named', async (t) => {
  const { configFile, latchkey } = await withFile(t, entries('work'));
  assert.deepEqual(await latchkey('token'), { code: 0, out: `${tokenOf('work')}\n`, error: '' });
  assert.deepEqual(await latchkey('token', '--account', 'work'), await latchkey('token'));
  const other = await latchkey('token', '--account', 'default');
  assert.deepEqual([other.code, other.out], [3, '']);
  const status = await latchkey('status');
  assert.equal(status.code, 0);
  assert.match(status.out, /^Signed in as work\n/);
  assert.deepEqual(await latchkey('logout', '--json'), {
    code: 0,
    out: '{"signed_out":"work","revocation":{"outcome":"not-asked","reason":"others"}}\n',
    error: '',
  });
  assert.doesNotMatch(await readFile(configFile, 'utf8'), /work/);

  const over = await withFile(t, entries('work').replace('2100-', '2020-'));
  const refresh = await over.latchkey('refresh');
  assert.equal(refresh.code, 1);
  assert.match(refresh.error, /\[network-down\]/, 'it is asked for');
});

test('one of another client counts', async (t) => {
  const { latchkey } = await withFile(t, entries('work').replace(CLIENT_ID, 'somebody-elses'));
  assert.deepEqual(await latchkey('token'), { code: 0, out: `${tokenOf('work')}\n`, error: '' });
  const both = await withFile(t, entries('work', 'home').replace(CLIENT_ID, 'somebody-elses'));
  assert.equal((await both.latchkey('token')).code, 2);
});

test('of several accounts default is meant, and without it none', async (t) => {
  const withDefault = await withFile(t, entries('work', 'default'));
  assert.equal((await withDefault.latchkey('token')).out, `${tokenOf('default')}\n`);
  const { configFile, latchkey } = await withFile(t, entries('work', 'at home'));
  const before = await stat(configFile);
  for (const command of ['login', 'token', 'refresh', 'logout']) {
    const { code, out, error } = await latchkey(command);
    assert.deepEqual([command, code, out], [command, 2, '']);
    assert.match(error, /^ {4}--account=work\n {4}--account='at home'$/m);
  }
  assert.equal((await stat(configFile)).mtimeMs, before.mtimeMs);
  assert.equal((await latchkey('token', '--account', 'at home')).out, `${tokenOf('at home')}\n`);
});

test('a sign-in without a name renews the only account there is', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const text = await readFile(stage.configFile, 'utf8');
  await writeFile(stage.configFile, text.replace('id: default', 'id: work'));
  const variables = { ...variablesOf(stage, 18_876), LATCHKEY_DATA_DIR: join(stage.folder, 'new') };
  const { code, out } = await terminal.run(['login', '--json'], variables);
  assert.deepEqual([code, (JSON.parse(out) as { id: string }).id], [0, 'work']);
  const now = await readFile(stage.configFile, 'utf8');
  assert.deepEqual(now.match(/id: \w+$/gm), ['id: work']);
  assert.notEqual(now, text.replace('id: default', 'id: work'));
});

test(
  'an id that commands a terminal is shown so that it can be copied',
  { skip: process.platform === 'win32' },
  async (t) => {
    const odd = 'a\u001b[2J b';
    const { latchkey } = await withFile(t, entries(odd, 'work'));
    const { error } = await latchkey('token');
    const [, shown = ''] = /--account=(\$'.*)$/m.exec(error) ?? [];
    const id = execFileSync('bash', ['-c', `printf %s ${shown}`], { encoding: 'utf8' });
    assert.equal(id, odd);
    assert.equal((await latchkey('token', `--account=${id}`)).out, `${tokenOf(odd)}\n`);
    assert.match((await latchkey('status')).out, /^Signed in as \$'a\\x1b\[2J b'$/m);
  },
);

test('an end that nobody knows is told as such, and the token is handed out', async (t) => {
  const { latchkey } = await withFile(t, entries('default').replace(/\n *expires_at: .*/, ''));
  await handsOutWithoutEnd(latchkey);
});

test("Go's 'no time' is no end either", async (t) => {
  const { latchkey } = await withFile(t, entries('default').replace('2100-01-01', '0001-01-01'));
  await handsOutWithoutEnd(latchkey);
});

async function handsOutWithoutEnd(latchkey: Field['latchkey']): Promise<void> {
  const status = await latchkey('status');
  assert.deepEqual([status.code, status.error], [0, '']);
  assert.match(status.out, /^ {2}Token without a known end$/m);
  assert.doesNotMatch(status.out, /expired|January/);
  const { accounts } = JSON.parse((await latchkey('status', '--json')).out) as {
    accounts: { standing: string; access_expires_at: string | null }[];
  };
  assert.deepEqual([accounts[0]?.standing, accounts[0]?.access_expires_at], ['valid', null]);
  assert.deepEqual(await latchkey('token'), { code: 0, out: `${tokenOf('default')}\n`, error: '' });
}
