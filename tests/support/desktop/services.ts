import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** The programs a desktop is made of. */
export class Services {
  /** For the programs started from now on: grows as the desktop comes up. */
  readonly environment: NodeJS.ProcessEnv;
  readonly #logFolder: string;
  readonly #failed = Promise.withResolvers<never>();

  constructor(logFolder: string, environment: NodeJS.ProcessEnv) {
    this.environment = environment;
    this.#logFolder = logFolder;
    // Heard of only while somebody watches.
    this.#failed.promise.catch(() => undefined);
  }

  /** Starts a program that is to run as long as the desktop; `ready` is its file descriptor 3. */
  start(
    command: string,
    args: readonly string[],
  ): { readonly stdin: Writable | null; readonly ready: Readable } {
    const log = openSync(join(this.#logFolder, command), 'a');
    const child = spawn(command, args, { env: this.environment, stdio: ['pipe', log, log, 'pipe'] });
    closeSync(log);
    child.on('error', (error) => this.#failed.reject(new Error(`${command} cannot start`, { cause: error })));
    child.on('exit', (code, signal) => {
      this.#failed.reject(new Error(`${command} ended (${signal ?? `exit code ${String(code)}`})`));
    });
    return { stdin: child.stdin, ready: child.stdio[3] as Readable };
  }

  /** The same promise, failing as soon as one of the programs ends, and with what they all printed. */
  async watch<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.#failed.promise]);
    } catch (error) {
      const logs = readdirSync(this.#logFolder).map((name) => {
        return `--- ${name}\n${readFileSync(join(this.#logFolder, name), 'utf8')}`;
      });
      throw new Error(`The test desktop did not come up\n${logs.join('\n')}`, { cause: error });
    }
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
