import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdersOfPeers } from '../../../src-main/agent/peer.ts';
import { readRequest, statusOf } from '../../../src-main/agent/protocol.ts';
import { isTooLong, usualSocketPath } from '../../../src-main/agent/socket-path.ts';
import { FailureError, type Failure, type FailureCode } from '../../../src-main/domain/failure.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import { withHandedOut } from '../../../src-main/login/serving/handed-out.ts';
import { placeOf } from '../../../src-main/terminal/agent-command.ts';
import { unitText } from '../../../src-main/terminal/agent-unit.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { EXIT, exitCodeOf } from '../../../src-main/terminal/exit-code.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { NOW } from '../../support/snapshots.ts';

const LOCAL = { host: 'localhost' };

test('whatever is asked: an answer of the two, or a refusal of the closed list', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('/v1/token', '/v1/status', '?', 'account=', 'lasting=', '&', '1'),
  );
  const url = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  const headers = fc.dictionary(
    fc.constantFrom('host', 'origin', 'sec-fetch-site', 'accept'),
    fc.constantFrom('localhost', 'x'),
  );
  fc.assert(
    fc.property(fc.constantFrom('GET', 'POST', 'get'), url, headers, (method, target, given) => {
      try {
        const asked = readRequest({ method, url: target, headers: given });
        assert.equal(method, 'GET');
        assert.equal(given['host'], 'localhost');
        assert.ok(!('origin' in given) && !('sec-fetch-site' in given));
        assert.match(target, asked.kind === 'token' ? /^\/v1\/token(\?|$)/ : /^\/v1\/status\??$/);
        if (asked.kind === 'token') assert.ok(Number.isSafeInteger(asked.lasting) && asked.lasting >= 0);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        assert.equal(error.code, 'agent-request');
        assert.ok([400, 403, 404, 405, 421].includes(statusOf(error.failure)));
      }
    }),
    { numRuns: 2_000 },
  );
  assert.deepEqual(readRequest({ method: 'GET', url: '/v1/token?account=a%26b&lasting=5', headers: LOCAL }), {
    kind: 'token',
    account: 'a&b',
    lasting: 5_000,
  });
});

test('409 is what the terminal ends with "needs a sign-in" for', () => {
  for (const code of Object.keys(wordsFor('en').failures) as FailureCode[]) {
    // Of a request nothing is to be signed in for; of an account that is none, too, and that has a status of its own.
    if (code === 'agent-request' || code === 'not-signed-in') continue;
    const failure = { code } as Failure;
    assert.equal(statusOf(failure) === 409, exitCodeOf(failure) === EXIT.needsSignIn, code);
  }
  assert.equal(statusOf({ code: 'not-signed-in', id: 'x' }), 404);
  assert.equal(statusOf({ code: 'agent-refused', reason: 'denied' }), 503);
});

test('the usual place: of the user, of the system’s where there is one, and of each data folder that is named', () => {
  const usual = { dataDir: '/home/ada/.config/Latchkey', isUsualDataDir: true, platform: 'linux' } as const;
  assert.equal(usualSocketPath({ ...usual, runtimeDir: '/run/user/7' }), '/run/user/7/latchkey/agent.sock');
  assert.equal(
    usualSocketPath({ ...usual, runtimeDir: null }),
    '/home/ada/.config/Latchkey/agent/agent.sock',
  );
  assert.equal(
    usualSocketPath({ ...usual, isUsualDataDir: false, dataDir: '/p', runtimeDir: '/run/user/7' }),
    '/p/agent/agent.sock',
  );
  assert.ok(!isTooLong('a'.repeat(107), 'linux') && isTooLong('a'.repeat(108), 'linux'));
  assert.ok(isTooLong('ä'.repeat(52), 'darwin'), 'bytes count');
});

test('whose socket the other end is', () => {
  const text = [
    'u_str ESTAB 0      0      /run/a.sock 11 * 12 users:(("node",pid=1,fd=20))',
    'u_str ESTAB 0      0      * 12 * 11 users:(("curl",pid=7,fd=5),("sh",pid=8,fd=5))',
    'u_str ESTAB 0      0      * 22 * 21',
  ].join('\n');
  const holders = holdersOfPeers(text);
  assert.deepEqual(holders.get('11'), { pid: 7, name: 'curl' });
  assert.equal(holders.get('21'), undefined, 'another user’s');
  assert.equal(holders.get('99'), undefined);
});

test('the history has a line for a program and a day', () => {
  let history: readonly HistoryEvent[] = [{ at: NOW - DAY, kind: 'signed-in' }];
  history = withHandedOut(history, NOW, 'curl', 1);
  history = withHandedOut(history, NOW, 'claude', 2);
  history = withHandedOut(history, NOW + HOUR / 60, 'curl', 4);
  history = withHandedOut(history, NOW + DAY, 'curl', 1);
  assert.deepEqual(
    history.map((event) => (event.kind === 'handed-out' ? [event.to, event.times] : event.kind)),
    ['signed-in', ['curl', 5], ['claude', 2], ['curl', 1]],
  );
});

test('a socket that a service manager has opened is taken where it is meant for this process', () => {
  const handed = { LISTEN_PID: '7', LISTEN_FDS: '1' };
  assert.deepEqual(placeOf(null, '/usual', handed, 7), { path: '/usual', fd: 3 });
  assert.deepEqual(placeOf('/typed', '/usual', handed, 8), { path: '/typed', fd: null });
  assert.deepEqual(placeOf(null, '/usual', { LISTEN_PID: '7', LISTEN_FDS: '0' }, 7).fd, null);
  assert.deepEqual(placeOf(null, '/usual', {}, 7).fd, null);
});

test('a program with odd letters in its path stands in the unit as it is', () => {
  const unit = unitText(
    { ...NOTHING_TYPED, printUnit: 'service' },
    { program: ['/a b/n"o\\de', '/100%/$HOME.cjs'] },
  );
  assert.match(
    String(unit),
    /^ExecStart="\/a b\/n\\"o\\\\de" \/100%%\/\$\$HOME\.cjs agent --socket %t\/latchkey\/agent\.sock$/m,
  );
});
