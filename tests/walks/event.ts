import type { Login } from '../../src-main/login/login.ts';
import type { World } from './world.ts';

/** Numbers from 0 to 1, by which is chosen. */
export type Chance = () => number;

/** Something that happens. */
export interface Event {
  /** How often, beside the others; 1 when left out. */
  readonly weight?: number;
  /** Whether it makes sense just now. */
  readonly isPossible?: (world: World) => boolean;
  /** A string that comes of it goes on where its name ends. */
  readonly happens: (world: World, chance: Chance) => unknown;
}

export type Events = Readonly<Record<string, Event>>;

/** @throws RangeError where there is nothing to choose from */
export function pick<T>(choices: readonly T[], chance: Chance): T {
  const choice = choices[Math.floor(chance() * choices.length)];
  if (choice === undefined) throw new RangeError('nothing to choose from');
  return choice;
}

/** The ids of the accounts that are told as lost, and can be put back. */
export function lostIds({ snapshot }: Login): readonly string[] {
  return snapshot.accounts
    .filter(({ troubles }) =>
      troubles.some(({ code }) => code === 'entry-removed' || code === 'entry-replaced'),
    )
    .map(({ id }) => id);
}
