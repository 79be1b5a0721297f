import { HOUR, SECOND, type Instant } from '../../domain/instant.ts';
import type { Permission, Question } from '../../domain/serving.ts';
import type { Clock } from '../clock.ts';

/** How long a person has. */
export const PATIENCE = 30 * SECOND;
/** For so long a program that got a no gets another without the person being asked. */
const QUIET = 30 * SECOND;
/** Whoever comes later is refused: nobody answers so many. */
const MOST_WAITING = 200;

export type Decision = 'allowed' | 'denied' | 'unanswered';

interface Waiting extends Question {
  readonly decide: (decision: Decision) => void;
}

/** Asks the person whether a program may have a token. Requests of one program for one account are one question. */
export class Questions {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #waiting = new Set<Waiting>();
  /** By program and account: since when it is allowed, and since when it is not. */
  readonly #allowed = new Map<string, Instant>();
  readonly #denied = new Map<string, Instant>();
  #lastId = 0;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** What a person sees: of each program's requests the oldest. */
  get open(): readonly Question[] {
    const first = new Map<string, Question>();
    for (const { id, program, accountId, until } of this.#waiting) {
      const key = keyOf(program, accountId);
      if (!first.has(key)) first.set(key, { id, program, accountId, until });
    }
    return [...first.values()];
  }

  /** @param gone aborted when the program hangs up: then nobody needs to answer */
  async ask(program: string | null, accountId: string, gone: AbortSignal): Promise<Decision> {
    const key = keyOf(program, accountId);
    if (this.#isWithin(this.#allowed.get(key), HOUR)) return 'allowed';
    if (this.#isWithin(this.#denied.get(key), QUIET)) return 'denied';
    if (gone.aborted || this.#waiting.size >= MOST_WAITING) return 'unanswered';
    const { promise, resolve } = Promise.withResolvers<Decision>();
    const until = this.#clock.now() + PATIENCE;
    const waiting: Waiting = { id: ++this.#lastId, program, accountId, until, decide: resolve };
    this.#waiting.add(waiting);
    const expire = () => resolve('unanswered');
    const cancel = this.#clock.after(PATIENCE, expire);
    gone.addEventListener('abort', expire);
    this.#onChange();
    try {
      return await promise;
    } finally {
      cancel();
      gone.removeEventListener('abort', expire);
      this.#waiting.delete(waiting);
      this.#onChange();
    }
  }

  /** The person's word; one that comes too late changes nothing. */
  answer(id: number, permission: Permission): void {
    const asked = [...this.#waiting].find((each) => each.id === id);
    if (asked === undefined) return;
    const key = keyOf(asked.program, asked.accountId);
    if (permission === 'once') {
      asked.decide('allowed');
      return;
    }
    const now = this.#clock.now();
    if (permission === 'hour') this.#allowed.set(key, now);
    else this.#denied.set(key, now);
    for (const each of this.#waiting) {
      if (keyOf(each.program, each.accountId) === key)
        each.decide(permission === 'hour' ? 'allowed' : 'denied');
    }
  }

  /** What was allowed for an hour is not any more. */
  forget(): void {
    this.#allowed.clear();
    this.#denied.clear();
  }

  /** A clock that was set back prolongs nothing. */
  #isWithin(since: Instant | undefined, time: number): boolean {
    const age = this.#clock.now() - (since ?? -Infinity);
    return age >= 0 && age < time;
  }
}

function keyOf(program: string | null, accountId: string): string {
  return JSON.stringify([program, accountId]);
}
