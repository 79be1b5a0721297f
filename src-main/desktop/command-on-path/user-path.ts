import { execFile } from 'node:child_process';
import { win32 } from 'node:path';
import type { CommandPlace } from '../../domain/snapshot.ts';
import type { CommandOnPath } from '../../login/ports.ts';

/** Runs a script of ours, with one value that it may read; answers what it printed. */
export type RunScript = (script: string, value: string) => Promise<string>;

/**
 * The command's folder on the person's own path of Windows (`HKCU\Environment`): their variables in it stay variables,
 * and the system's path is left alone.
 */
export class UserPath implements CommandOnPath {
  readonly #folder: string;
  readonly #run: RunScript;
  /** Asking takes half a second, so it is asked once. */
  #isOn: boolean | null = null;

  constructor(folder: string, run: RunScript) {
    this.#folder = folder;
    this.#run = run;
  }

  async look(): Promise<CommandPlace> {
    this.#isOn ??= hasFolder(await this.#read(), this.#folder);
    return { as: 'folder', path: this.#folder, isOn: this.#isOn };
  }

  async set(on: boolean): Promise<void> {
    // In a path the one would end the folder and the other begin a variable.
    if (/[;%]/.test(this.#folder)) throw Object.assign(new Error(this.#folder), { code: 'EINVAL' });
    const rest = withoutFolder(await this.#read(), this.#folder);
    const next = on ? [...rest.split(';').filter((part) => part !== ''), this.#folder].join(';') : rest;
    await this.#run(WRITE, toBase64(next));
    this.#isOn = on;
  }

  async #read(): Promise<string> {
    return Buffer.from(await this.#run(READ, ''), 'base64').toString('utf8');
  }
}

export function hasFolder(path: string, folder: string): boolean {
  return path.split(';').some((part) => isSame(part, folder));
}

/** The path as it was, but for that folder. */
export function withoutFolder(path: string, folder: string): string {
  if (!hasFolder(path, folder)) return path;
  return path
    .split(';')
    .filter((part) => !isSame(part, folder))
    .join(';');
}

const plain = (folder: string) =>
  win32.normalize(folder.replaceAll('"', '')).replace(/\\$/, '').toLowerCase();

const isSame = (a: string, b: string) => plain(a) === plain(b);

const toBase64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

// In Base64 both ways: a console's code page would change what is not English.
const KEY = `$ErrorActionPreference='Stop'; $key=[Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment');`;
const READ = `${KEY} $path=[string]$key.GetValue('Path','','DoNotExpandEnvironmentNames'); [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($path))`;
// Setting any variable this way, here one that is not there, tells programs that run of the change.
const WRITE = `${KEY} $path=[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($env:LATCHKEY_VALUE)); $key.SetValue('Path',$path,'ExpandString'); [Environment]::SetEnvironmentVariable('LATCHKEY_VALUE',$null,'User')`;

/** By its full name: whatever is called so on the path is not asked. */
export async function runPowerShell(systemRoot: string, script: string, value: string): Promise<string> {
  const program = win32.join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const { promisify } = await import('node:util');
  const run = promisify(execFile);
  const { stdout } = await run(program, ['-NoProfile', '-NonInteractive', '-Command', script], {
    env: { ...process.env, LATCHKEY_VALUE: value },
    windowsHide: true,
    timeout: 30_000,
  });
  return stdout.trim();
}
