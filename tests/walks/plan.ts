import { seededRandom } from '../support/seeded-random.ts';
import { EVENTS } from './events.ts';

/** An event that is to happen, and the seed of what is left to chance in it. */
export interface Planned {
  /** Its place in the seed's order, by which it can be asked for. */
  readonly place: number;
  readonly name: string;
  readonly seed: number;
}

/** What happens with a seed: the same for ever, as long as the table of events is. */
export function plan(
  seed: number,
  { least, most }: { readonly least: number; readonly most: number },
): readonly Planned[] {
  const random = seededRandom(seed);
  const count = least + Math.floor(random() * (most - least + 1));
  // Each seed has favourites of its own, so that what seldom meets by chance does meet.
  const weights = Object.values(EVENTS).map(
    ({ weight = 1 }) => weight * (random() < 0.35 ? 0.1 : 0.3 + random() * 2),
  );
  const names = Object.keys(EVENTS);
  const sum = weights.reduce((before, weight) => before + weight, 0);
  return Array.from({ length: count }, (_, index) => {
    let rest = random() * sum;
    const at = weights.findIndex((weight) => (rest -= weight) < 0);
    return { place: index + 1, name: names.at(at) ?? '', seed: Math.floor(random() * 2 ** 32) };
  });
}
