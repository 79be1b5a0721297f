import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '../../../src-renderer/controls/path-parts.ts';

/** A path in `<>`, what stays whole in `[]`, each with its marks and particle. */
const told = (text: string) =>
  partsOf(text)
    .map(({ kind, before, text: inside, after }) =>
      kind === 'plain' ? inside : kind === 'path' ? `<${before}|${inside}|${after}>` : `[${inside}|${after}]`,
    )
    .join('');

test('a path takes the marks around it along, outside of its own letters', () => {
  assert.equal(
    told('In ~/a/config.yaml, and (C:\\Users\\ada).'),
    'In <|~/a/config.yaml|,> and <(|C:\\Users\\ada|).>',
  );
  assert.equal(
    told('いません（~/a/config.yaml：空きなし）。'),
    'いません<（|~/a/config.yaml|：>空きなし）。',
  );
});

test('a path and a quotation take the particle after them along', () => {
  assert.equal(
    told('別の Latchkey が ~/a.yaml\u00A0を使用中'),
    '別の Latchkey が <|~/a.yaml|\u00A0を>使用中',
  );
  assert.equal(told('~/a.yaml\u00A0から削除'), '<|~/a.yaml|\u00A0から>削除');
  assert.equal(told('「work」\u2060にもあります'), '[「work」|\u2060にも]あります');
  assert.equal(told('「work」、「account-2」にもあります'), '[「work」|、][「account-2」|にも]あります');
  // No particle: the next word.
  assert.equal(told('「default」以外は'), '[「default」|]以外は');
});

test('commands, options and shown keys stay whole', () => {
  assert.equal(
    told('latchkey token or latchkey exec --as key'),
    '[latchkey token|] or [latchkey exec|] [--as|] key',
  );
  assert.equal(told('install libsecret-1-0, then'), 'install [libsecret-1-0|,] then');
  assert.equal(
    told('mcp-code-api.example.org or up-to-date@b-c-d'),
    'mcp-code-api.example.org or up-to-date@b-c-d',
  );
  assert.equal(told('There is sk-ant-api0…wXyz in it'), 'There is [sk-ant-api0…wXyz|] in it');
});

test('nothing of a text is lost', () => {
  for (const text of [
    '',
    '/',
    'plain',
    '（~/a）',
    '「」',
    'a/b and ~/c/d/: “id-1”, --cached.',
    '~/a\u00A0には「b」も',
  ]) {
    assert.equal(
      partsOf(text)
        .map(({ before, text: inside, after }) => before + inside + after)
        .join(''),
      text,
    );
  }
});
