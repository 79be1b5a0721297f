import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountMeant } from '../../../src-main/domain/account-meant.ts';
import { choiceLines } from '../../../src-main/terminal/account-meant.ts';

const accounts = (...ids: string[]) => ids.map((id) => ({ id }));

test('the account that is named is meant, whether there is one or not', () => {
  assert.equal(accountMeant('work', accounts('default', 'work')), 'work');
  assert.equal(accountMeant('work', []), 'work');
  assert.equal(accountMeant('', accounts('default')), '');
});

test('where none is named it is default, else the only one', () => {
  assert.equal(accountMeant(null, accounts('work', 'default')), 'default');
  assert.equal(accountMeant(null, accounts('work')), 'work');
  assert.equal(accountMeant(null, accounts('')), '');
  assert.equal(accountMeant(null, []), 'default');
});

test('where there is a choice nobody makes it, and every id can be copied', () => {
  const several = accounts('work', '', 'at home');
  assert.equal(accountMeant(null, several), null);
  const lines = choiceLines(several).map((line) => line.trim());
  assert.deepEqual(lines.slice(-3), ['--account=work', '--account=""', "--account='at home'"]);
});
