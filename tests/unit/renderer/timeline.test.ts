import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { timelineOf } from '../../../src-renderer/account/history/timeline.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');

/** Of an account whose login has no known end, so that the days have the whole width. */
const timeline = (
  words: typeof ENGLISH,
  history: readonly HistoryEvent[],
  now: number,
  changes: Partial<Account> = {},
) => timelineOf(words, anAccount({ loginExpiresAt: null, history, ...changes }), now);

const MIDNIGHT = NOW - 9 * HOUR;

const refused = (at: number): HistoryEvent => ({
  at,
  kind: 'refused',
  failure: { code: 'grant-refused' },
});
const outage = (at: number): HistoryEvent => ({
  at,
  kind: 'refused',
  failure: { code: 'service-down', status: 503 },
});

test('a login of today is drawn over today, in quarters', () => {
  const shown = timeline(ENGLISH, [{ at: MIDNIGHT + 6 * HOUR, kind: 'signed-in' }], NOW);
  assert.deepEqual(
    shown.columns.map(({ label, from, isPresent }) => [label, from, isPresent]),
    [
      ['00:00', 0, false],
      ['06:00', 0.25, true],
      ['12:00', 0.5, false],
      ['18:00', 0.75, false],
    ],
  );
  assert.deepEqual(shown.stretches, [{ from: 0.25, to: 9 / 24, tone: 'good' }]);
  assert.equal(shown.now, 9 / 24);
  assert.deepEqual(
    shown.marks.map(({ x, title }) => [x, title]),
    [[0.25, 'Signed in, 06:00']],
  );
});

test('an older login is drawn from its first day on, over seven days at most', () => {
  const columns = (ago: number) => timeline(ENGLISH, [{ at: NOW - ago, kind: 'signed-in' }], NOW).columns;
  const labels = (ago: number) => columns(ago).map(({ label }) => label);
  const narrow = (ago: number) => columns(ago).map(({ narrowLabel }) => narrowLabel);
  assert.deepEqual(
    [labels(DAY), narrow(DAY)],
    [
      ['Sun', 'Mon'],
      ['Sun', 'Mon'],
    ],
  );
  assert.deepEqual(labels(5 * DAY), ['Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Mon']);
  assert.deepEqual(narrow(5 * DAY), ['W', 'T', 'F', 'S', 'S', 'M']);
  assert.equal(labels(6 * DAY).length, 7);
  assert.equal(labels(50 * DAY).length, 7);
});

test('what was before the days shown still tells how they began', () => {
  const history: HistoryEvent[] = [{ at: NOW - 20 * DAY, kind: 'signed-in' }];
  const { stretches, marks } = timeline(ENGLISH, history, NOW);
  assert.deepEqual(
    stretches.map(({ from, tone }) => [from, tone]),
    [[0, 'good']],
  );
  assert.deepEqual(marks, []);
});

test('the band changes where the login does, and not where only the computer woke up', () => {
  const at = (hour: number) => MIDNIGHT + hour * HOUR;
  const { stretches } = timeline(
    ENGLISH,
    [
      { at: at(0), kind: 'signed-in' },
      { at: at(1), kind: 'refreshed' },
      { at: at(2), kind: 'woke', by: 'resume' },
      outage(at(3)),
      { at: at(4), kind: 'adopted' },
      { at: at(5), kind: 'removed' },
      { at: at(6), kind: 'put-back' },
      refused(at(8)),
    ],
    NOW,
  );
  assert.deepEqual(
    stretches.map(({ from, to, tone }) => [Math.round(from * 24), Math.round(to * 24), tone]),
    [
      [0, 3, 'good'],
      [3, 4, 'warning'],
      [4, 5, 'good'],
      [5, 6, 'warning'],
      [6, 8, 'good'],
      [8, 9, 'warning'],
    ],
  );
});

test('of marks in one place the one that ended the login is kept', () => {
  const { marks } = timeline(
    ENGLISH,
    [
      { at: NOW - 3 * MINUTE, kind: 'signed-in' },
      refused(NOW - 2 * MINUTE),
      { at: NOW - MINUTE, kind: 'woke', by: 'resume' },
    ],
    NOW,
  );
  assert.deepEqual(
    marks.map(({ event }) => event.kind),
    ['refused'],
  );
});

