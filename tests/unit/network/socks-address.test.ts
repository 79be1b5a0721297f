import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf } from '../../../src-main/network/socks-tunnel.ts';

test('a SOCKS proxy is told names by their length, and addresses by their bytes', () => {
  const told = (host: string) => addressOf(host).toString('hex');
  assert.equal(told('a.test'), `0306${Buffer.from('a.test').toString('hex')}`);
  assert.equal(told('192.0.2.255'), '01c00002ff');
  assert.equal(told('::'), `04${'0'.repeat(32)}`);
  assert.equal(told('::1'), `04${'0'.repeat(31)}1`);
  assert.equal(told('fd00::'), `04fd00${'0'.repeat(28)}`);
  assert.equal(told('2001:db8::8:800:200c:417a'), '0420010db80000000000080800200c417a');
  assert.equal(told('1:2:3:4:5:6:7:8'), '0400010002000300040005000600070008');
});
