import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPlaceholder, keyText, shownKey, type ApiKey } from '../../../src-main/domain/api-key.ts';
import { readPastedKey, type KeyFlaw } from '../../../src-main/domain/pasted-key.ts';
import { whoUsesWhat } from '../../../src-main/domain/who-uses-what.ts';

const KEY = `sk-ant-api03-${'a'.repeat(91)}wxyz`;

test('a key is taken as it is pasted: trimmed, and out of its quotes', () => {
  for (const text of [KEY, ` ${KEY}\r\n`, `"${KEY}"`, `'${KEY}' `]) {
    assert.deepEqual(readPastedKey(text), { key: KEY, flaw: null }, text);
  }
});

const flaws: readonly [text: string, flaw: KeyFlaw][] = [
  ['', 'empty'],
  [' \n', 'empty'],
  [`sk-ant-oat01-${'a'.repeat(95)}`, 'access-token'],
  ['sk-ant-oat', 'access-token'],
  [`sk-ant-ort01-${'a'.repeat(95)}`, 'refresh-token'],
  [`sk-ant-admin01-${'a'.repeat(95)}`, 'admin-key'],
  ['s', 'cut-short'],
  ['sk-ant-', 'cut-short'],
  [KEY.slice(0, 39), 'cut-short'],
  [`${KEY.slice(0, 50)} ${KEY.slice(50)}`, 'not-a-key'],
  [`${KEY}\n${KEY}`, 'not-a-key'],
  [`sk-proj-${'a'.repeat(95)}`, 'not-a-key'],
  ['${ANTHROPIC_API_KEY}', 'not-a-key'],
  ['ANTHROPIC_API_KEY=sk-ant-api03-x', 'not-a-key'],
  [`${KEY}…`, 'not-a-key'],
];
for (const [text, flaw] of flaws) {
  test(`what is no key is told apart: ${JSON.stringify(text.slice(0, 30))} is ${flaw}`, () => {
    assert.deepEqual(readPastedKey(text), { key: null, flaw });
  });
}

test('of a key its kind and its last four characters are shown, of anything else nothing', () => {
  const text = (key: string) => {
    const shown = shownKey(key);
    return shown === null ? null : keyText(shown);
  };
  assert.equal(text(KEY), 'sk-ant-api03-…wxyz');
  assert.equal(text(''), null);
  assert.equal(text('${ANTHROPIC_API_KEY}'), '${ANTHROPIC_API_KEY}');
  fc.assert(
    fc.property(fc.stringMatching(/^[\w-]{1,120}$/), (key) => {
      fc.pre(!isPlaceholder(key));
      // However short it is: at most its last four characters are told.
      const secret = key.replace(/^sk-ant-[a-z]+\d*-/, '');
      const told = (text(key) ?? '').replace(/^sk-ant-[a-z]+\d*-/, '').replace('…', '');
      return told.length <= 4 && (told === '' || secret.length > 20);
    }),
  );
});

test('a placeholder is what other programs fill in', () => {
  for (const text of ['${A}', '${A:-b}', '$A', '%A%', 'x-${A}']) assert.ok(isPlaceholder(text), text);
  for (const text of [KEY, '', 'a$b', '100%']) assert.ok(!isPlaceholder(text), text);
});

const inFile = { whereabouts: 'config-file', storage: 'config-file' } as const;
const key = { kind: 'key', start: '', end: '' } as const;
const placeholder = { kind: 'placeholder', text: '${A}' } as const;

test('who uses what of the file, as facts.md has it', () => {
  const of = (
    accounts: Parameters<typeof whoUsesWhat>[0],
    { storage = 'config-file', ...keys }: Pick<ApiKey, 'own' | 'listed'> & Partial<Pick<ApiKey, 'storage'>>,
  ) =>
    Object.fromEntries(
      whoUsesWhat(accounts, { storage, ...keys }).map(([program, takes]) => [program, takes.what]),
    );
  const none = { own: null, listed: [] };
  assert.deepEqual(of([], none), {
    'ai-provider-kit': 'nothing',
    'mcp-code-api': 'nothing',
    'one-key': 'nothing',
    latchkey: 'nothing',
    'as-key': 'nothing',
  });
  assert.deepEqual(of([inFile], none), {
    'ai-provider-kit': 'login',
    'mcp-code-api': 'nothing',
    'one-key': 'firstToken',
    latchkey: 'login',
    'as-key': 'nothing',
  });
  assert.deepEqual(of([inFile, inFile], { own: key, listed: [] }), {
    'ai-provider-kit': 'loginsOnly',
    'mcp-code-api': 'key',
    'one-key': 'key',
    latchkey: 'oneLogin',
    'as-key': 'key',
  });
  assert.deepEqual(of([inFile], { own: placeholder, listed: [key] }), {
    'ai-provider-kit': 'loginOnly',
    'mcp-code-api': 'placeholder',
    'one-key': 'placeholder',
    latchkey: 'login',
    'as-key': 'nothing',
  });
  assert.deepEqual(of([], { own: null, listed: [key] })['ai-provider-kit'], 'listed');
  const elsewhere = { whereabouts: 'copy', storage: 'config-file' } as const;
  assert.equal(of([elsewhere], { own: key, listed: [] })['ai-provider-kit'], 'key');
});

test('what is in the keychain alone no other program takes', () => {
  const of = (...given: Parameters<typeof whoUsesWhat>) =>
    Object.fromEntries(whoUsesWhat(...given).map(([program, takes]) => [program, takes.what]));
  const kept = { own: key, storage: 'keychain', listed: [] } as const;
  const others = { 'ai-provider-kit': 'nothing', 'mcp-code-api': 'nothing', 'one-key': 'nothing' };
  assert.deepEqual(of([], kept), { ...others, latchkey: 'nothing', 'as-key': 'key' });
  assert.deepEqual(of([inFile], kept), {
    'ai-provider-kit': 'login',
    'mcp-code-api': 'nothing',
    'one-key': 'firstToken',
    latchkey: 'login',
    'as-key': 'key',
  });
  assert.equal(of([], { ...kept, listed: [key] })['mcp-code-api'], 'listed');
  const hidden = { whereabouts: 'config-file', storage: 'keychain' } as const;
  assert.deepEqual(of([hidden], kept), { ...others, latchkey: 'login', 'as-key': 'key' });
});
