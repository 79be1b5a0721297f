import { seededRandom } from '../support/seeded-random.ts';
import { EVENTS } from './events.ts';
import { getWell, offences, unkept, type Violation } from './oracle.ts';
import { signIn } from './people.ts';
import type { Planned } from './plan.ts';
import { World } from './world.ts';

/** How a walk went. */
export interface Walk {
  /** What happened, a line each. */
  readonly lines: readonly string[];
  /** Events that happened: what was not possible at its time is none. */
  readonly count: number;
  readonly violations: readonly Violation[];
}

/** Ada signs in, then happens what is planned, and then all is well and a day passes. Every second seed has a keychain. */
export async function walk(seed: number, planned: readonly Planned[]): Promise<Walk> {
  const hasKeychain = seed % 2 === 0;
  const world = await World.make(hasKeychain);
  const { service, file, texts } = world;
  const lines = [hasKeychain ? 'There is a keychain.' : 'There is no keychain.'];
  let count = 0;
  const step = async (name: string, happens: () => unknown) => {
    service.turn += 1;
    const answer = await happens();
    lines.push(typeof answer === 'string' ? `${name} ${answer}` : name);
    await world.idle();
    if (world.wasKilled) {
      lines.push('(the app was killed, and is started)');
      await world.startApp();
    }
    const text = await file.text();
    if (text !== null && (await file.entries()) !== null && !texts.includes(text)) texts.push(text);
    return offences(world);
  };
  try {
    await world.startApp();
    let violations = await step('ada signs in:', () =>
      world.app?.do((login) => signIn(login, world, () => 0)),
    );
    for (const { place, name, seed: chance } of planned) {
      const event = EVENTS[name];
      if (violations.length > 0) break;
      if (event === undefined || event.isPossible?.(world) === false) continue;
      count += 1;
      violations = await step(`${place}. ${name}`, () => event.happens(world, seededRandom(chance)));
    }
    if (violations.length === 0) violations = await step('all gets well', () => getWell(world));
    if (violations.length === 0) violations = [...(await unkept(world)), ...offences(world)];
    return { lines, count, violations };
  } catch (error) {
    world.onFault(error);
    return { lines, count, violations: offences(world) };
  } finally {
    await world.end();
  }
}
