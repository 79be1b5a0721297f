import {
  isHeldUpByWay,
  movesInARow,
  refusalsInARow,
  waitsForConnection,
  waitsForNetwork,
  waitsForPassword,
  type HistoryEvent,
  type WakeCause,
} from '../../domain/history.ts';
import { HOUR, MINUTE, SECOND, type Instant } from '../../domain/instant.ts';
import { planRefresh } from '../../domain/refresh-policy.ts';
import type { Account } from '../../domain/snapshot.ts';
import type { Clock } from '../clock.ts';

/** None of it rejects. */
export interface WayPorts {
  readonly clock: Clock;
  readonly accounts: () => readonly Account[];
  /** Whether the service can be connected to. Nothing is asked of it. */
  readonly isReachable: () => Promise<boolean>;
  /** Remembers that the machine, the network or the clock has changed. */
  readonly woke: (by: WakeCause) => Promise<void>;
  /** Calls back soon after an interface of this machine has changed; the answer ends it. */
  readonly watchInterfaces: (onChange: () => void) => () => void;
}

/** While the network is down: how often a mere connection is tried, so that service resumes within a minute. */
const REACH_INTERVAL = 30 * SECOND;
/** The same for a while after an interface has changed: addresses, names and routes come one by one. */
const CHANGE_INTERVAL = 2 * SECOND;
/** Longer than a connection takes at most: the first may still hang by the name servers from before. */
const CHANGE_LASTS = 45 * SECOND;
/** Of those so many at once, and then one each `REACH_INTERVAL`: an interface may come and go all day. */
const CHANGE_REACHES = 60;
/** What else bars the way may do so for good: it is looked at after each tenth of the time that it has, up to so much. */
const LONGEST_REACH_INTERVAL = 10 * MINUTE;
/** An interface that comes and goes is no other network each time: doubled for each that made no difference, up to an hour. */
const MOVE_INTERVAL = 10 * MINUTE;
const LONGEST_MOVE_INTERVAL = HOUR;

/** What is worth a connection, and when. */
interface Prospect {
  /** The instant, by the monotonic clock. */
  readonly at: number;
  /** Whether another network is tried, whatever answered in the one before. */
  readonly isElsewhere: boolean;
  /** Whether that is so soon after a change that it counts among `CHANGE_REACHES`. */
  readonly isJustChanged: boolean;
  /** Whether a connection gives a refused password away once more: the renewal is the one try there, without another. */
  readonly isCostly: boolean;
}

/**
 * While something on the way to the service holds an account up: a connection is tried now and then, and soon after an
 * interface has changed, since nobody tells when the way is free. What answers in the service's place is worth a try in
 * another network.
 */
export class WayWatch {
  readonly #ports: WayPorts;
  readonly #onChange: () => void;
  #unwatch: (() => void) | null = null;
  /** When an interface has changed, a connection was tried, and another network was; by the monotonic clock. */
  #changedAt = -Infinity;
  #triedAt = -Infinity;
  #movedAt = -Infinity;
  #changeReaches = CHANGE_REACHES;
  #isStopped = false;

  /** @param onChange hears of it when `dueAt` has changed by itself */
  constructor(ports: WayPorts, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  /** When a connection is to be tried; `Infinity` while nothing is in the way. */
  dueAt(): Instant {
    const { clock } = this.#ports;
    return clock.now() + Math.max(0, this.#prospect().at - clock.monotonic());
  }

  /** Tries a connection, and notes that one can be had. Never rejects. */
  async tryIt(): Promise<void> {
    const { isElsewhere, isJustChanged, isCostly } = this.#prospect();
    const now = this.#ports.clock.monotonic();
    this.#changeReaches = Math.max(0, this.#reachesLeft(now) - (isJustChanged ? 1 : 0));
    this.#triedAt = now;
    const isReachable = isCostly || (await this.#ports.isReachable());
    if (!isReachable || this.#isStopped) return;
    if (isElsewhere) this.#movedAt = now;
    await this.#ports.woke(isElsewhere ? 'another-network' : 'network');
  }

  stop(): void {
    this.#isStopped = true;
    this.#watch(false);
  }

  #prospect(): Prospect {
    const { clock, accounts } = this.#ports;
    const heldUp = accounts().filter(
      (account) =>
        isHeldUpByWay(account.history) && planRefresh(account, account.history, clock.now()).at !== null,
    );
    this.#watch(heldUp.length > 0);
    const now = clock.monotonic();
    // One that comes too soon after another is put off: the one before may have been the way to it.
    const moveAt = this.#changedAt > this.#movedAt ? this.#movedAt + moveInterval(heldUp) : Infinity;
    const isElsewhere = moveAt <= now;
    const isJustChanged = now - this.#changedAt < CHANGE_LASTS;
    const waiting = heldUp.filter(({ history }) => waitsForConnection(history));
    const isCostly = heldUp.some(({ history }) => waitsForPassword(history));
    const told = { isElsewhere, isJustChanged, isCostly };
    if (isCostly || (waiting.length === 0 && !isElsewhere)) return { at: moveAt, ...told };
    const lastTry = clock.now() - (now - this.#triedAt);
    const calm = Math.min(
      LONGEST_REACH_INTERVAL,
      ...waiting.map(({ history }) => reachInterval(history, lastTry)),
    );
    const hurried = this.#reachesLeft(now) < 1 ? REACH_INTERVAL : CHANGE_INTERVAL;
    return { at: this.#triedAt + (isJustChanged ? hurried : calm), ...told };
  }

  #reachesLeft(now: number): number {
    return Math.min(CHANGE_REACHES, this.#changeReaches + (now - this.#triedAt) / REACH_INTERVAL);
  }

  /** Whether changes of the interfaces are to be heard of. */
  #watch(isWanted: boolean): void {
    if (!isWanted) {
      this.#unwatch?.();
      this.#unwatch = null;
      this.#changedAt = -Infinity;
    } else {
      this.#unwatch ??= this.#ports.watchInterfaces(() => {
        this.#changedAt = this.#ports.clock.monotonic();
        this.#onChange();
      });
    }
  }
}

function moveInterval(heldUp: readonly Account[]): number {
  const moves = Math.max(0, ...heldUp.map(({ history }) => movesInARow(history)));
  return Math.min(MOVE_INTERVAL * 2 ** moves, LONGEST_MOVE_INTERVAL);
}

/** After how long a connection is tried again where no interface has changed. @param last when one was tried, if ever */
function reachInterval(history: readonly HistoryEvent[], last: Instant): number {
  if (waitsForNetwork(history)) return REACH_INTERVAL;
  const since = refusalsInARow(history)[0]?.at ?? last;
  return Math.min(Math.max(REACH_INTERVAL, Math.round((last - since) / 10)), LONGEST_REACH_INTERVAL);
}
