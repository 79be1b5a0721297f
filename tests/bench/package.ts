import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningApp } from '../support/desktop/app.ts';
import { startApp } from '../support/desktop/app.ts';
import { packFolder } from '../package/pack.ts';
import { inTurn, signedOut } from './apps.ts';
import { watchBus } from './bus-watch.ts';
import { median, type Figure } from './figure.ts';
import { memoryOf, processorTime } from './load.ts';

const BUILDS = ['package', 'checkout'] as const;
type Build = (typeof BUILDS)[number];

const START_TIMES = 15;
const START_LIMIT = 1.1;
const MEMORY_TIMES = 5;
const MEMORY_LIMIT = 1.05;
const SETTLING = 10_000;
/** Of a processor, in percent. What being idle costs at all the part `idle` measures. */
const CPU_LIMIT = 0.1;
const CPU_SECONDS = 60;
const CPU_SETTLING = 45_000;
/** Bytes. */
const ARCHIVE_LIMIT = 1_500_000;

/** What the package costs over the checkout: its archive, and the fuse that has each file of it checked. */
export async function measurePackage(): Promise<readonly Figure[]> {
  const unpacked = await packFolder();
  try {
    const executable = join(unpacked, 'latchkey-app');
    const begin = (build: Build): RunningApp =>
      startApp({
        // Of its own for each, since two run at a time.
        environment: { ...signedOut, LATCHKEY_DATA_DIR: join(dirname(unpacked), `data-${build}`) },
        ...(build === 'package' ? { executable } : {}),
      });
    return [
      await startFigure(begin),
      await memoryFigure(begin),
      await processorFigure(begin),
      archiveFigure(join(unpacked, 'resources', 'app.asar')),
    ];
  } finally {
    rmSync(dirname(unpacked), { recursive: true, force: true });
  }
}

type Begin = (build: Build) => RunningApp;

async function startFigure(begin: Begin): Promise<Figure> {
  await using registrations = await watchBus("type='signal',member='StatusNotifierItemRegistered'");
  const values = await inTurn(BUILDS, START_TIMES, async (build) => {
    const registered = registrations.next();
    const started = performance.timeOrigin + performance.now();
    await using app = begin(build);
    const time = (await registered) - started;
    // Let it finish starting before it is told to end.
    await app.tray();
    return time;
  });
  const [packed, checkout] = [median(values.package), median(values.checkout)];
  return {
    what: `Start of the package to icon in the tray (of the checkout), median of ${START_TIMES}`,
    latchkey: `${packed.toFixed(0)} ms (${checkout.toFixed(0)} ms)`,
    bare: '–',
    limit: `${START_LIMIT} × checkout`,
    kept: packed <= START_LIMIT * checkout,
  };
}

async function memoryFigure(begin: Begin): Promise<Figure> {
  const values = await inTurn(BUILDS, MEMORY_TIMES, async (build) => {
    await using app = begin(build);
    await app.tray();
    await sleep(SETTLING);
    return memoryOf(app).all;
  });
  const [packed, checkout] = [median(values.package), median(values.checkout)];
  return {
    what: `Memory of the package when idle (of the checkout), median of ${MEMORY_TIMES}`,
    latchkey: `${packed.toFixed(1)} MB (${checkout.toFixed(1)} MB)`,
    bare: '–',
    limit: `${MEMORY_LIMIT} × checkout`,
    kept: packed <= MEMORY_LIMIT * checkout,
  };
}

/** At the same time: what else the machine does strikes both alike. Both have been started before, so no window opens. */
async function processorFigure(begin: Begin): Promise<Figure> {
  const percent = async (build: Build) => {
    await using app = begin(build);
    await app.tray();
    await sleep(CPU_SETTLING);
    return (await processorTime(app, CPU_SECONDS)).all;
  };
  const [packed = 0, checkout = 0] = await Promise.all(BUILDS.map(percent));
  return {
    what: `Processor time of the package over ${CPU_SECONDS} s idle, from ${CPU_SETTLING / 1000} s after the start (of the checkout)`,
    latchkey: `${packed.toFixed(2)} % (${checkout.toFixed(2)} %)`,
    bare: '–',
    limit: `${CPU_LIMIT} % more`,
    kept: packed <= checkout + CPU_LIMIT,
  };
}

function archiveFigure(archive: string): Figure {
  const { size } = statSync(archive);
  return {
    what: "The package's `app.asar`",
    latchkey: `${(size / 1e6).toFixed(2)} MB`,
    bare: '–',
    limit: `${(ARCHIVE_LIMIT / 1e6).toFixed(1)} MB`,
    kept: size <= ARCHIVE_LIMIT,
  };
}
