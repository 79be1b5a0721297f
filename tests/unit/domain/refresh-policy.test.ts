import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOfWay, type RefusalFailure } from '../../../src-main/domain/refusal.ts';
import { withEvent, type HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../../../src-main/domain/instant.ts';
import { accessExpiry } from '../../../src-main/domain/lifetime.ts';
import {
  planRefresh,
  refreshLead,
  type RefreshFacts,
  type RefreshPlan,
} from '../../../src-main/domain/refresh-policy.ts';
import { NOW } from '../../support/snapshots.ts';

const YEAR = 365 * DAY;
const HOST = 'console.anthropic.com';
const DOWN: RefusalFailure = { code: 'network-down', host: HOST, reason: 'ECONNREFUSED' };
const SERVICE_DOWN: RefusalFailure = { code: 'service-down', status: 503 };
const THROTTLED: RefusalFailure = { code: 'rate-limited', retryAfterSeconds: null };
const throttledFor = (retryAfterSeconds: number): RefusalFailure => ({
  code: 'rate-limited',
  retryAfterSeconds,
});
const LOST: RefusalFailure = { code: 'answer-lost', host: HOST };
const ENDED: RefusalFailure = { code: 'grant-refused' };

/** The failures after which a login goes on, one a row of the table and those of our own machine. */
const PASSING: readonly RefusalFailure[] = [
  DOWN,
  SERVICE_DOWN,
  THROTTLED,
  throttledFor(0),
  throttledFor(600),
  throttledFor(10 ** 9),
  { code: 'network-challenge', host: HOST },
  { code: 'request-malformed', message: 'Invalid request format', requestId: null },
  { code: 'answer-unexpected', host: HOST, reason: 'not-json' },
  { code: 'token-endpoint-missing', host: HOST },
  { code: 'connection-untrusted', host: HOST, reason: 'CERT_HAS_EXPIRED' },
  { code: 'login-locked' },
  { code: 'internal', message: 'TypeError' },
  // At the end: some rows are meant by their number.
  { code: 'proxy-refused', host: HOST, reason: 'HTTP 403', proxy: 'p:1', as: 'system' },
];
const passing = fc.constantFrom(...PASSING);

const facts = (issuedAt: Instant | null, expiresAt: Instant | null): RefreshFacts => ({
  accessIssuedAt: issuedAt,
  accessExpiresAt: expiresAt,
  refreshable: true,
});
const FRESH = facts(NOW, NOW + 8 * HOUR);
const EXPIRED = facts(NOW - 9 * HOUR, NOW - HOUR);
const refused = (failure: RefusalFailure, at = NOW): HistoryEvent => ({ at, kind: 'refused', failure });
const woke = (by: 'resume' | 'network' | 'clock-jump', at = NOW): HistoryEvent => ({ at, kind: 'woke', by });
const dueIn = (plan: RefreshPlan, now = NOW) => (plan.at === null ? null : plan.at - now);

/** How a simulated refresh ends: with an access token of that lifetime in seconds, or refused. */
type Outcome = { readonly expiresIn: number | null } | RefusalFailure;

interface Jump {
  /** Real time since the jump before. */
  readonly after: number;
  readonly by: number;
}

interface Simulated {
  /** When refreshes were asked for, in real time. */
  readonly requests: readonly number[];
  /** When the last jump was, in real time. */
  readonly lastJump: number;
  readonly history: readonly HistoryEvent[];
}

/**
 * Lives through some real time as the keeper does: at `plan.at` a refresh happens, with the next outcome (the last one
 * again and again). The clock jumps meanwhile; that is noted where `isNoted`.
 */
function simulate(
  outcomes: (index: number) => Outcome,
  given: {
    readonly lasts: number;
    readonly start?: RefreshFacts;
    readonly jumps?: readonly Jump[];
    readonly isNoted?: boolean;
    /** What happens right after each refusal. */
    readonly afterRefusal?: (at: Instant) => readonly HistoryEvent[];
  },
): Simulated {
  let state = given.start ?? EXPIRED;
  let history: readonly HistoryEvent[] = [];
  const requests: number[] = [];
  const jumps = [...(given.jumps ?? [])];
  let [real, offset, lastJump] = [0, NOW, 0];
  for (let steps = 0; ; steps++) {
    assert.ok(steps < 100_000, 'endless');
    const at = planRefresh(state, history, real + offset).at ?? Infinity;
    const next = real + Math.max(0, at - (real + offset));
    const jump = jumps[0];
    if (jump !== undefined && lastJump + jump.after <= Math.min(next, given.lasts)) {
      jumps.shift();
      real = lastJump + jump.after;
      lastJump = real;
      offset += jump.by;
      if (given.isNoted !== false) history = withEvent(history, woke('clock-jump', real + offset));
      continue;
    }
    if (next > given.lasts) return { requests, lastJump, history };
    const hasWaited = next > real;
    real = next;
    // A timer is a hint only: what is due is asked again.
    if (hasWaited) continue;
    const outcome = outcomes(requests.length);
    requests.push(real);
    const now = real + offset;
    if ('code' in outcome) {
      history = withEvent(history, refused(outcome, now));
      for (const event of given.afterRefusal?.(now) ?? []) history = withEvent(history, event);
    } else {
      history = withEvent(history, { at: now, kind: 'refreshed' });
      state = facts(now, accessExpiry(now, outcome.expiresIn, true));
    }
  }
}

const cycling = (outcomes: readonly Outcome[]) => (index: number) =>
  outcomes[index % outcomes.length] ?? SERVICE_DOWN;

function mostInAnHour(requests: readonly number[]): number {
  return Math.max(
    0,
    ...requests.map((from) => requests.filter((at) => at >= from && at < from + HOUR).length),
  );
}

test('the lead is twenty minutes, or a fifth of the lifetime where that is shorter', () => {
  assert.equal(refreshLead(NOW, NOW + 8 * HOUR), 20 * MINUTE);
  assert.equal(refreshLead(NOW, NOW + 10 * MINUTE), 2 * MINUTE);
  assert.equal(refreshLead(null, NOW), 20 * MINUTE);
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1 }), (issuedAt, lifetime) => {
      const lead = refreshLead(issuedAt, issuedAt + lifetime);
      assert.ok(lead <= 20 * MINUTE && lead <= lifetime / 5);
    }),
  );
});

