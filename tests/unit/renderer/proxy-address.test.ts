import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressProblem, readAddress } from '../../../src-renderer/settings/proxy-address.ts';

test('a password that stands in the address is taken out of it', () => {
  assert.deepEqual(readAddress('ada:secret@proxy.example:3128'), {
    address: 'http://ada@proxy.example:3128',
    user: 'ada',
    password: 'secret',
  });
  assert.equal(readAddress('ftp://proxy.example'), null);
});

test('what more letters may mend is told only to whoever has finished', () => {
  for (const text of ['', 'http:', 'http://', 'socks', 'proxy.example:']) {
    assert.equal(addressProblem(text, false), null, text);
  }
  assert.equal(addressProblem('', true), 'missing');
  assert.equal(addressProblem('http://', true), 'not-an-address');
  assert.equal(addressProblem('proxy.example:3128', true), null);
});

test('what no further letter mends is told at once', () => {
  assert.equal(addressProblem('ftp://p', false), 'unknown-kind');
  assert.equal(addressProblem('http://proxy.example/pac', false), 'has-path');
});
