import { isRescued } from '../../domain/whereabouts.ts';
import { lastGood, type NotificationTopic } from '../../domain/history.ts';
import type { Instant } from '../../domain/instant.ts';
import { DAY, MINUTE, SECOND } from '../../domain/instant.ts';
import { dueNotification, nextNotificationAt } from '../../domain/notifications.ts';
import { planRefresh, refreshLead } from '../../domain/refresh-policy.ts';
import type { Account } from '../../domain/snapshot.ts';
import { WayWatch, type WayPorts } from './way-watch.ts';

/** What the keeper looks at and what it can have done. None of it rejects. */
export interface KeeperPorts extends WayPorts {
  readonly refresh: (id: string) => Promise<void>;
  /** Loads what a refresh needs. */
  readonly prepare: () => Promise<void>;
  /** Tells the person, and remembers that; `null` where there is nobody to tell. */
  readonly notify: ((id: string, topic: NotificationTopic) => Promise<void>) | null;
  readonly saveAgain: () => Promise<void>;
  /** 0 to 1, as `Math.random`. */
  readonly random: () => number;
}

/** `setTimeout` counts in 32 bits: about 24.8 days. */
const FARTHEST = 24 * DAY;
/** Wall clock and monotonic clock drift apart by more than this only when somebody sets one, or in sleep. */
const CLOCK_JUMP = 30 * SECOND;
const SAVE_INTERVAL = 5 * MINUTE;
/** Several accounts due at once are spread over this time. */
const SPREAD = 10 * SECOND;
/** One that is due still is not begun again before: what changes nothing would else take all of the processor. */
const PAUSE = 10 * SECOND;
/**
 * A machine that sleeps may wake for moments without saying so, as a Mac does all night: a renewal that is due begins then,
 * of all times, and is cut off behind its request. So many times such a while is let pass before it counts as awake.
 */
const MOMENT = MINUTE;
const MOMENTS = 15;
/** A renewal that is due begins within so much, or a tenth of the lead where that is shorter. */
const LEEWAY = MINUTE;

/**
 * Keeps the logins alive: one timer to the next instant at which something is due. Whatever wakes it asks the policies
 * of `domain/`; nothing else decides.
 */
