import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import {
  entryLoss,
  HISTORY_LENGTH,
  loginEnd,
  refusalsInARow,
  sinceSignIn,
  waitsForNetwork,
  withEvent,
  type HistoryEvent,
} from '../../../src-main/domain/history.ts';
import { NOW } from '../../support/snapshots.ts';

const DOWN: RefusalFailure = { code: 'network-down', host: 'h', reason: 'ECONNREFUSED' };
const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const LOST = refused({ code: 'answer-lost', host: 'h' });
const ENDED = refused({ code: 'grant-refused' });
const THROTTLED = refused({ code: 'rate-limited', retryAfterSeconds: null });
const event = (kind: 'signed-in' | 'refreshed' | 'adopted' | 'removed' | 'replaced' | 'put-back') => ({
  at: NOW,
  kind,
});
const woke = (by: 'resume' | 'network' | 'clock-jump'): HistoryEvent => ({ at: NOW, kind: 'woke', by });
const told: HistoryEvent = { at: NOW, kind: 'notified', about: 'needs-sign-in' };

test('the newest events are kept, in order', () => {
  let history: readonly HistoryEvent[] = [];
  for (let at = 0; at < HISTORY_LENGTH + 20; at++) history = withEvent(history, { at, kind: 'refreshed' });
  assert.deepEqual(
    history.map(({ at }) => at),
    Array.from({ length: HISTORY_LENGTH }, (_, index) => index + 20),
  );
});

test('a file with more events than are kept does no harm', () => {
  const history = Array.from({ length: 1_000 }, () => event('refreshed'));
  assert.equal(withEvent(history, woke('resume')).length, HISTORY_LENGTH);
});

test('a machine that wakes a thousand times does not make the end of a login, or that it was told, forgotten', () => {
  const before = Array.from({ length: HISTORY_LENGTH }, () => event('refreshed'));
  const what: readonly (readonly HistoryEvent[])[] = [
    [ENDED, told],
    [LOST, LOST, told],
    [event('removed'), told],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...what),
      fc.array(fc.constantFrom(woke('resume'), woke('clock-jump'), woke('network')), {
        minLength: 400,
        maxLength: 1_000,
      }),
      (decisive, wakes) => {
        const history = [...decisive, ...wakes].reduce<readonly HistoryEvent[]>(withEvent, before);
        assert.equal(history.length, HISTORY_LENGTH);
        assert.equal(history.at(-1), wakes.at(-1));
        assert.equal(loginEnd(history), loginEnd(decisive));
        assert.equal(entryLoss(history), entryLoss(decisive));
        assert.ok(history.includes(told));
      },
    ),
    { numRuns: 20 },
  );
});

test('a neighbour that takes the entry out and puts it back does not make the end of a login, or that it was told, forgotten', () => {
  const kinds = ['removed', 'replaced', 'put-back', 'made-private'] as const;
  const neighbours = fc.constantFrom<HistoryEvent>(
    ...kinds.map((kind): HistoryEvent =>
      kind === 'made-private' ? { at: NOW, kind, mode: '0644' } : { at: NOW, kind },
    ),
    THROTTLED,
  );
  fc.assert(
    fc.property(
      fc.constantFrom([ENDED, told], [LOST, LOST, told]),
      fc.array(neighbours, { minLength: 400, maxLength: 900 }),
      (decisive, noise) => {
        const history = [event('signed-in'), ...decisive, ...noise].reduce<readonly HistoryEvent[]>(
          withEvent,
          [],
        );
        assert.equal(loginEnd(history), loginEnd(decisive));
        assert.equal(entryLoss(history), entryLoss(noise));
        assert.ok(history.includes(told));
        assert.equal(history[0]?.kind, 'signed-in');
      },
    ),
    { numRuns: 20 },
  );
});

test('how often one woke in vain is not forgotten where months of renewals fill a history', () => {
  const months = Array.from({ length: HISTORY_LENGTH }, () => event('refreshed'));
  const night = Array.from({ length: 20 }, () => [refused(DOWN), woke('network')]).flat();
  const history = [...months, ...night].reduce<readonly HistoryEvent[]>(withEvent, []);
  assert.deepEqual(history.slice(-night.length), night);
});

test('refusals count from the last credential that came; an entry put back is the old one', () => {
  for (const kind of ['signed-in', 'refreshed', 'adopted'] as const)
    assert.deepEqual(refusalsInARow([THROTTLED, event(kind), woke('resume'), LOST]), [LOST]);
  const outAndBack = [THROTTLED, event('removed'), event('put-back')];
  assert.deepEqual(refusalsInARow(outAndBack), [THROTTLED]);
});

test('an entry is lost until it is back or another credential came', () => {
  assert.equal(entryLoss([]), null);
  assert.equal(entryLoss([event('removed'), LOST, woke('resume')]), 'removed');
  assert.equal(entryLoss([event('removed'), event('replaced')]), 'replaced');
  for (const kind of ['signed-in', 'refreshed', 'adopted', 'put-back'] as const)
    assert.equal(entryLoss([event('replaced'), event(kind)]), null);
});

test('a login ends by a refused grant, and is uncertain after two lost answers', () => {
  const cases: readonly (readonly [readonly HistoryEvent[], ReturnType<typeof loginEnd>])[] = [
    [[], null],
    [[THROTTLED, THROTTLED, refused(DOWN)], null],
    [[LOST, THROTTLED], null],
    [[LOST, LOST], 'uncertain'],
    [[LOST, refused(DOWN), LOST, THROTTLED], 'uncertain'],
    [[ENDED], 'refused'],
    [[LOST, LOST, ENDED], 'refused'],
    [[ENDED, refused({ code: 'login-locked' })], 'refused'],
    [[ENDED, event('removed'), event('put-back')], 'refused'],
    [[ENDED, event('signed-in')], null],
    [[LOST, event('refreshed'), LOST], null],
  ];
  for (const [history, end] of cases) assert.equal(loginEnd(history), end);
});

test('the network is waited for until it was found back, or something else went wrong', () => {
  const waiting = [event('refreshed'), THROTTLED, refused(DOWN), woke('clock-jump'), woke('resume'), told];
  assert.ok(waitsForNetwork(waiting));
  assert.ok(!waitsForNetwork([...waiting, woke('network')]));
  assert.ok(waitsForNetwork([...waiting, woke('network'), refused(DOWN)]));
  assert.ok(!waitsForNetwork([...waiting, THROTTLED]));
  assert.ok(!waitsForNetwork([...waiting, event('refreshed')]));
});

test('the life of one login begins with its sign-in', () => {
  assert.deepEqual(sinceSignIn([told, event('signed-in'), event('refreshed')]), [event('refreshed')]);
  assert.deepEqual(sinceSignIn([event('adopted')]), [event('adopted')]);
});