test('due twenty minutes before the end, or a fifth of the lifetime before it where that is shorter', () => {
  assert.deepEqual(planRefresh(FRESH, [], NOW), {
    at: NOW + 8 * HOUR - 20 * MINUTE,
    reason: 'before-expiry',
  });
  const short = facts(NOW, NOW + 10 * MINUTE);
  assert.deepEqual(planRefresh(short, [], NOW), { at: NOW + 8 * MINUTE, reason: 'before-expiry' });
  // Nobody knows when another program received it.
  const foreign = facts(null, NOW + MINUTE);
  assert.deepEqual(planRefresh(foreign, [], NOW), { at: NOW - 19 * MINUTE, reason: 'before-expiry' });
  fc.assert(
    fc.property(fc.integer({ min: 3 * SECOND, max: 400 * DAY }), fc.nat(500 * DAY), (lifetime, later) => {
      const { at } = planRefresh(facts(NOW, NOW + lifetime), [], NOW + later);
      assert.equal(at, NOW + lifetime - Math.min(20 * MINUTE, lifetime / 5));
    }),
  );
});

test('a token that is over is refreshed at once, also one that was over when it was found', () => {
  assert.deepEqual(planRefresh(EXPIRED, [], NOW), { at: NOW - HOUR - 20 * MINUTE, reason: 'expired' });
  const found = planRefresh(facts(NOW, NOW - HOUR), [{ at: NOW, kind: 'adopted' }], NOW);
  assert.ok(found.at !== null && found.at <= NOW);
});

test('a token without a known end is renewed as one of eight hours', () => {
  assert.equal(dueIn(planRefresh(facts(NOW, null), [], NOW + 3 * HOUR)), 8 * HOUR - 20 * MINUTE);
  // Nobody knows since when: counted from now, it would never be due.
  assert.equal(dueIn(planRefresh(facts(null, null), [], NOW)), 0);
});

