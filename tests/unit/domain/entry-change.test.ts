import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  entryChange,
  isOldByItsEndAlone,
  isSameLogin,
  spentOnTheWay,
  type EntryChange,
  type KnownCredential,
  type Memory,
  type Trace,
} from '../../../src-main/domain/entry-change.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { NOW } from '../../support/snapshots.ts';

const KNOWN: KnownCredential = {
  digest: 'ours',
  access: 'our access',
  token: 'our token',
  past: ['first', 'second'],
  accessExpiresAt: NOW + HOUR,
};
/** Received seven hours ago. */
const OURS: Memory = {
  known: KNOWN,
  accessIssuedAt: NOW - 7 * HOUR,
  spent: new Map([['old token', 'our token']]),
  isOver: false,
};
/** The same, refused for good. */
const ENDED: Memory = { ...OURS, isOver: true };
/** First seen in the file, when it was over. */
const OVER: Memory = {
  ...OURS,
  known: { ...KNOWN, accessExpiresAt: NOW - HOUR },
  accessIssuedAt: NOW,
};
const NOTHING: Memory = { known: null, accessIssuedAt: null, spent: OURS.spent, isOver: false };
const entry = (digest: string, accessExpiresAt: number | null = NOW + 8 * HOUR): Trace => ({
  digest,
  access: `access of ${digest}`,
  token: `token of ${digest}`,
  accessExpiresAt,
  refreshable: true,
  isClientUntold: false,
});

const CASES: readonly (readonly [string, Memory, Trace | null, EntryChange])[] = [
  ['nothing known, nothing there', NOTHING, null, 'same'],
  [
    'a successor that tells no client',
    OURS,
    { ...entry('theirs'), refreshable: false, isClientUntold: true },
    'adopt',
  ],
  ['one of another client', OURS, { ...entry('theirs'), refreshable: false }, 'replaced'],
  ['a first entry', NOTHING, entry('theirs'), 'new'],
  ['a first entry that is over', NOTHING, entry('theirs', NOW - HOUR), 'new'],
  ['a first entry that holds a spent token', NOTHING, { ...entry('copied'), token: 'old token' }, 'replaced'],
  ['taken out', OURS, null, 'removed'],
  ['ours', OURS, entry('ours'), 'same'],
  ['ours, its end written otherwise', OURS, entry('ours', null), 'same'],
  ['ours, over', OVER, entry('ours', NOW - HOUR), 'same'],
  [
    'ours, but renewed under another id',
    { ...OURS, spent: new Map([['our token', 'x']]) },
    { ...entry('ours'), token: 'our token' },
    'replaced',
  ],
  ['a later one', OURS, entry('theirs'), 'adopt'],
  ['a living one that ends sooner', OURS, entry('theirs', NOW + 1), 'adopt'],
  ['one without a known end', OURS, entry('theirs', null), 'adopt'],
  ['a successor that is over already', OURS, entry('theirs', NOW - MINUTE), 'adopt'],
  ['a successor that is over already, ours being over, too', OVER, entry('theirs', NOW - 1), 'adopt'],
  ['one that had ended before ours came', OURS, entry('theirs', NOW - 8 * HOUR), 'replaced'],
  [
    'a successor that is told, its end written by a clock that was behind',
    { ...OURS, spent: new Map([['our token', 'token of theirs']]) },
    entry('theirs', NOW - DAY),
    'adopt',
  ],
  [
    'the successor of that one',
    {
      ...OURS,
      spent: new Map([
        ['our token', 'x'],
        ['x', 'token of theirs'],
      ]),
    },
    entry('theirs', NOW - DAY),
    'adopt',
  ],
  [
    'one that had ended before the end of ours, which was found',
    OVER,
    entry('theirs', NOW - 2 * HOUR),
    'replaced',
  ],
  [
    'one that ended as ours came, by clocks that are apart',
    OURS,
    entry('theirs', NOW - 7 * HOUR - 1),
    'adopt',
  ],
  [
    'one that is over, nobody knowing when ours came',
    { ...OURS, accessIssuedAt: null },
    entry('x', NOW - 9 * HOUR),
    'adopt',
  ],
  ['one that ours took the place of', OURS, entry('second'), 'replaced'],
  [
    'one whose token is spent, whatever its access token',
    OURS,
    { ...entry('theirs'), token: 'old token' },
    'replaced',
  ],
  [
    'one that was cut in the middle of its refresh token',
    OURS,
    { ...entry('cut'), access: 'our access' },
    'replaced',
  ],
  ['one that cannot be refreshed', OURS, { ...entry('theirs'), refreshable: false }, 'replaced'],
  ['ours, which has ended', ENDED, entry('ours'), 'same'],
  ['one that had ended before ours came, which has ended', ENDED, entry('theirs', NOW - 8 * HOUR), 'adopt'],
  ['one that ours took the place of, which has ended', ENDED, entry('second'), 'replaced'],
  ['a spent one, ours having ended', ENDED, { ...entry('theirs'), token: 'old token' }, 'replaced'],
  ['one that was cut, ours having ended', ENDED, { ...entry('cut'), access: 'our access' }, 'replaced'],
  ['one of another client, ours having ended', ENDED, { ...entry('x'), refreshable: false }, 'replaced'],
];

