import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withEvent, type HistoryEvent, type NotificationTopic } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, type Instant } from '../../../src-main/domain/instant.ts';
import {
  dueNotification,
  nextNotificationAt,
  type NotificationFacts,
} from '../../../src-main/domain/notifications.ts';
import { NOW } from '../../support/snapshots.ts';

const LOGIN_END = NOW + 28 * DAY;
const facts = (
  accessExpiresAt: Instant | null,
  loginExpiresAt: Instant | null = LOGIN_END,
): NotificationFacts => ({
  accessExpiresAt,
  loginExpiresAt,
  refreshable: true,
});
const FINE = facts(LOGIN_END + HOUR);
const event = (kind: 'signed-in' | 'refreshed' | 'adopted' | 'removed' | 'replaced' | 'put-back') => ({
  at: NOW,
  kind,
});
const ENDED: HistoryEvent = { at: NOW, kind: 'refused', failure: { code: 'grant-refused' } };
const LOST: HistoryEvent = { at: NOW, kind: 'refused', failure: { code: 'answer-lost', host: 'h' } };
const OUTAGE: HistoryEvent = { at: NOW, kind: 'refused', failure: { code: 'service-down', status: 503 } };

/** Looks at these instants, tells what is due, and remembers that: what was told. */
function look(
  instants: readonly Instant[],
  given: NotificationFacts,
  start: readonly HistoryEvent[] = [],
): { readonly topics: readonly NotificationTopic[]; readonly history: readonly HistoryEvent[] } {
  const topics: NotificationTopic[] = [];
  let history = start;
  for (const at of instants) {
    const about = dueNotification(given, history, at);
    if (about === null) continue;
    topics.push(about);
    history = withEvent(history, { at, kind: 'notified', about });
  }
  return { topics, history };
}

const often = (at: Instant) => Array<Instant>(5).fill(at);

test('the end of a login is told three days and one day before, and when it is there, once each', () => {
  const instants = [NOW, LOGIN_END - 3 * DAY - 1, LOGIN_END - 3 * DAY, LOGIN_END - DAY, LOGIN_END];
  const { topics } = look(instants.flatMap(often), facts(LOGIN_END), [OUTAGE]);
  assert.deepEqual(topics, ['login-ends-in-3-days', 'login-ends-in-1-day', 'needs-sign-in']);
  assert.deepEqual(look(often(LOGIN_END - 3 * DAY - 1), FINE).topics, []);
  assert.deepEqual(look(often(LOGIN_END - HOUR), FINE).topics, ['login-ends-in-1-day']);
});

test('a login that is over is told when its last token is, too, and renewing that has failed', () => {
  assert.deepEqual(look([LOGIN_END, LOGIN_END + HOUR - 1], FINE, [OUTAGE]).topics, []);
  assert.deepEqual(look([LOGIN_END + HOUR], FINE, [OUTAGE]).topics, ['needs-sign-in']);
  const offline: HistoryEvent = {
    at: NOW,
    kind: 'refused',
    failure: { code: 'network-down', host: 'h', reason: 'ENOTFOUND' },
  };
  assert.deepEqual(look([LOGIN_END + HOUR], FINE, [offline]).topics, [], 'nobody was asked');
  // What is tried now tells whether it is: a clock may be wrong.
  assert.deepEqual(look([LOGIN_END + HOUR], FINE, [OUTAGE, event('refreshed')]).topics, []);
  assert.deepEqual(look([LOGIN_END + HOUR], { ...FINE, refreshable: false }).topics, ['needs-sign-in']);
});

test('a new sign-in is a new episode, a refresh is none for the login clock', () => {
  const { history } = look([LOGIN_END - DAY], FINE);
  assert.deepEqual(look([LOGIN_END - DAY], FINE, [...history, event('refreshed')]).topics, []);
  assert.deepEqual(look([LOGIN_END - DAY], FINE, [...history, event('signed-in')]).topics, [
    'login-ends-in-1-day',
  ]);
});

