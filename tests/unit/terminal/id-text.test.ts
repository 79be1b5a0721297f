import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { idText } from '../../../src-main/terminal/id-text.ts';

test('an ordinary id stands as it is', () => {
  for (const id of ['default', 'account-2', 'ada@example.org', 'Ärger', '仕事']) assert.equal(idText(id), id);
});

test('one that a person could not see the whole of is quoted', () => {
  assert.equal(idText(''), '""');
  assert.equal(idText('my work'), "'my work'");
  assert.equal(idText("ada's"), String.raw`'ada'\''s'`);
  assert.equal(idText('a\n\u001b[2Jb'), String.raw`$'a\x0a\x1b[2Jb'`);
  assert.equal(idText('a\u202eb'), String.raw`$'a\u202eb'`);
});

test('copied into a shell it is the same id again', { skip: process.platform === 'win32' }, () => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const unit = fc.constantFrom(
    ' ',
    "'",
    '"',
    '\\',
    '$',
    '`',
    '!',
    '\n',
    '\t',
    '\u007f',
    '\u202e',
    'é',
    '🔑',
    'a',
  );
  // No argument can hold NUL.
  const ids = fc
    .oneof(fc.string({ unit }), fc.string({ unit: 'binary' }))
    .map((id) => id.replaceAll('\0', ''));
  fc.assert(
    fc.property(ids, (id) => {
      const shown = execFileSync('bash', ['-c', `printf %s ${idText(id)}`], { env, encoding: 'utf8' });
      assert.equal(shown, id);
      assert.doesNotMatch(idText(id), /\p{Cc}/u);
    }),
  );
});