test('what cannot or must not be refreshed has no plan', () => {
  const told: readonly (readonly [RefreshFacts, readonly HistoryEvent[], RefreshPlan['reason']])[] = [
    [{ ...EXPIRED, refreshable: false }, [], 'no-refresh-token'],
    [EXPIRED, [{ at: NOW, kind: 'removed' }], 'entry-lost'],
    [EXPIRED, [{ at: NOW, kind: 'replaced' }], 'entry-lost'],
    [EXPIRED, [refused(ENDED)], 'login-ended'],
    [EXPIRED, [refused(LOST), refused(LOST)], 'uncertain'],
    [EXPIRED, [refused(LOST), refused(SERVICE_DOWN), refused(LOST)], 'uncertain'],
    // Noted by another process that waited for its turn meanwhile.
    [EXPIRED, [refused(ENDED), refused({ code: 'login-locked' })], 'login-ended'],
  ];
  for (const [state, history, reason] of told)
    assert.deepEqual(planRefresh(state, history, NOW + DAY), { at: null, reason });
});

test('each cause backs off as the table says', () => {
  const doubling = (first: number) =>
    [1, 2, 4, 8, 16, 32].map((factor) => Math.min(first * factor, 6 * HOUR));
  const outage = doubling(5 * SECOND);
  const slow = doubling(5 * MINUTE);
  const waits: readonly (readonly [RefusalFailure, readonly number[]])[] = [
    [DOWN, outage],
    [SERVICE_DOWN, outage],
    [THROTTLED, slow],
    [throttledFor(1_234), Array<number>(6).fill(1_234 * SECOND)],
    [throttledFor(10 ** 9), Array<number>(6).fill(6 * HOUR)],
    // A service that asks for nothing again and again is not asked every five seconds.
    [throttledFor(0), outage],
    [{ code: 'network-challenge', host: HOST }, slow],
    [{ code: 'request-malformed', message: '', requestId: null }, slow],
    [LOST, [MINUTE]],
  ];
  for (const [failure, expected] of waits) {
    const { requests } = simulate(() => failure, { lasts: 3 * DAY });
    const gaps = requests.slice(1).map((at, index) => at - (requests[index] ?? 0));
    assert.deepEqual(gaps.slice(0, 6), expected, failure.code);
    assert.ok(gaps.every((gap) => gap <= 6 * HOUR));
  }
});

test('what never left this machine is tried again within ten minutes', () => {
  const failure = { code: 'config-unreadable', path: '/config.yaml', reason: 'EACCES' } as const;
  const notAsked = { code: 'answer-unexpected', host: HOST, reason: 'not-the-issuer' } as const;
  for (const each of [failure, notAsked]) {
    const { requests } = simulate(() => each, { lasts: DAY });
    const gaps = requests.slice(1).map((at, index) => at - (requests[index] ?? 0));
    assert.deepEqual(gaps.slice(0, 2), [5 * SECOND, 10 * SECOND]);
    assert.equal(gaps.at(-1), 10 * MINUTE);
  }
});

test('causes of another kind back off each by itself, and a success begins anew', () => {
  const history = [refused(SERVICE_DOWN), refused(THROTTLED), refused(SERVICE_DOWN)];
  assert.equal(dueIn(planRefresh(EXPIRED, history, NOW)), 10 * SECOND);
  assert.equal(dueIn(planRefresh(EXPIRED, [...history, refused(THROTTLED)], NOW)), 10 * MINUTE);
  const anew: readonly HistoryEvent[] = [...history, { at: NOW, kind: 'refreshed' }, refused(SERVICE_DOWN)];
  assert.equal(dueIn(planRefresh(EXPIRED, anew, NOW)), 5 * SECOND);
});

test('causes of one kind back off together, and the network back is worth a try at once all the same', () => {
  const outage = cycling([SERVICE_DOWN, DOWN]);
  const { requests, history } = simulate(outage, { lasts: HOUR });
  const gaps = requests.slice(1).map((at, index) => (at - (requests[index] ?? 0)) / SECOND);
  assert.deepEqual(gaps, [5, 10, 20, 40, 80, 160, 320, 640, 1_280]);
  const until = (history.at(-1)?.at ?? NOW) + MINUTE;
  const last = refused(DOWN, until - MINUTE);
  const plan = planRefresh(EXPIRED, [...history, last, woke('network', until)], until);
  assert.deepEqual(plan, { at: until, reason: 'network-back' });

  const slow = [refused({ code: 'network-challenge', host: HOST }), refused(PASSING[8] ?? ENDED)];
  assert.equal(dueIn(planRefresh(EXPIRED, slow, NOW)), 10 * MINUTE);
});

