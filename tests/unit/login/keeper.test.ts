import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import { withEvent, type HistoryEvent, type NotificationTopic } from '../../../src-main/domain/history.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { Keeper, type KeeperPorts } from '../../../src-main/login/upkeep/keeper.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { anAccount, NOW } from '../../support/snapshots.ts';

const DOWN: RefusalFailure = { code: 'network-down', host: 'h', reason: 'ECONNREFUSED' };
const SERVICE_DOWN: RefusalFailure = { code: 'service-down', status: 503 };
const YEAR = 365 * DAY;

/** How many timers wait, besides when. */
class CountingClock extends FakeClock {
  readonly armed = new Set<symbol>();

  override after(milliseconds: number, call: () => void): () => void {
    assert.ok(milliseconds >= 0 && milliseconds <= 24 * DAY);
    const timer = Symbol();
    this.armed.add(timer);
    const cancel = super.after(milliseconds, () => {
      this.armed.delete(timer);
      call();
    });
    return () => {
      this.armed.delete(timer);
      cancel();
    };
  }
}

/** A keeper among ports that remember what was asked of them, and do to the accounts what the real ones do. */
class Stage {
  readonly clock = new CountingClock(NOW);
  accounts: readonly Account[];
  /** Refreshes begun, by monotonic time. */
  readonly refreshes: { readonly id: string; readonly at: number }[] = [];
  readonly notifications: NotificationTopic[] = [];
  readonly wakes: string[] = [];
  /** Refreshes that succeeded. */
  renewals = 0;
  reaches = 0;
  saves = 0;
  isServiceUp = true;
  random = 0;
  /** Whoever wants to know of changed interfaces. */
  readonly interfaceChanges = new Set<() => void>();
  prepared = 0;
  /** How a refresh ends. */
  outcome: () => RefusalFailure | 'nothing' | null = () => null;
  /** How long a port takes. */
  takes: () => Promise<void> = () => Promise.resolve();
  readonly running = new Set<string>();
  readonly keeper: Keeper;

  constructor(...accounts: readonly Account[]) {
    this.accounts = accounts;
    const ports: KeeperPorts = {
      clock: this.clock,
      random: () => this.random,
      accounts: () => this.accounts,
      refresh: (id) => this.#refresh(id),
      prepare: async () => {
        this.prepared += 1;
        await this.takes();
      },
      notify: async (id, about) => {
        this.notifications.push(about);
        await this.takes();
        this.note({ at: this.clock.now(), kind: 'notified', about }, id);
      },
      woke: async (by) => {
        this.wakes.push(by);
        const at = this.clock.now();
        await this.takes();
        this.note({ at, kind: 'woke', by });
      },
      saveAgain: async () => {
        this.saves += 1;
        await this.takes();
      },
      watchInterfaces: (onChange) => {
        this.interfaceChanges.add(onChange);
        return () => void this.interfaceChanges.delete(onChange);
      },
      isReachable: async () => {
        this.reaches += 1;
        await this.takes();
        return this.isServiceUp;
      },
    };
    this.keeper = new Keeper(ports);
  }

  async #refresh(id: string): Promise<void> {
    assert.ok(!this.running.has(id), 'refreshed twice at once');
    this.running.add(id);
    this.refreshes.push({ id, at: this.clock.monotonic() });
    // That it is being refreshed is a change already.
    this.keeper.look();
    await this.takes();
    const now = this.clock.now();
    const failure = this.outcome();
    if (failure === null) {
      this.renewals += 1;
      this.note({ at: now, kind: 'refreshed' }, id);
      this.change({ accessIssuedAt: now, accessExpiresAt: now + 8 * HOUR }, id);
    } else if (failure !== 'nothing') this.note({ at: now, kind: 'refused', failure }, id);
    this.running.delete(id);
  }

  note(event: HistoryEvent, id: string | null = null): void {
    this.accounts = this.accounts.map((account) =>
      id === null || account.id === id ? { ...account, history: withEvent(account.history, event) } : account,
    );
  }

  change(changes: Partial<Account>, id = 'default'): void {
    this.accounts = this.accounts.map((each) => (each.id === id ? { ...each, ...changes } : each));
  }

  async look(): Promise<void> {
    this.keeper.look();
    await setImmediate();
  }

  /** Lets time pass, timer by timer. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.clock.monotonic() + milliseconds;
    for (let steps = 0; this.clock.monotonic() < until; steps++) {
      assert.ok(steps < 20_000, 'endless');
      assert.ok(this.clock.armed.size <= 1, 'more than one timer');
      this.clock.advance(Math.min(this.clock.untilNext, until - this.clock.monotonic()));
      // Time stands still while ports that take a moment do so, one after the other.
      for (let turns = 0; turns < 4; turns++) await setImmediate();
    }
  }
}

const expired = (changes: Partial<Account> = {}): Account =>
  anAccount({ accessIssuedAt: NOW - 9 * HOUR, accessExpiresAt: NOW - HOUR, ...changes });

/** A port that takes until it is let go. */
function held(stage: Stage): () => Promise<void> {
  const waiting: (() => void)[] = [];
  stage.takes = () => new Promise((resolve) => waiting.push(resolve));
  return async () => {
    stage.takes = () => Promise.resolve();
    for (const resolve of waiting.splice(0)) resolve();
    await setImmediate();
  };
}

