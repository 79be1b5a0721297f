import type { Surroundings } from '../src-main/domain/snapshot.ts';

/** A circumstance worth a line at the window's top. */
export interface Circumstance {
  readonly short: string;
  readonly explanation: string;
}

export function circumstancesOf(surroundings: Surroundings): readonly Circumstance[] {
  const { practice, otherEndpoints, standInRuntime, sandboxOff, configFile } = surroundings;
  const circumstances: Circumstance[] = [];
  if (practice) {
    circumstances.push({
      short: 'Practice',
      explanation: `Sign-ins go to the practice server on this machine and are kept in ${configFile}. No real account is touched.`,
    });
  }
  // Practice has endpoints of its own by nature.
  if (otherEndpoints !== null && !practice) {
    circumstances.push({
      short: 'Other endpoints',
      explanation: `Not Anthropic's own addresses, but: ${otherEndpoints.join(', ')}.`,
    });
  }
  if (standInRuntime !== null) {
    circumstances.push({
      short: 'Stand-in runtime',
      explanation: `Runs on ${standInRuntime}, whose origin nobody can vouch for: it may talk to this machine only.`,
    });
  }
  if (sandboxOff) {
    circumstances.push({
      short: 'Sandbox off',
      explanation: "Chromium's sandbox is off, as it has to be for root and in containers.",
    });
  }
  return circumstances;
}
