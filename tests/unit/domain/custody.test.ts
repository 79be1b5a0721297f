import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  custodyOf,
  type Custody,
  type Kept,
  type Places,
  type Remembered,
} from '../../../src-main/domain/custody.ts';
import { isSpent, type Trace } from '../../../src-main/domain/entry-change.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { NOW } from '../../support/snapshots.ts';

const trace = (name: string, changes: Partial<Trace> = {}): Trace => ({
  digest: name,
  access: `${name} access`,
  token: `${name} token`,
  accessExpiresAt: NOW + 8 * HOUR,
  refreshable: true,
  isClientUntold: false,
  ...changes,
});
const OLD = trace('old', { accessExpiresAt: NOW + HOUR });
const OURS = trace('ours');
const THEIRS = trace('theirs');
const LATER = trace('later', { accessExpiresAt: NOW + 9 * HOUR });
const FOREIGN = trace('foreign', { refreshable: false });
const kept = (kind: Kept['kind'], of: Trace = OURS, replaces: readonly string[] = ['old token']): Kept => ({
  ...of,
  kind,
  replaces,
});

/** Nothing of the past is known but that `old` was before `ours`. */
const memory = (known: Trace | null, changes: Partial<Remembered> = {}): Remembered => ({
  known: known === null ? null : { ...known, past: known === OURS ? ['old'] : [] },
  accessIssuedAt: NOW,
  beside: [],
  spent: new Map(),
  isOver: false,
  ...changes,
});
const SPENT_OLD = new Map([['old token', 'ours token']]);

const NOWHERE: Places = { entries: [], kept: null, copy: null };

type Told = Pick<Custody, 'change' | 'present' | 'isKeptDue' | 'putBack'>;
const told = ({ change, present, isKeptDue, putBack }: Custody): Told => ({
  change,
  present,
  isKeptDue,
  putBack,
});

