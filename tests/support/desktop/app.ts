import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { _electron, type ElectronApplication } from 'playwright-core';
import { root } from '../../../scripts/set-up/paths.mjs';
import { electronRuntime } from '../../../scripts/set-up/runtime.mjs';
import { desktopVariable } from './artifacts.ts';
import { commandLine, processesOfSession } from './processes.ts';
import { findTrayItem, type TrayItem } from './tray.ts';
import { until } from './until.ts';

export interface AppOptions {
  /** The app's folder: the checkout when left out. */
  readonly folder?: string;
  /** A packaged app, which has its folder in itself: the checkout's Electron when left out. */
  readonly executable?: string;
  readonly args?: readonly string[];
  /** Beside the desktop's own: the `LATCHKEY_*` the test is about. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A running Electron app with all its processes, Chromium's sandbox on. */
export class RunningApp implements AsyncDisposable {
  readonly pid: number;
  readonly #child: ChildProcess;
  #output = '';
  #exit: { readonly code: number | null } | undefined;

  /** @param child the main process, begun in a session of its own (`detached`) */
  constructor(child: ChildProcess) {
    if (child.pid === undefined) throw new Error('The app did not start');
    this.pid = child.pid;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    child.once('exit', (code) => (this.#exit = { code }));
  }

  /** What it printed so far, standard output and error together. */
  get output(): string {
    return this.#output;
  }

  /** Its processes that are alive, the main one included. */
  get processes(): readonly number[] {
    return processesOfSession(this.pid).map(({ pid }) => pid);
  }

  /** Waits for its tray icon. */
  tray(timeoutMs?: number): Promise<TrayItem> {
    return findTrayItem(this.pid, timeoutMs);
  }

  /** Its processes that run pages, each with whether Chromium's sandbox holds it. */
  get renderers(): readonly { readonly pid: number; readonly sandboxed: boolean }[] {
    return this.processes
      .filter((pid) => commandLine(pid).includes(' --type=renderer'))
      .map((pid) => ({ pid, sandboxed: hasSeccompFilter(pid) }));
  }

  /** Waits for its end; answers the exit code, `null` when a signal ended it. */
  async exited(timeoutMs?: number): Promise<number | null> {
    return (await until(`the app to end (it printed: ${this.#output})`, () => this.#exit, timeoutMs)).code;
  }

  /** Quits by the tray menu; answers the exit code. */
  async quit(label = 'Quit Latchkey'): Promise<number | null> {
    const tray = await this.tray();
    await tray.clickMenuItem(label);
    const code = await this.exited();
    await this.#expectNothingLeft();
    return code;
  }

  /** Ends it, unless it ended, and sees to it that it left no process behind. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#exit === undefined) {
      this.#child.kill('SIGTERM');
      await until('the app to end', () => this.#exit, 5000).catch(() => this.#child.kill('SIGKILL'));
    }
    await this.#expectNothingLeft();
  }

  async #expectNothingLeft(): Promise<void> {
    const gone = await until(
      'the end of its processes',
      () => this.processes.length === 0 || undefined,
      3000,
    ).catch(() => false);
    if (gone) return;
    const left = this.processes.map((pid) => ({ pid, line: commandLine(pid) }));
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    throw new Error(`The app left processes behind:\n${left.map(({ line }) => line).join('\n')}`);
  }
}

/** Starts the app as a user's session would. */
export function startApp(options: AppOptions = {}): RunningApp {
  const folder = options.executable === undefined ? [options.folder ?? root] : [];
  const child = spawn(options.executable ?? executable(), [...folder, ...(options.args ?? [])], {
    env: appEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  return new RunningApp(child);
}

/** Starts the app with Playwright attached, which reaches into its windows and its main process. */
export async function startAppInPlaywright(
  options: AppOptions = {},
): Promise<RunningApp & { readonly electron: ElectronApplication }> {
  const electron = await _electron.launch({
    executablePath: executable(),
    args: [options.folder ?? root, ...(options.args ?? [])],
    env: appEnvironment(options),
    chromiumSandbox: true,
  });
  return new PlaywrightApp(electron);
}

/** Playwright holds the app's debugger, and an app with one does not end before it is let go. */
class PlaywrightApp extends RunningApp {
  readonly electron: ElectronApplication;

  constructor(electron: ElectronApplication) {
    super(electron.process());
    this.electron = electron;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.electron.close();
    await super[Symbol.asyncDispose]();
  }
}

function executable(): string {
  const runtime = electronRuntime();
  if (runtime === null) throw new Error('Electron is missing: npm test fetches it');
  return runtime.executable;
}

function appEnvironment({ environment }: AppOptions): Record<string, string> {
  desktopVariable('LATCHKEY_TEST_ARTIFACTS');
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(own), ...environment };
}

/** proc_pid_status(5): mode 2 is a filter, which Chromium's sandbox puts before a page's system calls. */
function hasSeccompFilter(pid: number): boolean {
  return /^Seccomp:\t2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
}
