import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import { runsOf } from '../../../src-main/domain/event-runs.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { describeEvent, describeRun } from '../../../src-main/words/history-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');

const noConnection: RefusalFailure = { code: 'network-down', host: 'example.org', reason: 'ENOTFOUND' };

const refreshed = (ago: number): HistoryEvent => ({ at: NOW - ago, kind: 'refreshed' });
const woke = (ago: number, by: 'resume' | 'network' | 'clock-jump' = 'resume'): HistoryEvent => ({
  at: NOW - ago,
  kind: 'woke',
  by,
});
const refused = (ago: number, failure: RefusalFailure = noConnection): HistoryEvent => ({
  at: NOW - ago,
  kind: 'refused',
  failure,
});

/** A history as a person reads it, the oldest first. */
const told = (history: readonly HistoryEvent[]) =>
  runsOf(history).map((run) => {
    const { title, when } = describeRun(ENGLISH, run, NOW);
    return `${when} ${title}`;
  });

test('what happened again and again is one line, from when till when', () => {
  assert.deepEqual(told([refreshed(3 * HOUR), refreshed(2 * HOUR), refreshed(HOUR)]), [
    '06:00–08:00 Renewed 3 times',
  ]);
  assert.deepEqual(told([refused(2 * MINUTE), refused(MINUTE), refreshed(0)]), [
    '08:58–08:59 Not renewed 2 times: no connection to Claude',
    '09:00 Renewed',
  ]);
});

test('refusals of different causes are different things', () => {
  assert.deepEqual(told([refused(2 * HOUR), refused(HOUR, { code: 'grant-refused' })]), [
    '07:00 Not renewed: no connection to Claude',
    '08:00 Not renewed: your sign-in has ended',
  ]);
});

test('waking up between two of the same ends no run, and is told everywhere else', () => {
  assert.deepEqual(told([refreshed(8 * HOUR), woke(2 * HOUR), woke(2 * HOUR), refreshed(HOUR)]), [
    '01:00–08:00 Renewed 2 times',
  ]);
  assert.deepEqual(told([refreshed(3 * HOUR), woke(2 * HOUR), refused(HOUR), woke(0, 'network')]), [
    '06:00 Renewed',
    '07:00 The computer woke up',
    '08:00 Not renewed: no connection to Claude',
    '09:00 The network came back',
  ]);
});

test('of several causes of one waking the most telling is named', () => {
  assert.deepEqual(told([woke(1), woke(1, 'clock-jump'), woke(1, 'network')]), [
    '08:59 The computer woke up',
  ]);
  assert.deepEqual(told([woke(1, 'clock-jump')]), ['08:59 The clock jumped']);
});

test('what happened lately is not to be looked for in a week', () => {
  const lines = runsOf(
    [refreshed(40 * HOUR), refreshed(30 * HOUR), woke(25 * HOUR), refreshed(16 * HOUR), refreshed(9 * HOUR)],
    NOW - DAY,
  ).map((run) => {
    const { title, when } = describeRun(ENGLISH, run, NOW);
    return `${when} ${title}`;
  });
  assert.deepEqual(lines, [
    '21 Nov 17:00 – yesterday 03:00 Renewed 2 times',
    'yesterday 08:00 The computer woke up',
    'yesterday 17:00 – today 00:00 Renewed 2 times',
  ]);
});

test('runs hold every event but wakings, once and in order', () => {
  const event = fc.oneof(
    fc.constantFrom<HistoryEvent>(refreshed(0), refreshed(HOUR), woke(0), refused(0), {
      at: NOW,
      kind: 'removed',
    }),
    fc.constant<HistoryEvent>({ at: NOW, kind: 'notified', about: 'needs-sign-in' }),
  );
  fc.assert(
    fc.property(fc.array(event), fc.constantFrom(undefined, NOW), (history, lately) => {
      const kinds = (events: readonly HistoryEvent[]) =>
        events.map(({ kind }) => kind).filter((kind) => kind !== 'woke');
      assert.deepEqual(kinds(runsOf(history, lately).flat()), kinds(history));
    }),
  );
});

test('an instant is told by its time today and yesterday, by its day before', () => {
  const when = (ago: number) => describeEvent(ENGLISH, refreshed(ago), NOW).when;
  assert.equal(when(0), '09:00');
  assert.equal(when(9 * HOUR), '00:00');
  assert.equal(when(9 * HOUR + 1), 'yesterday 23:59');
  assert.equal(when(2 * DAY), '21 Nov 09:00');
  assert.equal(when(365 * DAY), '23 Nov 2025 09:00');
});

test('a run over days names both, so that no time is taken for another day', () => {
  const span = (from: number, till: number) =>
    describeRun(ENGLISH, [refreshed(from), refreshed(till)], NOW).when;
  assert.equal(span(2 * DAY, HOUR), '21 Nov 09:00 – today 08:00');
  assert.equal(span(3 * DAY, DAY), '20 Nov 09:00 – yesterday 09:00');
  assert.equal(span(2 * DAY, 2 * DAY - HOUR), '21 Nov 09:00–10:00');
  assert.equal(span(2, 1), '08:59');
});

test('a refusal tells why, without the advice that is old by the time it is read', () => {
  const { detail, tone } = describeEvent(ENGLISH, refused(0, { code: 'grant-refused' }), NOW);
  assert.match(detail ?? '', /revoked, or another program used up what renews it\.$/);
  assert.equal(tone, 'warning');
  assert.equal(
    describeEvent(ENGLISH, refused(0), NOW).detail,
    'Claude could not be reached from this computer.',
  );
  assert.equal(describeEvent(ENGLISH, refused(0), NOW).tone, 'warning');
});

test('what another program did is told as such', () => {
  const title = (kind: 'adopted' | 'removed' | 'replaced') =>
    describeEvent(ENGLISH, { at: NOW, kind }, NOW).title;
  assert.equal(title('adopted'), 'Taken over from another program');
  assert.equal(title('removed'), 'Taken out of the config file by another program');
  assert.equal(title('replaced'), 'Replaced in the config file by another program');
});
