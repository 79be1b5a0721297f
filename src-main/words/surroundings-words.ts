import type { Surroundings } from '../domain/snapshot.ts';
import type { Words } from './words.ts';

/** A circumstance worth a line at the window's top. */
export interface Circumstance {
  readonly short: string;
  readonly explanation: string;
}

export function describeSurroundings(words: Words, surroundings: Surroundings): readonly Circumstance[] {
  const { practice, otherEndpoints, standInRuntime, sandboxOff, configFile } = surroundings;
  const told = words.window.circumstances;
  const circumstances: Circumstance[] = [];
  if (practice) {
    circumstances.push({
      short: told.practice.short,
      explanation: told.practice.explanation(words.format.path(configFile)),
    });
  }
  // Practice has endpoints of its own by nature.
  if (otherEndpoints !== null && !practice) {
    circumstances.push({
      short: told.otherEndpoints.short,
      explanation: told.otherEndpoints.explanation(words.format.list(otherEndpoints)),
    });
  }
  if (standInRuntime !== null) {
    circumstances.push({
      short: told.standInRuntime.short,
      explanation: told.standInRuntime.explanation(standInRuntime),
    });
  }
  if (sandboxOff) circumstances.push(told.sandboxOff);
  return circumstances;
}