test('one timer, to the next instant at which something is due; what is due is done then', async () => {
  const stage = new Stage(anAccount());
  await stage.look();
  assert.equal(stage.clock.untilNext, 8 * HOUR - 20 * MINUTE);
  await stage.pass(8 * HOUR - 20 * MINUTE - 1);
  assert.deepEqual(stage.refreshes, []);
  await stage.pass(1);
  assert.equal(stage.refreshes.length, 1);
  assert.equal(stage.clock.untilNext, 8 * HOUR - 20 * MINUTE);
  for (let times = 0; times < 5; times++) await stage.look();
  assert.equal(stage.clock.armed.size, 1);
  assert.equal(stage.refreshes.length, 1);
});

test('two keepers of one login begin apart from each other, and near to the plan', async () => {
  const begun = await Promise.all(
    [0, 0.25, 1].map(async (random) => {
      const stage = new Stage(anAccount());
      stage.random = random;
      await stage.look();
      await stage.pass(8 * HOUR - 18 * MINUTE);
      return stage.refreshes.map(({ at }) => at - (8 * HOUR - 20 * MINUTE));
    }),
  );
  assert.deepEqual(begun, [[0], [15 * SECOND], [MINUTE]]);
});

test('who got the last one from another keeper lets that one begin, on waking as well', async () => {
  const stage = new Stage(anAccount({ history: [{ at: NOW, kind: 'adopted' }] }));
  stage.random = 1;
  await stage.look();
  await stage.pass(8 * HOUR - 17 * MINUTE - SECOND);
  assert.deepEqual(stage.refreshes, []);
  stage.keeper.sleep();
  await stage.pass(10 * MINUTE);
  stage.keeper.wake();
  await stage.look();
  await stage.pass(3 * MINUTE - SECOND);
  assert.deepEqual(stage.refreshes, []);
  await stage.pass(SECOND);
  assert.equal(stage.refreshes.length, 1);
});

test('who got the last one from another keeper is not put off at each look by a clock that was set back', async () => {
  const ahead = NOW + 3 * HOUR;
  const stage = new Stage(
    expired({
      history: [
        { at: NOW - 9 * HOUR, kind: 'adopted' },
        { at: ahead, kind: 'refused', failure: DOWN },
        { at: ahead + SECOND, kind: 'woke', by: 'network' },
      ],
    }),
  );
  stage.random = 1;
  for (let minutes = 0; minutes < 4; minutes++) {
    await stage.look();
    await stage.pass(MINUTE);
  }
  assert.equal(stage.refreshes.length, 1);
});

test('a timer is never more than 24 days ahead, and there is one without any account', async () => {
  const stage = new Stage();
  await stage.look();
  assert.equal(stage.clock.untilNext, 24 * DAY);
  stage.accounts = [anAccount({ accessExpiresAt: NOW + 300 * DAY, loginExpiresAt: NOW + 400 * DAY })];
  await stage.look();
  assert.equal(stage.clock.untilNext, 24 * DAY);
  await stage.pass(300 * DAY);
  assert.equal(stage.refreshes.length, 1);
});

