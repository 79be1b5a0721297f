import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { User } from './ordinary-user.ts';

/** The programs a desktop is made of. */
export class Services {
  /** For the programs started from now on; grows as the desktop comes up. */
  readonly environment: NodeJS.ProcessEnv;
  readonly #logFolder: string;
  readonly #user: User | null;
  readonly #failed = Promise.withResolvers<never>();

  constructor(options: {
    readonly logFolder: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly user: User | null;
  }) {
    this.environment = options.environment;
    this.#logFolder = options.logFolder;
    this.#user = options.user;
    // Only heard of while somebody watches.
    this.#failed.promise.catch(() => undefined);
  }

  /** Starts a program that is to run as long as the desktop; `ready` is its file descriptor 3. */
  start(command: string, args: readonly string[]): { readonly stdin: Writable; readonly ready: Readable } {
    const logPath = join(this.#logFolder, `${command}.log`);
    const log = openSync(logPath, 'a');
    const child = spawn(command, args, {
      ...this.#user,
      env: this.environment,
      cwd: '/',
      stdio: ['pipe', log, log, 'pipe'],
    });
    closeSync(log);
    child.on('error', (error) => this.#failed.reject(new Error(`${command} cannot start: ${error.message}`)));
    child.on('exit', (code, signal) => {
      const end = signal ?? `exit code ${String(code)}`;
      this.#failed.reject(new Error(`${command} ended (${end}):\n${readFileSync(logPath, 'utf8')}`));
    });
    return { stdin: child.stdin as Writable, ready: child.stdio[3] as Readable };
  }

  /** The same promise, failing as soon as one of the programs ends. */
  watch<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed.promise]);
  }
}

/** The first line a program writes. */
export async function firstLine(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}
