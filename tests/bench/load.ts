import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningApp } from '../support/desktop/app.ts';
import { processesOfSession } from '../support/desktop/processes.ts';

/** What all its processes hold in memory, pages shared with others split among them: proc_pid_smaps(5). */
export function pssMegabytes(app: RunningApp): number {
  const kilobytes = app.processes.map((pid) => {
    const [, pss] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(pss);
  });
  return kilobytes.reduce((sum, pss) => sum + pss, 0) / 1024;
}

/** Of one processor, in percent. */
export interface ProcessorTime {
  readonly all: number;
  /** Without Chromium's helpers: what the app's own code runs in. */
  readonly mainAndRenderers: number;
}

export async function processorTime(app: RunningApp, seconds: number): Promise<ProcessorTime> {
  const own = new Set([app.pid, ...app.renderers.map(({ pid }) => pid)]);
  const ticks = () => {
    const processes = processesOfSession(app.pid);
    const sum = (of: typeof processes) => of.reduce((total, process) => total + process.ticks, 0);
    return { all: sum(processes), own: sum(processes.filter(({ pid }) => own.has(pid))) };
  };
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const percent = (used: number) => (100 * used) / ticksPerSecond / seconds;
  const before = ticks();
  await sleep(seconds * 1000);
  const after = ticks();
  return { all: percent(after.all - before.all), mainAndRenderers: percent(after.own - before.own) };
}