test('after stop there is no timer, and nothing new begins', async () => {
  const stage = new Stage(expired({ history: [{ at: NOW, kind: 'refused', failure: DOWN }] }));
  const letGo = held(stage);
  await stage.look();
  assert.equal(stage.reaches, 1);
  stage.keeper.stop();
  assert.equal(stage.clock.armed.size, 0);
  await letGo();
  await stage.look();
  await stage.pass(DAY);
  assert.deepEqual([stage.clock.armed.size, stage.refreshes.length, stage.wakes], [0, 0, []]);
});

test('a machine that sleeps, and wakes for moments: nothing begins until it says that it is awake', async () => {
  const stage = new Stage(anAccount({ accessIssuedAt: NOW, accessExpiresAt: NOW + 8 * HOUR }));
  await stage.look();
  stage.keeper.sleep();
  for (let moments = 0; moments < 10; moments++) {
    // Nothing runs for an hour, and then whatever is due does.
    stage.clock.advance(HOUR);
    for (let looks = 0; looks < 3; looks++) await stage.look();
    assert.equal(stage.clock.armed.size, 1);
  }
  assert.deepEqual([stage.refreshes, stage.notifications], [[], []]);
  stage.keeper.wake();
  await stage.look();
  assert.equal(stage.renewals, 1);
  await stage.pass(20 * HOUR);
  assert.equal(stage.renewals, 3);
});

test('where nobody says that the machine is awake it counts as that in time for the next renewal', async () => {
  const stage = new Stage(anAccount({ accessIssuedAt: NOW, accessExpiresAt: NOW + 8 * HOUR }));
  await stage.look();
  await stage.pass(7.6 * HOUR);
  stage.keeper.sleep();
  await stage.pass(0.39 * HOUR);
  assert.equal(stage.renewals, 1);
});

test('one account is never refreshed twice at once, however often one looks', async () => {
  const stage = new Stage(expired());
  const letGo = held(stage);
  for (let times = 0; times < 5; times++) await stage.look();
  await stage.pass(HOUR);
  assert.equal(stage.refreshes.length, 1);
  await letGo();
  assert.equal(stage.refreshes.length, 1);
  assert.equal(stage.clock.untilNext, 8 * HOUR - 20 * MINUTE);
});

test('a refresh that changes nothing is begun again ten seconds later, and not at once', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => 'nothing';
  await stage.look();
  await stage.pass(10 * SECOND - 1);
  assert.equal(stage.refreshes.length, 1);
  await stage.pass(55 * SECOND);
  assert.deepEqual(
    stage.refreshes.map(({ at }) => at / SECOND),
    [0, 10, 20, 30, 40, 50, 60],
  );
});

test('what a refresh needs is loaded ahead, once, and not where there is nothing to refresh', async () => {
  const stage = new Stage(anAccount({ refreshable: false }));
  await stage.look();
  assert.equal(stage.prepared, 0);
  stage.accounts = [anAccount()];
  for (let times = 0; times < 3; times++) await stage.look();
  assert.equal(stage.prepared, 1);
  assert.deepEqual(stage.refreshes, []);
});

test('accounts due at once are spread over ten seconds, again and again', async () => {
  const stage = new Stage(expired({ id: 'a' }), expired({ id: 'b' }), expired({ id: 'c' }));
  stage.random = 0.5;
  await stage.look();
  assert.deepEqual(stage.refreshes, [{ id: 'a', at: 0 }]);
  await stage.pass(20 * SECOND);
  assert.deepEqual(stage.refreshes.map(({ id }) => id).sort(), ['a', 'b', 'c']);

  // One held back whose credential came otherwise, by a person's click for instance, is spread the next time, too.
  const early = { accessIssuedAt: stage.clock.now() - 9 * HOUR, accessExpiresAt: stage.clock.now() };
  const both = () => {
    stage.change(early, 'a');
    stage.change(early, 'b');
    stage.refreshes.length = 0;
  };
  both();
  await stage.look();
  assert.equal(stage.refreshes.length, 1);
  stage.change({ accessIssuedAt: stage.clock.now(), accessExpiresAt: stage.clock.now() + HOUR }, 'b');
  await stage.look();
  await stage.pass(30 * MINUTE);
  both();
  await stage.look();
  assert.deepEqual(
    stage.refreshes.map(({ id }) => id),
    ['a'],
  );
  await stage.pass(10 * SECOND);
  assert.deepEqual(
    stage.refreshes.map(({ id }) => id),
    ['a', 'b'],
  );
});

