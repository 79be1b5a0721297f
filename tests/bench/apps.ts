import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/paths.mjs';
import { startApp, type RunningApp } from '../support/desktop/app.ts';

/** Latchkey and the least an Electron tray app can be, on the same runtime. */
export const APPS = ['latchkey', 'bare'] as const;
export type AppName = (typeof APPS)[number];
export type PerApp<T> = Record<AppName, T>;

const home = mkdtempSync(join(tmpdir(), 'bench-'));

/** Nobody's files. */
export const signedOut = {
  LATCHKEY_CONFIG_FILE: join(home, 'config.yaml'),
  LATCHKEY_DATA_DIR: join(home, 'data'),
};

/**
 * Starts the app. Every start of an app finds the files of the one before.
 *
 * @param environment whose login Latchkey finds: nobody's when left out
 */
export function start(name: AppName, environment: Readonly<Record<string, string>> = signedOut): RunningApp {
  if (name === 'bare') return startApp({ folder: join(root, 'tests', 'bench', 'bare-tray-app') });
  return startApp({ environment });
}

/** See `inTurn`. */
export function interleave<T>(times: number, measure: (name: AppName) => Promise<T>): Promise<PerApp<T[]>> {
  return inTurn(APPS, times, measure);
}

/**
 * Measures two in turn, so that what else the machine does strikes both alike. The first pair warms the caches and does
 * not count.
 */
export async function inTurn<Name extends string, T>(
  names: readonly [Name, Name],
  times: number,
  measure: (name: Name) => Promise<T>,
): Promise<Record<Name, T[]>> {
  const [one, other] = names;
  const values = { [one]: [], [other]: [] } as unknown as Record<Name, T[]>;
  for (let round = 0; round <= times; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) {
      const value = await measure(name);
      if (round > 0) values[name].push(value);
    }
  }
  return values;
}
