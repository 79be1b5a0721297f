import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { doubleQuoted, scalarText } from '../../../src-main/vault/config/yaml-text.ts';

test('any text reads back as the same string in YAML 1.1 and 1.2', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[0-9a-fxoeE_+.:-]{0,12}$/),
    fc.constantFrom(
      'yes',
      'No',
      'y',
      'null',
      '~',
      '<<',
      '=',
      '1:30',
      '0x1f',
      '1e3',
      '.inf',
      '2025-11-18',
      'a: b',
      'a #b',
      'a:',
      '\u2028',
      '\u0085',
      '\uFEFF',
      '${VAR}',
    ),
  );
  fc.assert(
    fc.property(text, (value) => {
      for (const version of ['1.1', '1.2'] as const) {
        assert.deepEqual(parse(`k: ${scalarText(value)}\n`, { version }), { k: value });
        assert.deepEqual(parse(`[${doubleQuoted(value)}]`, { version }), [value]);
      }
      assert.match(doubleQuoted(value), /^[ -~]*$/);
    }),
    { numRuns: 500 },
  );
});

test('tokens, ids and scopes stay plain', () => {
  for (const value of [
    'sk-ant-oat01-Ab_c-9',
    '9d1c250a-e61b-44d9-88ed-5944d1962f5e',
    'org:create_api_key',
    'default',
  ]) {
    assert.equal(scalarText(value), value);
  }
});