test('while the network is down a connection is tried every 30 s, and its return leads to a refresh at once', async () => {
  const stage = new Stage(expired());
  stage.isServiceUp = false;
  stage.outcome = () => (stage.isServiceUp ? null : DOWN);
  await stage.look();
  await stage.pass(10 * HOUR);
  assert.ok(Math.abs(stage.reaches - 1_200) <= 2, String(stage.reaches));
  assert.ok(stage.refreshes.length < 20);
  stage.isServiceUp = true;
  const [reaches, refreshes] = [stage.reaches, stage.refreshes.length];
  await stage.pass(MINUTE);
  assert.equal(stage.refreshes.length, refreshes + 1);
  assert.deepEqual(stage.wakes, ['network']);
  await stage.pass(7 * HOUR);
  assert.equal(stage.reaches, reaches + 1);
});

test('no connection is tried where that would change nothing', async () => {
  const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
  const histories: readonly (readonly HistoryEvent[])[] = [
    [],
    [refused(SERVICE_DOWN)],
    [refused(DOWN), refused({ code: 'rate-limited', retryAfterSeconds: 3_600 })],
    [refused(DOWN), { at: NOW, kind: 'refreshed' }],
    [refused(DOWN), { at: NOW, kind: 'removed' }],
    [refused({ code: 'answer-lost', host: 'h' }), refused({ code: 'answer-lost', host: 'h' }), refused(DOWN)],
  ];
  for (const history of histories) {
    const stage = new Stage(anAccount({ history }));
    stage.outcome = () => SERVICE_DOWN;
    await stage.look();
    await stage.pass(10 * MINUTE);
    assert.equal(stage.reaches, 0);
  }
});

test('a day behind a filter that takes connections and lets no request through is fewer than twenty tries', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => DOWN;
  await stage.look();
  await stage.pass(DAY);
  assert.ok(stage.refreshes.length < 20, String(stage.refreshes.length));
  assert.ok(stage.wakes.length < 20);
});

test('a day of a service that is down is fewer than twenty tries', async () => {
  for (const failure of [SERVICE_DOWN, { code: 'rate-limited', retryAfterSeconds: 0 } as const]) {
    const stage = new Stage(expired());
    stage.outcome = () => failure;
    await stage.look();
    await stage.pass(DAY);
    assert.ok(stage.refreshes.length >= 4 && stage.refreshes.length < 20, String(stage.refreshes.length));
    assert.equal(stage.reaches, 0);
  }
});

test('a clock that was set is noticed at the next look, once', async () => {
  for (const by of [-YEAR, -31 * SECOND, 31 * SECOND, YEAR]) {
    const stage = new Stage(anAccount());
    await stage.look();
    stage.clock.set(NOW + by);
    assert.deepEqual(stage.wakes, []);
    for (let times = 0; times < 3; times++) await stage.look();
    assert.deepEqual(stage.wakes, ['clock-jump']);
    assert.equal(stage.clock.armed.size, 1);
    assert.equal(stage.refreshes.length, Math.abs(by) === YEAR ? 1 : 0);
  }
});

test('small corrections are no jump until they add up', async () => {
  const stage = new Stage(anAccount());
  await stage.look();
  for (let times = 0; times < 3; times++) {
    assert.deepEqual(stage.wakes, []);
    stage.clock.set(stage.clock.now() - 14 * SECOND);
    await stage.look();
  }
  assert.deepEqual(stage.wakes, ['clock-jump']);
});

test('nothing is judged while a jump is being noted, and one that happens meanwhile is noted, too', async () => {
  const failure: RefusalFailure = { code: 'rate-limited', retryAfterSeconds: 3_600 };
  const stage = new Stage(expired({ history: [{ at: NOW, kind: 'refused', failure }] }));
  await stage.look();
  stage.clock.set(NOW - YEAR);
  const letGo = held(stage);
  await stage.look();
  await stage.look();
  assert.deepEqual(stage.refreshes, []);
  stage.clock.set(NOW - 2 * YEAR);
  await stage.look();
  await letGo();
  assert.deepEqual(stage.wakes, ['clock-jump', 'clock-jump']);
  assert.equal(stage.clock.untilNext, HOUR);
  await stage.pass(HOUR);
  assert.equal(stage.refreshes.length, 1);
});