export class Keeper {
  readonly #ports: KeeperPorts;
  readonly #busy = new Set<string>();
  /** Accounts whose turn comes a little later, so that not all ask at once: when, by the monotonic clock. */
  readonly #heldBack = new Map<string, number>();
  /** Of each account the instant that was planned, and when its renewal begins. */
  readonly #leeways = new Map<string, { readonly at: Instant; readonly until: Instant }>();
  readonly #way: WayWatch;
  #isPrepared = false;
  #clockOffset: number;
  #lastSave = -Infinity;
  #cancelTimer: () => void = () => undefined;
  #isStopped = false;
  /** So many moments are left of its sleep; 0: it is awake. */
  #sleepLeft = 0;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
    this.#way = new WayWatch(ports, () => this.look());
    this.#clockOffset = this.#offset();
  }

  /** Does what is due and arms the timer for what is due next. To be called after every change. */
  look(): void {
    // What was noted by another clock is judged once the jump is noted, too.
    if (this.#isStopped || this.#sleepLeft > 0 || this.#busy.has('clock')) return;
    if (this.#hasClockJumped()) {
      this.#leeways.clear();
      this.#run('clock', () => this.#ports.woke('clock-jump'));
      return;
    }
    const { clock } = this.#ports;
    const now = clock.now();
    const next = Math.min(
      ...this.#ports.accounts().map((account) => this.#lookAfter(account, now)),
      this.#tryWay(),
      this.#save(),
      now + FARTHEST,
    );
    // Only now: what was begun above may have looked as well.
    this.#cancelTimer();
    this.#cancelTimer = clock.after(Math.max(0, next - now), () => this.look());
  }

  /** The machine is about to sleep: nothing begins before it says that it is awake, or has been for long. */
  sleep(): void {
    this.#sleepLeft = MOMENTS;
    this.#doze();
  }

  /** The machine is awake. Looks at nothing yet: what happened meanwhile is to be noted first. */
  wake(): void {
    this.#sleepLeft = 0;
    this.#leeways.clear();
  }

  #doze(): void {
    this.#cancelTimer();
    if (this.#isStopped) return;
    this.#cancelTimer = this.#ports.clock.after(MOMENT, () => {
      this.#sleepLeft = Math.max(0, this.#sleepLeft - 1);
      if (this.#sleepLeft > 0) this.#doze();
      else this.look();
    });
  }

  /** No timer is left, and nothing new begins; what is under way goes on. */
  stop(): void {
    this.#isStopped = true;
    this.#way.stop();
    this.#cancelTimer();
  }

  /** Answers the instant at which there is something to do for this account. */
  #lookAfter(account: Account, now: Instant): Instant {
    const { id } = account;
    const notificationAt = this.#notify(account, now);
    const at = this.#refreshAt(account, now);
    if (at !== null) this.#prepare();
    if (at === null || at > now || this.#busy.has(`refresh ${id}`)) {
      this.#heldBack.delete(id);
      return at !== null && at > now ? Math.min(notificationAt, at) : notificationAt;
    }
    const heldBackFor = (this.#heldBack.get(id) ?? -Infinity) - this.#ports.clock.monotonic();
    if (heldBackFor > 0) return Math.min(notificationAt, now + heldBackFor);
    this.#refresh(account);
    return notificationAt;
  }

  /** Answers the instant of the next notification. */
  #notify(account: Account, now: Instant): Instant {
    const { notify } = this.#ports;
    if (notify === null) return Infinity;
    const { id, history } = account;
    const topic = dueNotification(account, history, now);
    if (topic !== null) this.#run(`notify ${id}`, () => notify(id, topic));
    return nextNotificationAt(account, now) ?? Infinity;
  }

  /**
   * Whoever else keeps the same login has the same plan, to the millisecond, and not every folder lets locks through (one
   * that a virtual machine shares, or several computers do). Whoever comes second finds what the first has got: so who
   * got the last one from another keeper lets that one begin, also on waking and when the network is back.
   */
  #refreshAt(account: Account, now: Instant): Instant | null {
    const { id, history, accessIssuedAt, accessExpiresAt } = account;
    const { at, reason } = planRefresh(account, history, now);
    const isSecond = lastGood(history)?.kind === 'adopted';
    const waits = isSecond ? ['before-expiry', 'expired', 'network-back'] : ['before-expiry'];
    if (at === null || accessExpiresAt === null || !waits.includes(reason)) return at;
    let leeway = this.#leeways.get(id);
    // A plan for now has another instant at each look.
    const isSame = leeway !== undefined && (leeway.at === at || (leeway.at <= now && at <= now));
    if (leeway === undefined || !isSame) {
      const most = Math.min(LEEWAY, refreshLead(accessIssuedAt, accessExpiresAt) / 10);
      const until = (isSecond ? Math.max(at, now) + 2 * most : at) + most * this.#ports.random();
      leeway = { at, until };
      this.#leeways.set(id, leeway);
    }
    return leeway.until;
  }

  #refresh({ id }: Account): void {
    this.#heldBack.delete(id);
    this.#leeways.delete(id);
    // Others that are due now as well have their turn a little later.
    const { clock, accounts, random } = this.#ports;
    const now = clock.now();
    for (const other of accounts()) {
      const { at } = planRefresh(other, other.history, now);
      if (other.id === id || at === null || at > now || this.#heldBack.has(other.id)) continue;
      this.#heldBack.set(other.id, clock.monotonic() + SPREAD * random());
    }
    this.#run(`refresh ${id}`, async () => {
      await this.#ports.refresh(id);
      this.#heldBack.set(id, clock.monotonic() + PAUSE);
    });
  }

  /** Once, and ahead: an update, or a checkout that is built anew, may put other files in their place meanwhile. */
  #prepare(): void {
    if (this.#isPrepared) return;
    this.#isPrepared = true;
    this.#run('prepare', () => this.#ports.prepare());
  }

  #tryWay(): Instant {
    const at = this.#way.dueAt();
    if (this.#busy.has('way')) return Infinity;
    if (at > this.#ports.clock.now()) return at;
    this.#run('way', () => this.#way.tryIt());
    return Infinity;
  }

  /** While a credential is not in the config file: tries to write it now and then. */
  #save(): Instant {
    const { clock, accounts } = this.#ports;
    if (!accounts().some(isRescued) || this.#busy.has('save')) return Infinity;
    const dueIn = this.#lastSave + SAVE_INTERVAL - clock.monotonic();
    if (dueIn > 0) return clock.now() + dueIn;
    this.#lastSave = clock.monotonic();
    this.#run('save', () => this.#ports.saveAgain());
    return Infinity;
  }

  /** One piece of work of a kind at a time; looks again when it has ended. */
  #run(kind: string, work: () => Promise<void>): void {
    if (this.#busy.has(kind)) return;
    this.#busy.add(kind);
    void work().finally(() => {
      this.#busy.delete(kind);
      this.look();
    });
  }

  #hasClockJumped(): boolean {
    const offset = this.#offset();
    // Many small steps are a jump, too: compared is with the last one noted.
    if (Math.abs(offset - this.#clockOffset) <= CLOCK_JUMP) return false;
    this.#clockOffset = offset;
    return true;
  }

  #offset(): number {
    return this.#ports.clock.now() - this.#ports.clock.monotonic();
  }
}