for (const [what, memory, found, change] of CASES) {
  test(`an entry in the file: ${what}: ${change}`, () => assert.equal(entryChange(memory, found), change));
}

test('what ours took the place of is spent: never adopted, whatever it says of itself', () => {
  const instant = fc.option(fc.integer({ min: NOW - 1e10, max: NOW + 1e10 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }),
      fc.nat(),
      fc.record({ ours: instant, theirs: instant, issued: instant }),
      fc.boolean(),
      fc.boolean(),
      ([digest = '', ...past], index, { ours, theirs, issued }, refreshable, isOver) => {
        const found = { ...entry(past[index % past.length] ?? '', theirs), refreshable };
        const known = { digest, access: null, token: 'our token', past, accessExpiresAt: ours };
        const memory = { known, accessIssuedAt: issued, spent: new Map(), isOver };
        assert.equal(entryChange(memory, found), 'replaced');
      },
    ),
  );
});

test('a spent token is never taken for one to renew, whoever holds it and whatever is known of them', () => {
  const instant = fc.option(fc.integer({ min: NOW - 1e10, max: NOW + 1e10 }));
  fc.assert(
    fc.property(
      fc.option(
        fc.record({
          digest: fc.string(),
          access: fc.constant(null),
          token: fc.option(fc.string()),
          past: fc.array(fc.string()),
          accessExpiresAt: instant,
        }),
      ),
      fc.record({
        digest: fc.string(),
        access: fc.string(),
        token: fc.string(),
        accessExpiresAt: instant,
        refreshable: fc.boolean(),
        isClientUntold: fc.boolean(),
      }),
      instant,
      fc.boolean(),
      (known, found, accessIssuedAt, isOver) => {
        const spent = new Map([[found.token, 'later']]);
        assert.equal(entryChange({ known, accessIssuedAt, spent, isOver }, found), 'replaced');
      },
    ),
  );
});

test('one login is the same pair of tokens or the same refresh token, and never the lack of one', () => {
  const [one, other] = [entry('one'), entry('other')];
  assert.ok(isSameLogin(one, one));
  assert.ok(isSameLogin(one, { ...other, token: one.token }));
  assert.ok(!isSameLogin(one, other));
  assert.ok(!isSameLogin({ ...one, token: null }, { ...other, token: null }));
});

test('only what its end alone speaks against is worth asking about', () => {
  const found: Trace = {
    digest: 'theirs',
    access: 'their access',
    token: 'their token',
    accessExpiresAt: NOW - 8 * HOUR,
    refreshable: true,
    isClientUntold: false,
  };
  assert.equal(entryChange(OURS, found), 'replaced');
  assert.equal(isOldByItsEndAlone(OURS, found), true);
  assert.equal(isOldByItsEndAlone(OURS, { ...found, accessExpiresAt: NOW }), false, 'it is a successor');
  assert.equal(isOldByItsEndAlone(ENDED, found), false, 'nothing speaks against it');
  for (const worse of [{ token: 'old token' }, { access: 'our access' }, { refreshable: false }]) {
    assert.equal(isOldByItsEndAlone(OURS, { ...found, ...worse }), false, JSON.stringify(worse));
  }
});

test('what is spent for a token is told with all that came between, and nothing where it leads elsewhere', () => {
  const spent = new Map([
    ['a', 'b'],
    ['b', 'c'],
    ['x', 'y'],
    ['y', 'x'],
  ]);
  assert.deepEqual(spentOnTheWay('a', 'c', spent), ['a', 'b']);
  assert.deepEqual(spentOnTheWay('b', 'c', spent), ['b']);
  assert.deepEqual(spentOnTheWay('c', 'a', spent), []);
  assert.deepEqual(spentOnTheWay('a', 'z', spent), []);
  // A damaged file may lead in a circle.
  assert.deepEqual(spentOnTheWay('x', 'c', spent), []);
});