test('a person is told once, however late that is remembered', async () => {
  const history: readonly HistoryEvent[] = [{ at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }];
  const stage = new Stage(anAccount({ history }));
  const letGo = held(stage);
  for (let times = 0; times < 3; times++) await stage.look();
  await letGo();
  await stage.pass(10 * DAY);
  assert.deepEqual(stage.notifications, ['needs-sign-in']);
  assert.deepEqual(stage.refreshes, []);
});

test('the end of a login is told in time, also where its last token outlives it', async () => {
  const loginExpiresAt = NOW + 4 * DAY;
  const stage = new Stage(
    anAccount({ refreshable: false, loginExpiresAt, accessExpiresAt: loginExpiresAt + HOUR }),
  );
  await stage.look();
  await stage.pass(DAY);
  assert.deepEqual(stage.notifications, ['login-ends-in-3-days']);
  await stage.pass(2 * DAY);
  assert.deepEqual(stage.notifications, ['login-ends-in-3-days', 'login-ends-in-1-day']);
  await stage.pass(DAY + HOUR);
  assert.deepEqual(stage.notifications, ['login-ends-in-3-days', 'login-ends-in-1-day', 'needs-sign-in']);
});

test('a rescued credential is written again every five minutes until it is in the file', async () => {
  const stage = new Stage(anAccount({ whereabouts: 'own-folder' }));
  await stage.look();
  await stage.pass(HOUR);
  assert.equal(stage.saves, 13);
  stage.change({ whereabouts: 'config-file' });
  await stage.look();
  await stage.pass(HOUR);
  assert.equal(stage.saves, 13);
  // Another program took it out: nothing is written until the person decides.
  stage.change({ whereabouts: 'copy', history: [{ at: NOW, kind: 'removed' }] });
  await stage.look();
  await stage.pass(HOUR);
  assert.equal(stage.saves, 13);
});

const failures: readonly (RefusalFailure | null)[] = [
  null,
  DOWN,
  SERVICE_DOWN,
  { code: 'rate-limited', retryAfterSeconds: 0 },
  { code: 'rate-limited', retryAfterSeconds: 7_200 },
  { code: 'request-malformed', message: '', requestId: null },
];
const jump = fc.record({
  after: fc.integer({ min: 1, max: 8 * HOUR }),
  to: fc.integer({ min: -10 * YEAR, max: 10 * YEAR }),
});

test('no storm and no standstill, wherever the clock is set, whatever is answered, however late', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...failures), { minLength: 1, maxLength: 10 }),
      fc.array(jump, { maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
      async (outcomes, jumps, isServiceUp, isLate) => {
        const stage = new Stage(expired({ loginExpiresAt: NOW + YEAR }));
        stage.isServiceUp = isServiceUp;
        stage.outcome = () => outcomes[stage.refreshes.length % outcomes.length] ?? null;
        if (isLate) stage.takes = () => setImmediate();
        await stage.look();
        for (const { after, to } of jumps) {
          await stage.pass(after);
          stage.clock.set(NOW + to);
        }
        const settled = stage.clock.monotonic();
        // A jump is noticed at the next look at the latest.
        await stage.pass(40 * HOUR);
        const at = stage.refreshes.map((each) => each.at);
        const inAnHour = at.map((from) => at.filter((each) => each >= from && each < from + HOUR).length);
        assert.ok(Math.max(0, ...inAnHour) <= 60 + jumps.length);
        const later = [settled, ...at.filter((each) => each > settled), stage.clock.monotonic()];
        later.slice(1).forEach((each, index) => assert.ok(each - (later[index] ?? 0) <= 24 * HOUR));
        const ahead = stage.notifications.filter((topic) => topic !== 'needs-sign-in');
        assert.equal(new Set(ahead).size, ahead.length);
        // A service that renews a login past its told end begins a new episode each time.
        assert.ok(stage.notifications.length - ahead.length <= stage.renewals + 1);
        stage.keeper.stop();
        assert.equal(stage.clock.armed.size, 0);
      },
    ),
    { numRuns: 40 },
  );
});

