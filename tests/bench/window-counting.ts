import { setTimeout as sleep } from 'node:timers/promises';
import { openWindow } from './app-window.ts';
import { start } from './apps.ts';
import type { Figure } from './figure.ts';
import { processorTime, type ProcessorTime } from './load.ts';
import { signIn, type SignedIn } from './signed-in.ts';

const LIMIT = 0.5;
const SECONDS = 60;
/** From the window's picture to the minute that is measured: half a minute after a start V8 tidies up, once. */
const SETTLING = 45_000;
/** The last minute of an access token, less a second at either end. */
const LAST_SECONDS = SECONDS - 2;
/** For the start and the sign-in before it. */
const STARTING_SECONDS = 15;

/** What the open window costs while the access token it shows counts down, by the minute and in its last minute. */
export async function measureCounting(): Promise<readonly Figure[]> {
  const minutes = await countingMinutes();
  const bare = await bareWindow();
  const last = await lastMinute();
  return [
    figure(`over ${SECONDS} s with the window open, a token counting minutes`, minutes, bare),
    figure(`over the last ${LAST_SECONDS} s of a token`, last, bare),
  ];
}

async function countingMinutes(): Promise<ProcessorTime> {
  await using login = await signIn();
  await using app = start('latchkey', login.environment);
  await openWindow(app, 'latchkey');
  await sleep(SETTLING);
  return await processorTime(app, SECONDS);
}

async function bareWindow(): Promise<ProcessorTime> {
  await using app = start('bare');
  await openWindow(app, 'bare');
  await sleep(SETTLING);
  return await processorTime(app, SECONDS);
}

/** Nothing can renew the token: else it would be, before its last minute. */
async function lastMinute(): Promise<ProcessorTime> {
  const lifetime = STARTING_SECONDS + SETTLING / 1000 + SECONDS;
  await using login = await signIn({ accessTokenSeconds: lifetime, refreshable: false });
  await using app = start('latchkey', login.environment);
  await openWindow(app, 'latchkey');
  await sleep(untilLastSeconds(login));
  return await processorTime(app, LAST_SECONDS);
}

function untilLastSeconds({ accessExpiresAt }: SignedIn): number {
  const wait = accessExpiresAt - (LAST_SECONDS + 1) * 1000 - Date.now();
  if (wait < SETTLING) throw new Error('The app took too long to start');
  return wait;
}

function figure(what: string, latchkey: ProcessorTime, bare: ProcessorTime): Figure {
  const words = ({ mainAndRenderers, all }: ProcessorTime) =>
    `${mainAndRenderers.toFixed(2)} % (all processes ${all.toFixed(2)} %)`;
  return {
    what: `Processor time of main and renderer ${what}`,
    latchkey: words(latchkey),
    bare: words(bare),
    limit: `${LIMIT} %`,
    kept: latchkey.mainAndRenderers <= LIMIT,
  };
}
