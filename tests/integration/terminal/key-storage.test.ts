import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { BuiltTerminal } from '../../support/login/terminal.ts';
import { PRACTICE_KEYS } from '../../support/practice/models-endpoint.ts';
import { keyPlace, shellOf } from '../../support/terminal/key-place.ts';
import { privateKeyring } from '../../support/vault/private-keyring.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const sh = shellOf(terminal);
const KEY = PRACTICE_KEYS.good;
const OTHER = PRACTICE_KEYS.nocredit;
const skip = process.platform !== 'linux' && 'a keyring of the test’s own exists on Linux only';

const SET = 'printf "%s\\n" "$KEY" | latchkey key set';
const CONFIG = `providers:\n  anthropic:\n    api_key: ${KEY} # the team's\n`;
/** Whether a program finds that key, and what else it may find, without a key in any output. */
const FINDS = `sh -c '[ "$ANTHROPIC_API_KEY" = "$KEY" ] && echo same; env | grep -c "^ANTHROPIC_AUTH_TOKEN=\\|^CLAUDE_CODE_"'`;

test('without a keychain it stays in the file, with a code', async (t) => {
  const here = await keyPlace(t, CONFIG);
  for (const line of ['latchkey key --storage keychain', `${SET} --storage keychain`]) {
    const { code, out, error } = await sh(here, line);
    assert.deepEqual([code, out], [1, ''], line);
    assert.match(error, /\[key-not-kept\]/);
  }
  assert.equal(await readFile(here.configFile, 'utf8'), CONFIG);
  // It is there already.
  assert.equal((await sh(here, 'latchkey key --storage config-file')).code, 0);
});

test('--storage where it makes no sense is wrong use', async (t) => {
  const here = await keyPlace(t, CONFIG);
  for (const words of ['status --storage keychain', 'test --storage keychain', '--storage access-only']) {
    assert.equal((await sh(here, `latchkey key ${words}`)).code, 2, words);
  }
  for (const words of ['exec --as key --account work -- true', 'env --as key --account work']) {
    const { code, error } = await sh(here, `latchkey ${words}`);
    assert.equal(code, 2, words);
    assert.match(error, /belongs to no account/);
  }
  const over = await sh(here, 'LATCHKEY_AGENT=/nowhere latchkey exec --as key -- true');
  assert.equal(over.code, 2);
  assert.match(over.error, /serves no API keys/);
  assert.deepEqual(here.server.requests, []);
});

test('exec and env hand the key over, and nothing that would win over it', async (t) => {
  const here = await keyPlace(t, CONFIG);
  const line = `CLAUDE_CODE_USE_BEDROCK=1 CLAUDE_CODE_OAUTH_TOKEN=x ANTHROPIC_AUTH_TOKEN=y latchkey exec --as key -- ${FINDS}`;
  // grep counts none, and fails for it.
  assert.equal((await sh(here, line)).out, 'same\n0\n');
  const evaluated = `export CLAUDE_CODE_OAUTH_TOKEN=x; eval "$(latchkey env --as key)"; ${FINDS}`;
  assert.equal((await sh(here, evaluated)).out, 'same\n0\n');
  const none = await keyPlace(t);
  const refused = await sh(none, 'latchkey exec --as key -- true');
  assert.equal(refused.code, 1);
  assert.match(refused.error, /\[no-key\]/);
});

test(
  'in a real keyring, locked and unlocked: moved, told, tested, used, set, removed',
  { skip },
  async (t) => {
    await terminal.installKeychain();
    const keyring = await privateKeyring(t);
    const plain = await keyPlace(t, CONFIG);
    const here = {
      ...plain,
      variables: {
        ...plain.variables,
        DBUS_SESSION_BUS_ADDRESS: String(process.env['DBUS_SESSION_BUS_ADDRESS']),
      },
    };
    const text = () => readFile(here.configFile, 'utf8');
    const json = async () =>
      JSON.parse((await sh(here, 'latchkey key status --json')).out) as Record<string, unknown>;

    const moved = await sh(here, 'latchkey key --storage keychain');
    assert.deepEqual([moved.code, moved.error], [0, '']);
    assert.match(
      moved.out,
      /^API key sk-ant-api03-….*\n {2}Not tested yet\n {2}Stored: The system keychain/u,
    );
    assert.equal(await text(), CONFIG.replace(` ${KEY}`, ''));
    assert.deepEqual([(await json())['storage'], (await json())['present']], ['keychain', true]);
    const status = JSON.parse((await sh(here, 'latchkey status --json')).out) as Record<string, unknown>;
    assert.deepEqual(status['api_key'], { present: true, start: KEY.slice(0, 11) });
    assert.match((await sh(here, 'latchkey status')).out, /Stored: The system keychain/);
    assert.equal((await sh(here, 'latchkey key test')).code, 0);
    const use = `latchkey exec --as key -- ${FINDS}`;
    assert.match((await sh(here, use)).out, /^same\n/);

    await keyring.lock();
    for (const line of [
      'latchkey key test',
      use,
      'latchkey key remove',
      'latchkey key --storage config-file',
    ]) {
      const { code, error } = await sh(here, line);
      assert.equal(code, 1, line);
      assert.match(error, /\[key-locked\]/);
      assert.match(error, /[Uu]nlock/);
    }
    // Nobody says that there is none.
    assert.deepEqual([(await json())['storage'], (await json())['present']], ['keychain', true]);

    await keyring.unlock();
    // In the place of the one before.
    assert.equal((await sh(here, SET, OTHER)).code, 0);
    assert.match((await sh(here, use, OTHER)).out, /^same\n/);
    assert.ok(!(await text()).includes(OTHER));

    // Another program writes one.
    await writeFile(here.configFile, CONFIG);
    const both = await sh(here, 'latchkey key status');
    assert.match(both.out, new RegExp(`…${KEY.slice(-4)}\n`, 'u'));
    assert.match(both.out, new RegExp(`Another one is in the system keychain: .*…${OTHER.slice(-4)}\n`, 'u'));
    assert.match(both.error, /\[key-in-both\]/);
    assert.match((await sh(here, 'latchkey key --storage keychain')).error, /\[key-in-both\]/);
    assert.equal((await sh(here, 'latchkey key remove')).code, 0);
    assert.match((await sh(here, use, OTHER)).out, /^same\n/);

    const back = await sh(here, 'latchkey key --storage config-file', OTHER);
    assert.deepEqual([back.code, back.error], [0, '']);
    assert.equal(await text(), CONFIG.replace(KEY, OTHER));
    assert.equal((await stat(here.configFile)).mode & 0o777, 0o600);
    assert.equal((await json())['storage'], 'config-file');
    assert.equal((await sh(here, `${SET} --storage keychain`)).code, 0);
    assert.ok(!(await text()).includes('sk-ant'));
    assert.equal((await sh(here, 'latchkey key remove --storage keychain')).code, 0);
    assert.deepEqual([(await json())['storage'], (await json())['present']], [null, false]);
  },
);