test('an interface that changes is worth a try at once, and for a while every two seconds', async () => {
  const stage = new Stage(expired());
  stage.isServiceUp = false;
  stage.outcome = () => DOWN;
  await stage.look();
  await stage.pass(MINUTE);
  assert.equal(stage.interfaceChanges.size, 1);
  const before = stage.reaches;
  for (const onChange of stage.interfaceChanges) onChange();
  await stage.pass(19 * SECOND);
  assert.ok(stage.reaches - before >= 9, String(stage.reaches - before));
  stage.isServiceUp = true;
  stage.outcome = () => null;
  await stage.pass(10 * MINUTE);
  assert.ok(stage.renewals > 0);
  assert.equal(stage.interfaceChanges.size, 0, 'nobody listens any more');
});

const PROXY_LOGIN = {
  code: 'proxy-login',
  schemes: ['Basic'],
  given: false,
  proxy: 'p:1',
  as: 'system',
} as const satisfies RefusalFailure;

test('what bars the way is looked at ever more seldom, and tried within a tenth of the time once it does no more', async () => {
  const stage = new Stage(expired());
  stage.isServiceUp = false;
  stage.outcome = () => PROXY_LOGIN;
  await stage.look();
  await stage.pass(30 * MINUTE);
  assert.equal(stage.wakes.length, 0);
  stage.isServiceUp = true;
  stage.outcome = () => null;
  await stage.pass(4 * MINUTE);
  assert.equal(stage.renewals, 1);
});

test('… for a day not twice as often as each ten minutes, and at once where an interface changes', async () => {
  const stage = new Stage(expired());
  stage.isServiceUp = false;
  stage.outcome = () => PROXY_LOGIN;
  await stage.look();
  await stage.pass(DAY);
  assert.ok(stage.reaches > 100 && stage.reaches < 200, `${stage.reaches} connections`);
  stage.isServiceUp = true;
  stage.outcome = () => null;
  for (const onChange of stage.interfaceChanges) onChange();
  await stage.pass(5 * SECOND);
  assert.equal(stage.renewals, 1);
});

test('a proxy that has refused a password is given it by the plan alone, and at once in another network', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => ({ ...PROXY_LOGIN, given: true });
  await stage.look();
  await stage.pass(DAY);
  assert.equal(stage.reaches, 0, 'whoever gives a wrong password often is locked out');
  assert.ok(stage.refreshes.length < 20, `${stage.refreshes.length} tries`);
  stage.outcome = () => null;
  for (const onChange of stage.interfaceChanges) onChange();
  await stage.pass(10 * SECOND);
  assert.equal(stage.renewals, 1);
});

test('an interface that comes and goes all day gives a proxy a refused password no more than a few dozen times', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => ({ ...PROXY_LOGIN, given: true });
  stage.isServiceUp = false;
  await stage.look();
  const before = stage.refreshes.length;
  for (const onChange of stage.interfaceChanges) onChange();
  await stage.pass(HOUR);
  assert.ok(
    stage.refreshes.length - before < 8,
    `${stage.refreshes.length - before} in an hour after one change`,
  );
  for (let minutes = 0; minutes < 24 * 60; minutes++) {
    for (const onChange of stage.interfaceChanges) onChange();
    await stage.pass(MINUTE);
  }
  assert.equal(stage.reaches, 0);
  assert.ok(stage.refreshes.length < 50, `${stage.refreshes.length} tries`);
});

test('what answers in the service’s place is not looked at, and tried in another network: by the hour at most', async () => {
  const challenge: RefusalFailure = { code: 'network-challenge', host: 'h' };
  const stage = new Stage(expired());
  stage.outcome = () => challenge;
  await stage.look();
  await stage.pass(4 * HOUR);
  assert.equal(stage.reaches, 0);
  for (let networks = 0; networks < 24; networks++) {
    for (const onChange of stage.interfaceChanges) onChange();
    await stage.pass(10 * MINUTE);
  }
  assert.ok(stage.refreshes.length < 20, `${stage.refreshes.length} tries`);
  stage.outcome = () => null;
  await stage.pass(HOUR);
  for (const onChange of stage.interfaceChanges) onChange();
  await stage.pass(10 * SECOND);
  assert.equal(stage.renewals, 1);
});