test('of marks in one place the one that says how it stands now is kept before any', () => {
  const { marks } = timeline(
    ENGLISH,
    [
      { at: NOW - 3 * MINUTE, kind: 'removed' },
      { at: NOW - 2 * MINUTE, kind: 'put-back' },
      { at: NOW - MINUTE, kind: 'woke', by: 'resume' },
    ],
    NOW,
  );
  assert.deepEqual(
    marks.map(({ event }) => event.kind),
    ['put-back'],
  );
});

test('the band ends where the token did, and is amber from there where that wants a look', () => {
  const history: HistoryEvent[] = [{ at: MIDNIGHT, kind: 'signed-in' }];
  const ended = { accessIssuedAt: MIDNIGHT, accessExpiresAt: MIDNIGHT + 6 * HOUR };
  const band = (changes: Partial<Account>) =>
    timeline(ENGLISH, history, NOW, { ...ended, ...changes }).stretches.map(({ from, to, tone }) => [
      from * 24,
      to * 24,
      tone,
    ]);
  const failed = { code: 'network-down', host: 'h', reason: 'ENOTFOUND' } as const;
  const tried: HistoryEvent[] = [...history, { at: MIDNIGHT + 7 * HOUR, kind: 'refused', failure: failed }];
  assert.deepEqual(band({ history: tried }).at(-1), [7, 9, 'warning']);
  assert.deepEqual(band({ refreshable: false }).at(-1), [6, 9, 'warning']);
  // Renewed at once after a night's sleep: nobody's business.
  assert.deepEqual(band({}), [[0, 6, 'good']]);
  assert.deepEqual(band({ refreshing: true }), [[0, 6, 'good']]);
});

test('each token has its tick, and the next one its place', () => {
  const history: HistoryEvent[] = [
    { at: MIDNIGHT, kind: 'signed-in' },
    { at: MIDNIGHT + 3 * HOUR, kind: 'refreshed' },
    { at: MIDNIGHT + 6 * HOUR, kind: 'woke', by: 'resume' },
  ];
  const shown = timeline(ENGLISH, history, NOW, { accessExpiresAt: NOW + 3 * HOUR + 20 * MINUTE });
  assert.deepEqual(shown.ticks, [0, 3 / 24]);
  assert.equal(shown.next, 12 / 24);
  assert.equal(shown.end, null);
  const failing = timeline(ENGLISH, [...history, outage(NOW)], NOW);
  assert.equal(failing.next, null, 'a try is no promise');
});

test('the login’s end is at the right edge, as long as it is promised', () => {
  const end = (changes: Partial<Account>) =>
    timeline(ENGLISH, [{ at: MIDNIGHT, kind: 'signed-in' }], NOW, {
      loginExpiresAt: NOW + 28 * DAY,
      ...changes,
    }).end;
  assert.deepEqual(end({}), { label: '21 Dec', isNear: false });
  assert.deepEqual(end({ loginExpiresAt: NOW + 2 * DAY }), { label: '25 Nov', isNear: true });
  assert.equal(end({ loginExpiresAt: NOW - 1 }), null);
  assert.equal(end({ whereabouts: 'nowhere' }), null);
  assert.equal(end({ history: [refused(NOW)] }), null);
});

const anyHistory = fc.array(
  fc
    .tuple(
      fc.integer({ min: -40 * DAY, max: DAY }),
      fc.constantFrom<(at: number) => HistoryEvent>(
        (at) => ({ at, kind: 'signed-in' }),
        (at) => ({ at, kind: 'refreshed' }),
        (at) => ({ at, kind: 'removed' }),
        (at) => ({ at, kind: 'woke', by: 'network' }),
        outage,
        refused,
      ),
    )
    .map(([offset, event]) => event(NOW + offset)),
  { maxLength: 300 },
);

test('whatever the history, also one of a clock that was set back: all in the picture, no two marks overlap', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      const { marks, stretches, columns, now } = timeline(ENGLISH, history, NOW);
      marks.forEach(({ x }, index) => {
        assert.ok(x >= 0 && x <= now);
        assert.ok(index === 0 || x - (marks[index - 1]?.x ?? 0) >= 0.06 - 1e-9);
      });
      for (const { from, to } of stretches) assert.ok(from >= 0 && from < to && to <= now);
      assert.deepEqual([columns[0]?.from, columns.at(-1)?.to], [0, 1]);
      assert.equal(columns.filter(({ isPresent }) => isPresent).length, 1);
    }),
  );
});
