import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BuiltTerminal } from '../../support/login/terminal.ts';
import { PRACTICE_KEYS } from '../../support/practice/models-endpoint.ts';
import { keyPlace as place, shellOf } from '../../support/terminal/key-place.ts';
import { PseudoTerminal } from '../../support/terminal/pseudo-terminal.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const sh = shellOf(terminal);
const KEY = PRACTICE_KEYS.good;
const WRONG = `${KEY.slice(0, -4)}none`;

const SET = 'printf "%s\\n" "$KEY" | latchkey key set';

test('a key on standard input is written, is its owner’s alone, and tested; nothing else changes', async (t) => {
  const before = '# mine\nproviders:\n  anthropic:\n    type: anthropic # kept\n';
  const here = await place(t, before);
  const { code, out, error } = await sh(here, SET);
  assert.equal(code, 0, error);
  assert.match(out, /^API key sk-ant-api03-…goodA?.*\n {2}Since .*\n {2}Tested .*: Claude takes it\n/u);
  assert.match(error, /\[config-made-private\]/);
  assert.equal(await readFile(here.configFile, 'utf8'), `${before}    api_key: ${KEY}\n`);
  assert.equal((await stat(here.configFile)).mode & 0o777, 0o600);
  assert.deepEqual(
    here.server.requests.map(({ method, path, status }) => [method, path, status]),
    [['GET', '/v1/models', 200]],
  );
});

test('no file that Latchkey keeps for itself holds the key', async (t) => {
  const here = await place(t);
  await sh(here, SET);
  await sh(here, 'latchkey key test; latchkey status; latchkey status; latchkey log; latchkey doctor');
  const data = join(here.folder, 'data');
  for (const name of await readdir(data, { recursive: true })) {
    const path = join(data, name);
    if (!(await stat(path)).isFile()) continue;
    assert.ok(!(await readFile(path, 'latin1')).includes(KEY.slice(20)), name);
  }
});

test('status knows the standing “API key” while nobody is signed in, and --json tells it', async (t) => {
  const here = await place(t);
  const nobody = await sh(here, 'latchkey status --json');
  assert.equal(nobody.code, 3);
  const none = { present: false, start: null };
  assert.deepEqual(JSON.parse(nobody.out), { version: 1, accounts: [], api_key: none });
  await sh(here, SET);
  const { code, out } = await sh(here, 'latchkey status');
  assert.equal(code, 0);
  assert.match(out, /^API key sk-ant-api03-….*\n/u);
  const { api_key: told } = JSON.parse((await sh(here, 'latchkey status --json')).out) as {
    api_key: Record<string, unknown>;
  };
  assert.deepEqual(told, { present: true, start: 'sk-ant-api0' });
  assert.equal((await sh(here, 'latchkey status --account work')).code, 3, 'a key is no account');
});

test('what is no key is refused with words of its own, and never written', async (t) => {
  const here = await place(t);
  const token = `sk-ant-oat01-${'t'.repeat(95)}`;
  for (const [text, says] of [
    [token, /access token of a sign-in/],
    [KEY.slice(0, 30), /A part of it is missing/],
    ['', /nothing in it/],
    ['hello', /begin with sk-ant-/],
  ] as const) {
    const { code, error } = await sh(here, SET, text === '' ? ' '.repeat(30) : text.padEnd(30));
    assert.equal(code, 1, text);
    assert.match(error, /\[key-unusable\]/);
    assert.match(error, says);
  }
  await assert.rejects(stat(here.configFile));
  assert.deepEqual(here.server.requests, []);
});

test('a key is never an argument: what is typed there is not even repeated', async (t) => {
  const here = await place(t);
  for (const line of ['latchkey key "$KEY"', 'latchkey key set "$KEY"', 'latchkey "$KEY"']) {
    const { code, error } = await sh(here, `${line} </dev/null`);
    assert.equal(code, 2, error);
  }
  const bare = await sh(here, 'latchkey key');
  assert.equal(bare.code, 2);
  assert.match(bare.error, /missing required argument 'action'/);
  await assert.rejects(stat(here.configFile));
});

test('a key that Claude does not take is kept, and each refusal has its own code', async (t) => {
  for (const [key, code] of [
    [WRONG, 'key-refused'],
    [PRACTICE_KEYS.forbidden, 'key-forbidden'],
    [PRACTICE_KEYS.nocredit, 'key-no-credit'],
    [PRACTICE_KEYS.limited, 'rate-limited'],
  ] as const) {
    const here = await place(t);
    const set = await sh(here, SET, key);
    assert.equal(set.code, 0, 'it is written');
    assert.match(set.error, new RegExp(`⚠ .*\\[${code}\\]`, 'u'));
    const tested = await sh(here, 'latchkey key test --json', key);
    assert.equal(tested.code, 1);
    assert.match(tested.error, new RegExp(`✗ .*\\[${code}\\]`, 'u'));
    assert.equal((JSON.parse(tested.out) as { result: string }).result, code);
  }
});