for (const before of [1, 3]) {
  test(`the good network comes five minutes after another useless one, ${before} before it: tried within the hour`, async () => {
    const stage = new Stage(expired());
    stage.outcome = () => ({ code: 'network-challenge', host: 'h' });
    await stage.look();
    await stage.pass(4 * HOUR);
    for (let moves = before; moves > 0; moves--) {
      for (const onChange of stage.interfaceChanges) onChange();
      await stage.pass(moves === 1 ? 5 * MINUTE : 2 * HOUR);
    }
    stage.outcome = () => null;
    stage.isServiceUp = false;
    for (const onChange of stage.interfaceChanges) onChange();
    await stage.pass(MINUTE);
    stage.isServiceUp = true;
    const tried = stage.refreshes.length;
    await stage.pass(2 * MINUTE);
    assert.equal(stage.refreshes.length, tried, 'not at once');
    await stage.pass(HOUR);
    assert.equal(stage.renewals, 1);
  });
}

test('a network that was changed before the way was barred again is no other one', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => ({ code: 'network-challenge', host: 'h' });
  await stage.look();
  await stage.pass(4 * HOUR);
  for (let changes = 0; changes < 2; changes++) {
    for (const onChange of stage.interfaceChanges) onChange();
    await stage.pass(MINUTE);
  }
  // By hand.
  const now = stage.clock.now();
  stage.note({ at: now, kind: 'refreshed' });
  stage.change({ accessIssuedAt: now, accessExpiresAt: now + 8 * HOUR });
  await stage.look();
  const moves = stage.wakes.length;
  await stage.pass(10 * HOUR);
  assert.equal(stage.interfaceChanges.size, 1, 'barred again');
  assert.equal(stage.wakes.length, moves);
});

test('what takes connections and lets nothing through is left for another network: tried there at once', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => DOWN;
  await stage.look();
  await stage.pass(3 * HOUR);
  const before = stage.refreshes.length;
  stage.outcome = () => null;
  for (const onChange of stage.interfaceChanges) onChange();
  // The answer of the connection.
  for (let turns = 0; turns < 4; turns++) await setImmediate();
  await stage.pass(MINUTE);
  assert.equal(stage.renewals, 1, `${before} tries before`);
  assert.equal(stage.wakes.at(-1), 'another-network');
});

test('an interface that comes and goes, behind such a network, makes no storm', async () => {
  const untrusted: RefusalFailure = { code: 'connection-untrusted', host: 'h', reason: 'self-signed' };
  for (const failure of [DOWN, untrusted]) {
    const stage = new Stage(expired());
    stage.outcome = () => failure;
    await stage.look();
    for (let minutes = 0; minutes < 24 * 60; minutes++) {
      for (const onChange of stage.interfaceChanges) onChange();
      await stage.pass(MINUTE);
    }
    const [tries, wakes] = [stage.refreshes.length, stage.wakes.length];
    assert.ok(tries < 40 && wakes < 60, `${failure.code}: ${tries} tries, ${wakes} wakes`);
  }
});

test('an interface that comes and goes all day has a connection tried twice as often as none at most', async () => {
  const stage = new Stage(expired());
  stage.isServiceUp = false;
  stage.outcome = () => DOWN;
  await stage.look();
  for (let changes = 0; changes < (6 * HOUR) / (30 * SECOND); changes++) {
    for (const onChange of stage.interfaceChanges) onChange();
    await stage.pass(30 * SECOND);
  }
  assert.ok(stage.reaches <= 60 + (2 * 6 * HOUR) / (30 * SECOND), `${stage.reaches} connections`);
});

test('several interfaces change one after the other, then the network is another one: tried there at once', async () => {
  const stage = new Stage(expired());
  stage.outcome = () => DOWN;
  await stage.look();
  for (const seconds of [60, 4, 4, 32, 8 * 60]) {
    await stage.pass(seconds * SECOND);
    if (seconds > 60) stage.outcome = () => null;
    for (const onChange of stage.interfaceChanges) onChange();
    for (let turns = 0; turns < 4; turns++) await setImmediate();
  }
  await stage.pass(2 * MINUTE);
  assert.equal(stage.renewals, 1);
});
