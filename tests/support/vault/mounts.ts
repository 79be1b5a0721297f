import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Order } from './config-driver.ts';

/** What the driver printed, `null` where it died. */
export type Outcomes = readonly unknown[] | null;

/**
 * Runs the config driver, as root of mounts that it alone sees where there is something to set up.
 *
 * @param setUp commands for a shell
 */
export async function drive(order: Order, setUp: readonly string[] = []): Promise<Outcomes> {
  const driver = [process.execPath, join(import.meta.dirname, 'config-driver.ts'), JSON.stringify(order)];
  const script = [...setUp, 'exec "$@"'].join(' && ');
  const [command = '', ...args] =
    setUp.length === 0 ? driver : ['unshare', '-rm', 'sh', '-c', script, 'sh', ...driver];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const output = await text(child.stdout);
  const [code, signal] = await exited;
  if (signal === 'SIGKILL') return null;
  if (code !== 0) throw new Error(`the driver ended with ${code ?? signal}`);
  return JSON.parse(output) as unknown[];
}