test('only a refused grant, or a second lost answer, ends the tries', () => {
  fc.assert(
    fc.property(fc.array(passing, { maxLength: 40 }), fc.nat(40), (failures, position) => {
      const history = failures.map((failure) => refused(failure));
      assert.notEqual(planRefresh(EXPIRED, history, NOW).at, null);
      assert.notEqual(planRefresh(EXPIRED, history.toSpliced(position, 0, refused(LOST)), NOW).at, null);
      assert.equal(planRefresh(EXPIRED, history.toSpliced(position, 0, refused(ENDED)), NOW).at, null);
    }),
  );
});

const wake = fc.record({
  at: fc.nat(DAY).map((later) => NOW + later),
  kind: fc.constant('woke' as const),
  by: fc.constantFrom('resume' as const, 'network' as const, 'clock-jump' as const),
});

test('never earlier than the last refusal allows, whatever happens meanwhile', () => {
  const least = (failure: RefusalFailure) =>
    failure.code === 'rate-limited' && failure.retryAfterSeconds !== null
      ? Math.min(failure.retryAfterSeconds * SECOND, 6 * HOUR)
      : isOfWay(failure) || PASSING.indexOf(failure) > 10 || failure.code === 'service-down'
        ? 5 * SECOND
        : 5 * MINUTE;
  fc.assert(
    fc.property(
      fc.array(passing, { minLength: 1, maxLength: 20 }),
      fc.array(wake, { maxLength: 10 }),
      fc.boolean(),
      fc.nat(2 * DAY),
      (failures, wakes, isTakenOutAndBack, later) => {
        const outAndBack: readonly HistoryEvent[] = [
          { at: NOW, kind: 'removed' },
          { at: NOW, kind: 'put-back' },
        ];
        const history = [
          ...failures.map((failure) => refused(failure)),
          ...(isTakenOutAndBack ? outAndBack : []),
          ...wakes.sort((a, b) => a.at - b.at),
        ];
        const { at } = planRefresh(EXPIRED, history, NOW + later);
        assert.ok(at !== null && at >= NOW + least(failures.at(-1) ?? DOWN));
      },
    ),
  );
});

test('the network back, or the machine awake, is worth a try at once after a refusal for want of it', () => {
  const outage = Array.from({ length: 9 }, () => refused(DOWN));
  for (const by of ['network', 'resume'] as const) {
    const plan = planRefresh(EXPIRED, [...outage, woke(by, NOW + MINUTE)], NOW + MINUTE);
    assert.deepEqual(plan, { at: NOW + MINUTE, reason: 'network-back' });
    const other = planRefresh(EXPIRED, [refused(THROTTLED), woke(by, NOW + MINUTE)], NOW + MINUTE);
    assert.deepEqual(other, { at: NOW + 5 * MINUTE, reason: 'after-refusal' });
  }
  const jumped = planRefresh(EXPIRED, [...outage, woke('clock-jump', NOW + MINUTE)], NOW + MINUTE);
  assert.equal(jumped.reason, 'after-refusal');
  // Noted by a clock that was years ahead: no reason to wait for years.
  const ahead = [refused(DOWN), woke('network', NOW + YEAR), woke('clock-jump', NOW + MINUTE)];
  assert.ok((dueIn(planRefresh(EXPIRED, ahead, NOW + HOUR), NOW + HOUR) ?? Infinity) <= 0);
});

test('a resume forgets how often the network was only seemingly back', () => {
  const flapping = Array.from({ length: 8 }, () => [woke('network'), refused(DOWN)]).flat();
  const history = [refused(DOWN), ...flapping];
  assert.ok((dueIn(planRefresh(EXPIRED, [...history, woke('network')], NOW)) ?? 0) > 5 * MINUTE);
  assert.equal(dueIn(planRefresh(EXPIRED, [...history, woke('resume')], NOW)), 5 * SECOND);
  const elsewhere = [...history, woke('resume'), refused(DOWN), woke('network')];
  assert.equal(dueIn(planRefresh(EXPIRED, elsewhere, NOW)), 5 * SECOND);
});

