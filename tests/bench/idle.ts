import { setTimeout as sleep } from 'node:timers/promises';
import { interleave, start, type AppName, type PerApp } from './apps.ts';
import { median, type Figure } from './figure.ts';
import { memoryOf, processorTime } from './load.ts';

const TIMES = 10;
const LIMIT = 1.05;
/** From the icon in the tray to the reading of memory, in milliseconds. */
const SETTLING = 10_000;
const CPU_SECONDS = 60;
/** From the icon in the tray to the minute that is measured: half a minute after a start V8 tidies up, once. */
const CPU_SETTLING = 45_000;

/** Memory, processes and processor time of the app in the tray with no window open. */
export async function measureIdle(): Promise<readonly Figure[]> {
  const processes: PerApp<number[]> = { latchkey: [], bare: [] };
  const memory = await interleave(TIMES, async (name) => {
    await using app = start(name);
    await app.tray();
    await sleep(SETTLING);
    processes[name].push(app.processes.length);
    return memoryOf(app).all;
  });
  const [latchkey, bare] = [median(memory.latchkey), median(memory.bare)];
  const [count, bareCount] = [median(processes.latchkey), median(processes.bare)];
  const [cpu, bareCpu] = [await cpuPercent('latchkey'), await cpuPercent('bare')];
  return [
    {
      what: `Memory when idle (PSS of all processes), median of ${TIMES}`,
      latchkey: `${latchkey.toFixed(1)} MB`,
      bare: `${bare.toFixed(1)} MB`,
      limit: `${LIMIT} × bare`,
      kept: latchkey <= LIMIT * bare,
    },
    {
      what: 'Processes when idle',
      latchkey: String(count),
      bare: String(bareCount),
      limit: 'as bare',
      kept: count === bareCount,
    },
    {
      what: `Processor time over ${CPU_SECONDS} s idle, from ${CPU_SETTLING / 1000} s after the start`,
      latchkey: `${cpu.toFixed(2)} %`,
      bare: `${bareCpu.toFixed(2)} %`,
      limit: '0.0 %',
      kept: cpu.toFixed(1) === '0.0',
    },
  ];
}

async function cpuPercent(name: AppName): Promise<number> {
  await using app = start(name);
  await app.tray();
  await sleep(CPU_SETTLING);
  return (await processorTime(app, CPU_SECONDS)).all;
}
