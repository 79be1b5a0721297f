import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningApp } from '../support/desktop/app.ts';
import { closeAppWindow, openWindow } from './app-window.ts';
import { interleave, start, type AppName, type PerApp } from './apps.ts';
import { watchBus, type BusWatch } from './bus-watch.ts';
import { median, type Figure } from './figure.ts';
import { signIn } from './signed-in.ts';

const TIMES = 10;
const LIMIT = 1.3;
const LIMIT_MS = 300;
/** From the icon in the tray to the click, in milliseconds: a person takes longer to get there. */
const SETTLING = 3_000;
/** From the window's end to the next click. */
const BETWEEN = 1_000;

interface Openings {
  /** The first since the app's start, in milliseconds. */
  readonly first: number;
  /** The next, in the same process. */
  readonly second: number;
}

/**
 * From the click on the tray menu's entry, at the instant the bus carries it, to the window's picture on the screen, as
 * the frame buffer of the X server has it: mapped, painted, and with all that is going to be in it (`watchPainting`).
 * Both ends are seen from outside the apps and alike for both. The bare app's window is as large, has a static page, and
 * is shown on `ready-to-show`, as Electron advises; Latchkey's once its page is parsed. Latchkey is signed in, so that its window has the most in it.
 */
export async function measureOpening(): Promise<readonly Figure[]> {
  await using login = await signIn();
  await using clicks = await watchBus("type='method_call',interface='com.canonical.dbusmenu',member='Event'");
  const values = await interleave(TIMES, async (name): Promise<Openings> => {
    await using app = start(name, login.environment);
    await app.tray();
    await sleep(SETTLING);
    const first = await openingTime(app, name, clicks);
    await closeAppWindow(name);
    await sleep(BETWEEN);
    return { first, second: await openingTime(app, name, clicks) };
  });
  return [
    figure('first opening since the start', values, ({ first }) => first),
    figure('second opening', values, ({ second }) => second),
  ];
}

async function openingTime(app: RunningApp, name: AppName, clicks: BusWatch): Promise<number> {
  const [clicked, painted] = await Promise.all([clicks.next(), openWindow(app, name)]);
  return painted - clicked;
}

function figure(
  which: string,
  values: PerApp<readonly Openings[]>,
  pick: (openings: Openings) => number,
): Figure {
  const [latchkey, bare] = [median(values.latchkey.map(pick)), median(values.bare.map(pick))];
  return {
    what: `Window click to window painted, ${which}, signed in, median of ${TIMES}`,
    latchkey: `${latchkey.toFixed(0)} ms`,
    bare: `${bare.toFixed(0)} ms`,
    limit: `${LIMIT} × bare, ${LIMIT_MS} ms`,
    kept: latchkey <= LIMIT * bare && latchkey < LIMIT_MS,
  };
}