test('a machine that resumes all night behind a browser check asks ever more seldom, and at once elsewhere', () => {
  const challenge: RefusalFailure = { code: 'network-challenge', host: 'h' };
  const row = Array.from({ length: 8 }, () => [refused(challenge), woke('resume')]).flat();
  assert.equal(dueIn(planRefresh(EXPIRED, row.slice(0, 2), NOW)), 5 * SECOND);
  assert.ok((dueIn(planRefresh(EXPIRED, row, NOW)) ?? 0) > 10 * MINUTE);
  const moved = [...row, { at: NOW, kind: 'woke', by: 'another-network' } as const];
  assert.equal(dueIn(planRefresh(EXPIRED, moved, NOW)), 5 * SECOND);
});

test('a day of outage is fewer than twenty tries', () => {
  for (const failure of [DOWN, SERVICE_DOWN, throttledFor(0), THROTTLED])
    assert.ok(simulate(() => failure, { lasts: DAY }).requests.length < 20);
  // Behind a filter that takes connections and lets no request through.
  const afterRefusal = (at: Instant) => [woke('network', at)];
  assert.ok(simulate(() => DOWN, { lasts: DAY, afterRefusal }).requests.length < 20);
  // Whatever two causes alternate.
  for (const one of PASSING.slice(0, 11)) {
    for (const other of PASSING.slice(0, 11)) {
      const { requests } = simulate(cycling([one, other]), { lasts: DAY });
      const isToldToComeSoon = [one, other].some(
        (failure) => failure.code === 'rate-limited' && (failure.retryAfterSeconds ?? HOUR) < HOUR / SECOND,
      );
      if (!isToldToComeSoon)
        assert.ok(requests.length < 20, `${one.code}, ${other.code}: ${requests.length}`);
    }
  }
});

test('another program writes an end beside our own token that was hours before we got it: not renewed without pause', () => {
  for (const hours of [1, 8, 12]) {
    const plan = planRefresh(facts(NOW, NOW - hours * HOUR), [{ at: NOW, kind: 'refreshed' }], NOW);
    assert.deepEqual(plan, { at: NOW + 5 * MINUTE, reason: 'not-too-often' });
  }
});

test('what another program wrote and is over, or nearly, is renewed at once', () => {
  for (const end of [-HOUR, -SECOND, SECOND]) {
    const plan = planRefresh(facts(NOW, NOW + end), [{ at: NOW, kind: 'adopted' }], NOW);
    assert.ok((plan.at ?? Infinity) <= NOW + 2 * SECOND);
  }
});

const absurd: fc.Arbitrary<Outcome> = fc
  .constantFrom(0, -1, -(10 ** 9), null, 1, 10 ** 12)
  .map((expiresIn) => ({ expiresIn }));

test('no hour has more than 150 requests, whatever is answered and whatever lifetime is told', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(passing, absurd), { minLength: 1, maxLength: 40 }), (outcomes) => {
      assert.ok(mostInAnHour(simulate(cycling(outcomes), { lasts: 6 * HOUR }).requests) <= 150);
    }),
  );
  for (const expiresIn of [0, -1, 1])
    assert.equal(mostInAnHour(simulate(() => ({ expiresIn }), { lasts: 6 * HOUR }).requests), 12);
});

test('two requests are two seconds apart, however short-lived the tokens', () => {
  const short = fc.double({ min: 0, max: 100, noNaN: true }).map((expiresIn): Outcome => ({ expiresIn }));
  fc.assert(
    fc.property(fc.array(fc.oneof(passing, short), { minLength: 1, maxLength: 20 }), (outcomes) => {
      const { requests } = simulate(cycling(outcomes), { lasts: 10 * MINUTE });
      requests.slice(1).forEach((at, index) => assert.ok(at - (requests[index] ?? 0) >= 2 * SECOND - 1e-3));
    }),
  );
});

const jump: fc.Arbitrary<Jump> = fc.record({
  after: fc.oneof(fc.nat(20 * MINUTE), fc.nat(9 * HOUR)),
  by: fc.oneof(
    fc.integer({ min: -20 * YEAR, max: 20 * YEAR }),
    fc.integer({ min: -DAY, max: DAY }),
    fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE }),
  ),
});
const jumps = fc.array(jump, { maxLength: 12 });
const ordinary = fc.constant<Outcome>({ expiresIn: 28_800 });
const outcomesAmidJumps = fc.array(fc.oneof(passing, ordinary), { minLength: 1, maxLength: 12 });

