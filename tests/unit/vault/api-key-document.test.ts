import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { ConfigDocument } from '../../../src-main/vault/config/config-document.ts';
import { credential, failure } from '../../support/vault/sample.ts';

const KEY = `sk-ant-api03-${'Key_-'.repeat(18)}wxyz`;
const document = (text: string) => new ConfigDocument(text, '/c.yaml');
const set = (text: string, key = KEY) => document(text).edited([{ kind: 'set-api-key', key }]).text;
const block = `providers:\n  anthropic:\n    api_key: ${KEY}\n`;

const settings: readonly [name: string, before: string, after: string][] = [
  ['an empty file becomes the block', '', block],
  ['comments and markers stay', '---\n# mine\n...\n', `---\n# mine\n${block}...\n`],
  ['other keys stay', 'server: {port: 1}\n', `server: {port: 1}\n${block}`],
  ['CRLF stays CRLF', 'a: 1\r\n', `a: 1\r\n${block.replaceAll('\n', '\r\n')}`],
  ['an empty value is filled', 'providers:\n  anthropic:\nz: 1\n', `${block}z: 1\n`],
  [
    'a key without a value gets one',
    'providers:\n  anthropic:\n    api_key: # none\n',
    block.replace(KEY, `${KEY} # none`),
  ],
  ['a null value is replaced', 'providers:\n  anthropic:\n    api_key: ~\n', block],
  ['a plain one stays plain', block.replace(KEY, 'sk-ant-api03-old'), block],
  ['double quotes stay', block.replace(KEY, '"old" # mine'), block.replace(KEY, `"${KEY}" # mine`)],
  ['single quotes stay', block.replace(KEY, "'old'   # mine"), block.replace(KEY, `'${KEY}'   # mine`)],
  ['a placeholder goes', block.replace(KEY, '${ANTHROPIC_API_KEY}'), block],
  [
    'a block scalar becomes a line',
    block.replace(KEY, '>- # folded\n      old'),
    block.replace(KEY, `${KEY} # folded`),
  ],
  [
    'it goes after the credentials, at the map’s own indentation',
    'providers:\n    anthropic:\n        oauth_credentials:\n            - id: a\n              access_token: t\n    gemini: {}\n',
    `providers:\n    anthropic:\n        oauth_credentials:\n            - id: a\n              access_token: t\n        api_key: ${KEY}\n    gemini: {}\n`,
  ],
  [
    'a flow map gets it quoted',
    'providers: {anthropic: {type: "x"}}\n',
    `providers: {anthropic: {type: "x", "api_key": "${KEY}"}}\n`,
  ],
  ['JSON stays JSON', '{\n  "a": 1\n}', `{\n  "a": 1, "providers": {"anthropic": {"api_key": "${KEY}"}}\n}`],
];
for (const [name, before, after] of settings) {
  test(`setting the API key: ${name}`, () => {
    assert.equal(set(before), after);
    assert.equal(document(set(before)).keys.own, KEY);
  });
}

test('the same key again changes nothing, and none where there is none', () => {
  assert.equal(set(block), block);
  for (const text of ['', 'a: 1\n', 'providers: {}\n', 'providers:\n  anthropic:\n    api_key:\n']) {
    assert.equal(set(text, ''), text);
  }
});

test('removing it empties that scalar alone: what a person wrote beside it stays, and it comes back byte for byte', () => {
  for (const [before, left] of [
    [block.replace(KEY, `${KEY} # the team's`), block.replace(` ${KEY}`, ` # the team's`)],
    [block, block.replace(` ${KEY}`, '')],
    [block.replace(KEY, `'${KEY}' # mine`), block.replace(KEY, "'' # mine")],
    [block.replace(KEY, `"${KEY}"`), block.replace(KEY, '""')],
    [`{"providers": {"anthropic": {"api_key": "${KEY}"}}}`, '{"providers": {"anthropic": {"api_key": ""}}}'],
  ] as const) {
    assert.equal(set(before, ''), left);
    assert.equal(document(left).keys.own, '');
    assert.equal(set(left), before);
  }
});

test('a list of keys, and what others fill in, are read as they stand', () => {
  const { keys } = document(
    'providers:\n  anthropic:\n    api_key: "${A}"\n    api_keys: [one, "", "${B}"]\n',
  );
  assert.deepEqual(keys, { own: '${A}', listed: ['one', '${B}'] });
  assert.deepEqual(document('providers: {anthropic: {api_key: null, api_keys: x}}').keys, {
    own: '',
    listed: [],
  });
});

test('what another place of the file shows as well, or is no text, is refused', () => {
  const refused = (text: string, expected: string) =>
    assert.throws(() => set(text), failure({ code: 'config-shape', expected }), text);
  refused('k: &k old\nproviders: {anthropic: {api_key: *k}}\n', 'not-shared');
  refused('providers: {anthropic: {api_key: &k old}, other: *k}\n', 'not-shared');
  refused('d: &d {api_key: old}\nproviders:\n  anthropic:\n    <<: *d\n    type: x\n', 'not-shared');
  refused('providers: {anthropic: {api_key: [a]}}\n', 'text');
  refused('providers: {anthropic: {api_key: !secret a}}\n', 'untagged');
  refused('providers: {anthropic: [a]}\n', 'map');
});

test('beside an entry in one edit', () => {
  const { text } = document('# mine\n').edited([
    { kind: 'add', credential },
    { kind: 'set-api-key', key: KEY },
  ]);
  const { keys, entries } = document(text);
  assert.equal(keys.own, KEY);
  assert.deepEqual(
    entries.map((each) => each.credential),
    [credential],
  );
});

test('whatever a file holds, nothing but the key changes', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.oneof(
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    fc.dictionary(fc.string(), leaf, { maxKeys: 3, noNullPrototype: true }),
  );
  const anthropic = fc.dictionary(
    fc.string().filter((key) => !['api_key', 'oauth_credentials', 'oauth', '<<', '__proto__'].includes(key)),
    value,
    { maxKeys: 4, noNullPrototype: true },
  );
  const own = fc.option(fc.string(), { nil: undefined });
  fc.assert(
    fc.property(anthropic, own, fc.boolean(), fc.boolean(), (others, key, flow, remove) => {
      const map: Record<string, unknown> & { api_key?: unknown } = {
        ...others,
        ...(key === undefined ? {} : { api_key: key }),
      };
      const whole = { before: 1, providers: { openai: { api_key: 'theirs' }, anthropic: map }, after: [2] };
      const text = stringify(whole, flow ? { collectionStyle: 'flow' } : {});
      const wanted = remove ? '' : KEY;
      const edited = parse(set(text, wanted)) as typeof whole;
      // Nothing says as little as an empty text.
      const { anthropic: after } = edited.providers;
      if (after.api_key === null) after.api_key = '';
      const keyAfter = { api_key: wanted };
      const same = remove && (key === undefined || document(text).keys.own === '');
      assert.deepEqual(
        edited,
        same
          ? parse(text)
          : { ...whole, providers: { ...whole.providers, anthropic: { ...map, ...keyAfter } } },
      );
    }),
    { numRuns: 300 },
  );
});
