import type { Event, Events } from './event.ts';
import { MACHINE } from './machine.ts';
import { PEOPLE } from './people.ts';
import { OTHER_PROGRAMS } from './programs.ts';

const WHOLE: Events = { ...PEOPLE, ...OTHER_PROGRAMS, ...MACHINE };

/**
 * In what the app may be killed. Not as it learns that somebody else has signed in over ours: ours is offered then once
 * theirs is refused, and not before.
 */
const CUT_SHORT = [
  'the app refreshes',
  'somebody signs in',
  'the person puts back what is lost',
  'secrets move',
  'time passes',
  'another program renews',
  'another program renames an entry',
  'another program takes an entry out',
  'another program makes the file a link',
  'another program mends the file',
];

/** Whatever may happen in a walk, by name. */
export const EVENTS: Events = {
  ...WHOLE,
  ...Object.fromEntries(CUT_SHORT.map((name) => [`${name}, and the app is killed`, cutShort(name)])),
};

/** Killed at any of the changes of files that it comes to. */
function cutShort(name: string): Event {
  const event = WHOLE[name];
  if (event === undefined) throw new RangeError(`there is no event ${name}`);
  return {
    weight: (event.weight ?? 1) / 5,
    isPossible: (world) => world.app !== null && event.isPossible?.(world) !== false,
    happens: async (world, chance) => {
      const { app } = world;
      if (app === null) return undefined;
      app.process.changesLeft = Math.floor(chance() * 60);
      const answer = await event.happens(world, chance);
      await world.idle();
      app.process.changesLeft = Infinity;
      return answer;
    },
  };
}
