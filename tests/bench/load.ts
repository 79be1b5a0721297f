import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningApp } from '../support/desktop/app.ts';

/** What all processes of an app hold in memory, in megabytes, pages shared with others split among them (PSS). */
export interface Memory {
  readonly all: number;
  /** Without pages of files, which the system may drop at any time: what only the app itself can give back. */
  readonly own: number;
}

/** proc_pid_smaps(5) */
export function memoryOf(app: RunningApp): Memory {
  const rollups = app.processes.map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  const sum = (field: string) => {
    const kilobytes = rollups.map((text) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]),
    );
    return kilobytes.reduce((total, each) => total + each, 0) / 1024;
  };
  return { all: sum('Pss'), own: sum('Pss_Anon') + sum('Pss_Shmem') };
}

/** Of one processor, in percent. */
export interface ProcessorTime {
  readonly all: number;
  /** Without Chromium's helpers: what the app's own code runs in. */
  readonly mainAndRenderers: number;
}

export async function processorTime(app: RunningApp, seconds: number): Promise<ProcessorTime> {
  const begun = threadTimes(app);
  const latest = new Map(begun);
  // Looked at each second: what a thread that ends used is lost but for its last second at most.
  for (let second = 0; second < seconds; second += 1) {
    await sleep(1_000);
    for (const [thread, used] of threadTimes(app)) latest.set(thread, used);
  }
  const own = new Set([app.pid, ...app.renderers.map(({ pid }) => pid)]);
  const percent = (isCounted: (pid: number) => boolean) => {
    const used = [...latest].map(([thread, time]) =>
      isCounted(Number.parseInt(thread)) ? time - (begun.get(thread) ?? 0) : 0,
    );
    return (100 * used.reduce((sum, time) => sum + time, 0)) / (seconds * 1e9);
  };
  return { all: percent(() => true), mainAndRenderers: percent((pid) => own.has(pid)) };
}

/** What each thread has used so far, in nanoseconds: a process's own figure is in ticks of 10 ms, as much as is measured. */
function threadTimes(app: RunningApp): ReadonlyMap<string, number> {
  const threads = app.processes.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => `${pid}/task/${thread}`),
  );
  return new Map(threads.flatMap((thread) => timeOf(thread)));
}

function timeOf(thread: string): [thread: string, nanoseconds: number][] {
  try {
    return [[thread, Number.parseInt(readFileSync(`/proc/${thread}/schedstat`, 'utf8'))]];
  } catch {
    // It ended meanwhile.
    return [];
  }
}