test('a refused grant and two lost answers ask for a person, once until another credential comes', () => {
  for (const end of [[ENDED], [LOST, LOST]]) {
    const { topics, history } = look(often(NOW), FINE, end);
    assert.deepEqual(topics, ['needs-sign-in']);
    assert.deepEqual(look(often(NOW), FINE, [...history, event('removed'), event('put-back')]).topics, []);
    assert.deepEqual(look(often(NOW), FINE, [...history, event('signed-in')]).topics, []);
    const again = [...history, event('signed-in'), ...end];
    assert.deepEqual(look(often(NOW), FINE, again).topics, ['needs-sign-in']);
  }
});

test('a lost entry is told once for each time that it was in its place', () => {
  const first = look(often(NOW), FINE, [event('signed-in'), event('removed')]);
  assert.deepEqual(first.topics, ['entry-lost']);
  assert.deepEqual(look(often(NOW), FINE, [...first.history, event('replaced')]).topics, []);
  const back = [...first.history, event('put-back')];
  assert.deepEqual(look(often(NOW), FINE, back).topics, []);
  assert.deepEqual(look(often(NOW), FINE, [...back, event('removed')]).topics, ['entry-lost']);
});

test('nothing is told of an account that is fine, or that an outage keeps from refreshing', () => {
  const histories = [[], [event('signed-in')], [event('adopted'), OUTAGE, OUTAGE], [LOST]];
  for (const history of histories) {
    assert.deepEqual(look([NOW, NOW + 20 * DAY], FINE, history).topics, []);
    assert.deepEqual(look([NOW, NOW + 20 * DAY], facts(NOW - HOUR), history).topics, []);
    // The service did not tell when the login ends.
    assert.deepEqual(look([NOW, NOW + 100 * DAY], facts(NOW - HOUR, null), history).topics, []);
  }
});

const anyInstant = fc.integer({ min: NOW - 50 * DAY, max: NOW + 50 * DAY });
const anyFacts = fc.record({
  accessExpiresAt: fc.option(anyInstant),
  loginExpiresAt: fc.option(anyInstant),
  refreshable: fc.boolean(),
});
const anyEvents = fc.array(
  fc.constantFrom<HistoryEvent>(
    OUTAGE,
    LOST,
    ENDED,
    event('removed'),
    event('replaced'),
    { at: NOW, kind: 'woke', by: 'resume' },
    { at: NOW, kind: 'woke', by: 'clock-jump' },
  ),
  { maxLength: 8 },
);

test('never a storm: each topic once an episode, however often one looks and wherever the clock jumps', () => {
  fc.assert(
    fc.property(anyFacts, anyEvents, fc.array(anyInstant, { maxLength: 60 }), (given, history, instants) => {
      const { topics } = look(instants, given, history);
      assert.equal(new Set(topics).size, topics.length);
    }),
  );
});

test('time alone makes nothing due before the instant that is told', () => {
  fc.assert(
    fc.property(anyFacts, anyInstant, fc.double({ min: 0, max: 1, noNaN: true }), (given, now, part) => {
      // What is due already has been told.
      const { history } = look([now], given, [event('signed-in')]);
      const next = nextNotificationAt(given, now) ?? now + 1_000 * DAY;
      assert.ok(next > now);
      assert.equal(dueNotification(given, history, now + Math.floor((next - 1 - now) * part)), null);
    }),
    { numRuns: 1_000 },
  );
});

test('a token that nobody can renew asks for a person when it ends, but not one that never was ours', () => {
  const given = { ...facts(NOW, null), refreshable: false };
  assert.equal(nextNotificationAt(given, NOW - 1), NOW);
  assert.deepEqual(look(often(NOW), given, [event('signed-in')]).topics, ['needs-sign-in']);
  assert.deepEqual(look(often(NOW), given).topics, []);
});
