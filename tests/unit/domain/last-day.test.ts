import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import { lastDayOf } from '../../../src-main/domain/last-day.ts';
import { anAccount } from '../../support/snapshots.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const renewed = (ago: number): HistoryEvent => ({ at: NOW - ago, kind: 'refreshed' });
const down = (ago: number): HistoryEvent => ({
  at: NOW - ago,
  kind: 'refused',
  failure: { code: 'network-down', host: 'platform.claude.com', reason: 'ENOTFOUND' },
});
const slow = (ago: number): HistoryEvent => ({
  at: NOW - ago,
  kind: 'refused',
  failure: { code: 'service-down', status: 503 },
});

const account = (id: string, ...history: readonly HistoryEvent[]) => anAccount({ id, history });

test('renewals of all accounts are one, and what failed is one by its cause and tells whose, oldest first', () => {
  const home = account('home', renewed(9 * HOUR), slow(3 * HOUR), renewed(HOUR));
  const work = account('work', down(8 * HOUR), renewed(7 * HOUR), down(2 * HOUR));
  assert.deepEqual(lastDayOf([home, work], NOW), [
    { run: [renewed(9 * HOUR), renewed(7 * HOUR), renewed(HOUR)], accounts: [home, work] },
    { run: [down(8 * HOUR), down(2 * HOUR)], accounts: [work] },
    { run: [slow(3 * HOUR)], accounts: [home] },
  ]);
});

test('what is older than a day, or of a clock that was ahead, is not of the last day', () => {
  const woke: HistoryEvent = { at: NOW, kind: 'woke', by: 'resume' };
  const before = account('home', renewed(DAY), renewed(DAY + HOUR), woke);
  assert.deepEqual(lastDayOf([before, account('work', renewed(-HOUR))], NOW), []);
  assert.deepEqual(lastDayOf([], NOW), []);
});