for (const isNoted of [true, false]) {
  const when = isNoted ? 'while we look' : 'while nobody looks';
  test(`a clock set years off ${when} costs at most one try each time, and puts nothing off for ever`, () => {
    fc.assert(
      fc.property(outcomesAmidJumps, jumps, (outcomes, given) => {
        const lasts = 8 * DAY;
        const { requests, lastJump } = simulate(cycling(outcomes), { lasts, jumps: given, isNoted });
        assert.ok(mostInAnHour(requests) <= 150 + given.length);
        // The longest there is to wait: six hours or a token's life, from when the clock last seemed to stand there.
        const settled = [lastJump, ...requests.filter((at) => at > lastJump), lasts];
        settled.slice(1).forEach((at, index) => assert.ok(at - (settled[index] ?? 0) <= 17 * HOUR));
      }),
      { numRuns: 300 },
    );
  });
}

test('a clock set years off amid a long wait costs one try at most', () => {
  for (const by of [-20 * YEAR, -DAY, -HOUR, HOUR, DAY, 20 * YEAR]) {
    for (const isNoted of [true, false]) {
      const given = { lasts: 4 * HOUR, jumps: [{ after: HOUR, by }], isNoted };
      const { requests } = simulate(() => throttledFor(21_600), given);
      const early = by >= 6 * HOUR || (!isNoted && by < -HOUR - 2 * MINUTE) ? 1 : 0;
      assert.equal(requests.length, 1 + early, `${by / HOUR} h, ${isNoted ? '' : 'not '}noted`);
    }
  }
});

test('a wait that was noted to begin anew by a clock set back lasts no longer than it is', () => {
  const history = [refused(throttledFor(3_600)), woke('clock-jump', NOW - YEAR)];
  assert.equal(dueIn(planRefresh(EXPIRED, history, NOW - YEAR + MINUTE), NOW - YEAR), HOUR);
});

const anyHistory = fc
  .array(
    fc.oneof(
      passing.map((failure) => (at: Instant) => refused(failure, at)),
      fc
        .constantFrom('signed-in', 'refreshed', 'adopted', 'put-back')
        .map((kind) => (at: Instant) => ({ at, kind })),
      fc.constantFrom('resume', 'network', 'clock-jump').map((by) => (at: Instant) => woke(by, at)),
    ),
    { maxLength: 30 },
  )
  .chain((events) =>
    fc
      .array(fc.integer({ min: -2 * DAY, max: 2 * DAY }), {
        minLength: events.length,
        maxLength: events.length,
      })
      .map((times) => events.map((event, index) => event(NOW + (times[index] ?? 0)))),
  );
const anyInstant = fc.option(fc.integer({ min: NOW - YEAR, max: NOW + YEAR }));

test('the same inputs give the same plan, and a plan that lies ahead stays where it is', () => {
  fc.assert(
    fc.property(
      anyInstant,
      anyInstant,
      anyHistory,
      fc.integer({ min: -3 * DAY, max: 3 * DAY }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (issuedAt, expiresAt, history, offset, part) => {
        const [state, now] = [facts(issuedAt, expiresAt), NOW + offset];
        const plan = planRefresh(state, history, now);
        assert.deepEqual(planRefresh(structuredClone(state), structuredClone(history), now), plan);
        if (plan.at === null || plan.at <= now) return;
        const meanwhile = planRefresh(state, history, now + (plan.at - now) * part);
        assert.equal(meanwhile.at, plan.at);
      },
    ),
    { numRuns: 500 },
  );
});

test('received while the clock was ahead, as far as the history tells: renewed now, whatever else is known of it', () => {
  const ahead = NOW + 9 * HOUR;
  const facts = { accessIssuedAt: null, accessExpiresAt: ahead + 8 * HOUR, refreshable: true };
  const plan = planRefresh(facts, [{ at: ahead, kind: 'refreshed' }], NOW);
  assert.deepEqual(plan, { at: NOW, reason: 'clock-jumped' });
});
