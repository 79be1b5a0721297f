import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { reset, send, type Answer } from './answer.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** How an endpoint behaves instead of well; `refusals.ts` has the answers of `facts.md` section 1 by name. */
export const moodSchema = v.strictObject({
  endpoint: v.picklist(['authorize', 'token', 'revocation', 'profile', 'models']),
  /** How many requests it lasts; until the next mood where it is left out. */
  times: v.optional(count),
  behaviour: v.variant('kind', [
    v.strictObject({ kind: v.literal('well') }),
    /** Answers this, and carries nothing out. */
    v.strictObject({
      kind: v.literal('answer'),
      status: v.pipe(count, v.minValue(200), v.maxValue(599)),
      body: v.optional(v.unknown()),
      headers: v.optional(v.record(v.string(), v.string()), {}),
    }),
    /** The connection is reset before the request is looked at. */
    v.strictObject({ kind: v.literal('reset') }),
    /** Never answers, and carries nothing out. */
    v.strictObject({ kind: v.literal('hang') }),
    v.strictObject({ kind: v.literal('slow'), milliseconds: count }),
    /** The server's `Date` is that far ahead; negative: behind. */
    v.strictObject({ kind: v.literal('clock'), aheadSeconds: v.number() }),
    /** Token and profile: the request is carried out and its answer lost. */
    v.strictObject({ kind: v.literal('lose-answer') }),
    /** Token and profile: changes fields of a good answer; `null` takes one away. */
    v.strictObject({ kind: v.literal('change'), fields: v.record(v.string(), v.unknown()) }),
    /** Authorize: the browser comes back to the app with this error at once (RFC 6749 section 4.1.2.1). */
    v.strictObject({ kind: v.literal('authorization-error'), error: v.string() }),
  ]),
});

export type Mood = v.InferInput<typeof moodSchema>;
export type Behaviour = v.InferOutput<typeof moodSchema>['behaviour'];
export type MoodyEndpoint = Mood['endpoint'];

/** The moods of the moment, at most one an endpoint. */
export class Moods {
  readonly #moods = new Map<MoodyEndpoint, { behaviour: Behaviour; left: number }>();

  /** @throws v.ValiError when it is none */
  set(mood: Mood): void {
    const { endpoint, behaviour, times } = v.parse(moodSchema, mood);
    this.#moods.set(endpoint, { behaviour, left: times ?? Infinity });
  }

  /** The behaviour for the next request of an endpoint. */
  next(endpoint: MoodyEndpoint): Behaviour {
    const mood = this.#moods.get(endpoint);
    if (mood === undefined) return { kind: 'well' };
    mood.left -= 1;
    if (mood.left === 0) this.#moods.delete(endpoint);
    return mood.behaviour;
  }
}

/** What a mood does before a request is carried out; false where it is not to be carried out at all. */
export async function behaveBefore(behaviour: Behaviour, response: ServerResponse): Promise<boolean> {
  switch (behaviour.kind) {
    case 'answer':
      send(response, behaviour);
      return false;
    case 'reset':
      reset(response);
      return false;
    case 'hang':
      return false;
    case 'slow':
      await sleep(behaviour.milliseconds, undefined, { ref: false });
      return true;
    case 'clock':
      response.setHeader('Date', new Date(Date.now() + behaviour.aheadSeconds * 1_000).toUTCString());
      return true;
    case 'well':
    case 'lose-answer':
    case 'change':
    case 'authorization-error':
      return true;
  }
}

/** Sends what an endpoint answers, as its mood will have it. */
export function sendInMood(behaviour: Behaviour, response: ServerResponse, answer: Answer): void {
  if (behaviour.kind === 'lose-answer') {
    reset(response);
    return;
  }
  const good = answer.status === 200 && behaviour.kind === 'change';
  send(response, good ? { ...answer, body: changed(answer.body as object, behaviour.fields) } : answer);
}

function changed(body: object, fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries({ ...body, ...fields }).filter(([, value]) => value !== null));
}