test('without a network the test says so, and the key stays', async (t) => {
  const here = await place(t);
  await sh(here, SET);
  await here.server.close();
  const { code, error } = await sh(here, 'latchkey key test');
  assert.equal(code, 1);
  assert.match(error, /\[network-down\]/);
  assert.ok((await readFile(here.configFile, 'utf8')).includes(KEY));
});

test('removing empties the one scalar; without a key there is nothing to remove or to test', async (t) => {
  const here = await place(
    t,
    `providers:\n  anthropic:\n    api_key: '${KEY}' # the team's\n    api_keys: [a, b]\n`,
  );
  assert.match(
    (await sh(here, 'latchkey key status')).out,
    /^API key .*\n {2}Not tested yet\n {2}.*api_keys: 2/u,
  );
  assert.equal((await sh(here, 'latchkey key remove')).code, 0);
  const left = "providers:\n  anthropic:\n    api_key: '' # the team's\n    api_keys: [a, b]\n";
  assert.equal(await readFile(here.configFile, 'utf8'), left);
  for (const action of ['remove', 'test']) {
    const { code, error } = await sh(here, `latchkey key ${action}`);
    assert.equal(code, 1);
    assert.match(error, /\[no-key\]/);
  }
});

test('a placeholder is shown as what it is, left alone, and gives way only where that was said', async (t) => {
  const config = 'providers:\n  anthropic:\n    api_key: ${ANTHROPIC_API_KEY}\n';
  const here = await place(t, config);
  const { code, out } = await sh(here, 'latchkey key status');
  assert.deepEqual([code, out.split('\n')[0]], [0, 'API key ${ANTHROPIC_API_KEY}']);
  for (const line of [SET, 'latchkey key test', 'latchkey key remove']) {
    const ended = await sh(here, line);
    assert.equal(ended.code, 1, line);
    assert.match(ended.error, /\[key-placeholder\]/);
  }
  assert.equal(await readFile(here.configFile, 'utf8'), config);
  assert.equal((await sh(here, `${SET} --replace`)).code, 0);
  assert.equal(await readFile(here.configFile, 'utf8'), config.replace('${ANTHROPIC_API_KEY}', KEY));
});

test('what keeps the file from being written or read is told, and the file stays', async (t) => {
  const broken = await place(t, 'providers: [\n');
  for (const line of [SET, 'latchkey key status', 'latchkey key test', 'latchkey key remove']) {
    const { code, error } = await sh(broken, line);
    assert.equal(code, 1, line);
    assert.match(error, /\[config-not-yaml\]/);
  }
  assert.equal(await readFile(broken.configFile, 'utf8'), 'providers: [\n');
});

test('on a terminal it is asked for, and nothing of it is shown', async (t) => {
  const here = await place(t);
  await using screen = new PseudoTerminal([...terminal.program, 'key', 'set'], here.variables);
  await screen.shows('Paste the API key');
  screen.type(`\x1b[200~${KEY}x\x1b[201~`);
  screen.type('\x7f\r');
  assert.equal(await screen.ended, 0);
  assert.match(screen.text, /Claude takes it/);
  assert.ok(!screen.output.includes(KEY.slice(20, -4)), screen.output);
  assert.ok((await readFile(here.configFile, 'utf8')).includes(`api_key: ${KEY}\n`));
});

test('on a terminal a placeholder is asked about, and Ctrl-C writes nothing', async (t) => {
  const config = 'providers:\n  anthropic:\n    api_key: "${A}"\n';
  const here = await place(t, config);
  await using no = new PseudoTerminal([...terminal.program, 'key', 'set'], here.variables);
  await no.shows('Paste the API key');
  no.type(`${KEY}\r`);
  await no.shows('Put the key in its place?');
  no.type('n\r');
  assert.equal(await no.ended, 1);
  await using stopped = new PseudoTerminal([...terminal.program, 'key', 'set'], here.variables);
  await stopped.shows('Paste the API key');
  stopped.type('sk-ant\x03');
  assert.equal(await stopped.ended, 1);
  assert.equal(await readFile(here.configFile, 'utf8'), config);
  await using yes = new PseudoTerminal([...terminal.program, 'key', 'set'], here.variables);
  await yes.shows('Paste the API key');
  yes.type(`${KEY}\r`);
  await yes.shows('Put the key in its place?');
  yes.type('y\r');
  assert.equal(await yes.ended, 0);
  assert.equal(await readFile(here.configFile, 'utf8'), config.replace('${A}', KEY));
});
