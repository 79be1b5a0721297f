import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userOfConnection } from '../../../src-main/oauth/callback-peer.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, remote: string, state: string, user: number, inode = 12_345) =>
  `   7: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${String(user).padStart(5)}        0 ${inode} 1 0000000000000000 20 4 30 10 -1\n`;

const HERE = '0100007F:223D';
const THERE = '0100007F:D3A2';

test('the user is that of the end that was asked for, not of the other one', () => {
  const table = HEAD + row(HERE, THERE, '01', 1000) + row(THERE, HERE, '01', 1001);
  assert.equal(userOfConnection(table, HERE, THERE), 1000);
  assert.equal(userOfConnection(table, THERE, HERE), 1001);
});

test('a listening socket and other connections of the same port are not it', () => {
  const table =
    HEAD +
    row(HERE, '00000000:0000', '0A', 1000) +
    row('0100007F:D3A3', HERE, '01', 1002) +
    row(THERE, '0100007F:223E', '01', 1003);
  assert.equal(userOfConnection(table, THERE, HERE), null);
  assert.equal(userOfConnection(table + row(THERE, HERE, '01', 1004), THERE, HERE), 1004);
});

test('the same ports of another address are not it', () => {
  const table = HEAD + row('0500007F:D3A2', HERE, '01', 0) + row(THERE, HERE, '01', 1001);
  assert.equal(userOfConnection(table, THERE, HERE), 1001);
});

test('an end that was closed is nobody’s, although the table has 0 for it', () => {
  // FIN_WAIT1, FIN_WAIT2, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING
  for (const state of ['04', '05', '06', '08', '09', '0B']) {
    assert.equal(userOfConnection(HEAD + row(THERE, HERE, state, 0, 0), THERE, HERE), null, state);
  }
});

test('users beyond five digits, and a table without rows', () => {
  assert.equal(userOfConnection(HEAD + row(THERE, HERE, '01', 1_234_567_890), THERE, HERE), 1_234_567_890);
  assert.equal(userOfConnection(HEAD, THERE, HERE), null);
  assert.equal(userOfConnection('', THERE, HERE), null);
});