const CASES: readonly (readonly [what: string, Places, Remembered, Told])[] = [
  [
    'in its place',
    { ...NOWHERE, entries: [OURS], copy: OURS },
    memory(OURS),
    { change: 'same', present: 'entry', isKeptDue: false, putBack: 'copy' },
  ],
  [
    'removed, a copy is left',
    { ...NOWHERE, copy: OURS },
    memory(OURS),
    { change: 'removed', present: 'copy', isKeptDue: false, putBack: 'copy' },
  ],
  [
    'removed, and no copy',
    NOWHERE,
    memory(OURS),
    { change: 'removed', present: 'none', isKeptDue: false, putBack: null },
  ],
  [
    'removed, and only a spent copy',
    { ...NOWHERE, copy: OLD },
    memory(OURS, { spent: SPENT_OLD }),
    { change: 'removed', present: 'none', isKeptDue: false, putBack: null },
  ],
  [
    'nobody can read the file',
    { ...NOWHERE, entries: null, copy: OURS },
    memory(OURS),
    { change: 'same', present: 'copy', isKeptDue: false, putBack: 'copy' },
  ],
  [
    'renewed while the file could not be written, which still holds the one before',
    { entries: [OLD], kept: kept('renewed'), copy: OURS },
    memory(OURS, { spent: SPENT_OLD }),
    { change: 'same', present: 'kept', isKeptDue: true, putBack: 'kept' },
  ],
  [
    'the same, a crash having come before anything was remembered',
    { entries: [OLD], kept: kept('renewed'), copy: null },
    memory(OLD),
    { change: 'same', present: 'kept', isKeptDue: true, putBack: 'kept' },
  ],
  [
    'renewed, and the file cannot be read',
    { entries: null, kept: kept('renewed'), copy: null },
    memory(OLD),
    { change: 'same', present: 'kept', isKeptDue: true, putBack: 'kept' },
  ],
  [
    'renewed, and the entry removed meanwhile: it stays removed',
    { ...NOWHERE, kept: kept('renewed') },
    memory(OURS),
    { change: 'removed', present: 'kept', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'signed in while the file could not be written, which has no such entry',
    { ...NOWHERE, kept: kept('signed-in', OURS, []) },
    memory(OURS),
    { change: 'same', present: 'kept', isKeptDue: true, putBack: 'kept' },
  ],
  [
    'signed in, and another login of that id is in the file by now: left alone',
    { entries: [THEIRS], kept: kept('signed-in', OURS, []), copy: null },
    memory(OURS),
    { change: 'replaced', present: 'entry', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'signed in, and a later login of that id is in the file by now: left alone as well',
    { entries: [LATER], kept: kept('signed-in', OURS, []), copy: null },
    memory(OURS),
    { change: 'replaced', present: 'entry', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'renewed while another program put another login there, be it the later one',
    { entries: [LATER], kept: kept('renewed'), copy: OURS },
    memory(OURS),
    { change: 'replaced', present: 'entry', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'renewed and refused in the end, and another program put another login there: what has ended gives way',
    { entries: [LATER], kept: kept('renewed'), copy: OURS },
    memory(OURS, { isOver: true }),
    { change: 'adopt', present: 'entry', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'ended, and signed in again, which a crash kept from being remembered: that one has not ended',
    { entries: [LATER], kept: kept('signed-in', THEIRS, []), copy: OURS },
    memory(OURS, { isOver: true }),
    { change: 'replaced', present: 'entry', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'taken out, and filled by another program: a copy hinders nothing, wherever it lies',
    { entries: [LATER], kept: kept('copy'), copy: OURS },
    memory(OURS),
    { change: 'adopt', present: 'entry', isKeptDue: false, putBack: 'kept' },
  ],
  [
    'kept, and in the file by now',
    { entries: [OURS], kept: kept('renewed'), copy: OURS },
    memory(OURS),
    { change: 'same', present: 'entry', isKeptDue: false, putBack: 'copy' },
  ],
  [
    'kept, but renewed since',
    { entries: [LATER], kept: kept('renewed'), copy: null },
    memory(LATER, { spent: new Map([['ours token', 'later token']]) }),
    { change: 'same', present: 'entry', isKeptDue: false, putBack: null },
  ],
  [
    'a twin that was renewed under its other id',
    { ...NOWHERE, entries: [OLD], copy: OLD },
    memory(OLD, { spent: SPENT_OLD }),
    { change: 'replaced', present: 'entry', isKeptDue: false, putBack: null },
  ],
  [
    'another client’s',
    { ...NOWHERE, entries: [FOREIGN], copy: OURS },
    memory(OURS),
    { change: 'replaced', present: 'entry', isKeptDue: false, putBack: 'copy' },
  ],
];

for (const [what, places, remembered, expected] of CASES) {
  test(`custody of a credential: ${what}`, () =>
    assert.deepEqual(told(custodyOf(places, remembered)), expected));
}

test('of several entries with one id the known one counts, else the first that can be renewed', () => {
  const chosen = (entries: readonly Trace[], remembered: Remembered) => {
    const { entry, beside } = custodyOf({ ...NOWHERE, entries }, remembered);
    return [entry, beside.length > 0];
  };
  assert.deepEqual(chosen([THEIRS, OURS], memory(OURS)), [1, true]);
  assert.deepEqual(chosen([FOREIGN, THEIRS], memory(null)), [1, true]);
  assert.deepEqual(chosen([OLD, THEIRS], memory(null, { spent: SPENT_OLD })), [1, true]);
  assert.deepEqual(chosen([FOREIGN, FOREIGN], memory(null)), [0, false]);
  const sameLogin = trace('renewed access', { token: OURS.token });
  assert.deepEqual(chosen([OURS, sameLogin], memory(OURS)), [0, false]);
});

test('of several entries with one id another is no successor of the known one that is gone', () => {
  const remembered = memory(OURS, { beside: [THEIRS.digest] });
  const { entry, change, present, putBack, beside } = custodyOf(
    { entries: [THEIRS], kept: null, copy: OURS },
    remembered,
  );
  assert.deepEqual([entry, change, present, putBack], [null, 'removed', 'copy', 'copy']);
  assert.deepEqual(beside, [THEIRS.digest]);
  // What was not there before may well be one.
  assert.equal(custodyOf({ ...NOWHERE, entries: [THEIRS, LATER] }, remembered).change, 'adopt');
});

test('of several entries with one id what stood beside a known one that has ended goes on in its place', () => {
  const remembered = memory(OURS, { beside: [FOREIGN.digest, THEIRS.digest], isOver: true });
  const of = (entries: readonly Trace[], changes: Partial<Remembered> = {}) => {
    const { entry, change } = custodyOf({ ...NOWHERE, entries }, { ...remembered, ...changes });
    return [entry, change];
  };
  assert.deepEqual(of([FOREIGN, THEIRS]), [1, 'adopt']);
  // While it stands there, whoever reads the file goes by it.
  assert.deepEqual(of([THEIRS, OURS]), [1, 'same']);
  assert.deepEqual(of([FOREIGN]), [null, 'removed']);
  assert.deepEqual(of([THEIRS], { spent: new Map([['theirs token', 'x']]) }), [null, 'removed']);
});

const traces = fc.record({
  digest: fc.constantFrom('a', 'b', 'c', 'd'),
  access: fc.constant(null),
  token: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
  accessExpiresAt: fc.option(fc.integer({ min: NOW - 1e9, max: NOW + 1e9 })),
  refreshable: fc.boolean(),
  isClientUntold: fc.boolean(),
});
const anyPlaces: fc.Arbitrary<Places> = fc.record({
  entries: fc.option(fc.array(traces, { maxLength: 3 })),
  kept: fc.option(
    fc
      .tuple(
        traces,
        fc.constantFrom<Kept['kind']>('signed-in', 'renewed', 'copy'),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
      )
      .map(([each, kind, replaces]) => ({ ...each, kind, replaces })),
  ),
  copy: fc.option(traces),
});
const anyMemory: fc.Arbitrary<Remembered> = fc.record({
  known: fc.option(
    fc.tuple(traces, fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 })).map(([each, past]) => ({
      ...each,
      past: past.filter((digest) => digest !== each.digest),
    })),
  ),
  accessIssuedAt: fc.option(fc.integer({ min: NOW - 1e9, max: NOW + 1e9 })),
  beside: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 2 }),
  spent: fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constant('x'))
    .map((all) => new Map(Object.entries(all))),
  isOver: fc.boolean(),
});
const onAll = (check: (places: Places, memory: Remembered, custody: Custody) => void) =>
  fc.assert(
    fc.property(anyPlaces, anyMemory, (places, remembered) =>
      check(places, remembered, custodyOf(places, remembered)),
    ),
    { numRuns: 2_000 },
  );

test('nothing spent is ever written, put back, or taken for the one to renew', () => {
  onAll(({ entries, kept: keptOne, copy }, remembered, { present, isKeptDue, putBack, change, entry }) => {
    const chosen = {
      kept: keptOne,
      copy,
      none: null,
      entry: entry === null ? null : (entries?.[entry] ?? null),
    };
    if (isKeptDue) assert.ok(keptOne !== null && !isSpent(keptOne, remembered));
    if (putBack !== null) assert.ok(!isSpent(chosen[putBack] ?? assert.fail(), remembered));
    const credential = chosen[present];
    if (credential !== null && isSpent(credential, remembered)) assert.equal(change, 'replaced');
  });
});

test('one of ours goes over nothing but what it was got for, what is spent, or nothing at all', () => {
  onAll(({ entries, kept: keptOne }, remembered, { isKeptDue, entry }) => {
    if (!isKeptDue || keptOne === null || entries === null) return;
    const found = entry === null ? null : (entries[entry] ?? null);
    if (found === null) assert.equal(keptOne.kind, 'signed-in');
    else assert.ok(isSpent(found, remembered) || keptOne.replaces.includes(found.token ?? ''));
  });
});

test('while nobody can read the file nothing is said to have happened to it', () => {
  onAll(({ entries }, _memory, { change, entry }) => {
    if (entries === null) assert.deepEqual([change, entry], ['same', null]);
  });
});
