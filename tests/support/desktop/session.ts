import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/set-up/paths.mjs';
import { readableCheckout } from './checkout.ts';
import { startDesktop } from './desktop.ts';
import { ordinaryUser } from './ordinary-user.ts';

/** How long programs get to end by themselves before the kernel ends them, in milliseconds. */
const GRACE = 2000;

if (process.pid !== 1) throw new Error('session.ts is to be started by run.ts, as process 1 of a namespace');
const channelClosed = new Promise<void>((resolve) => process.once('disconnect', resolve));
// What the terminal's or a supervisor's signals mean is for run.ts to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const user = ordinaryUser();
const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
chmodSync(folder, 0o755);
const artifacts = join(folder, 'artifacts');
for (const path of [folder, artifacts]) {
  mkdirSync(path, { recursive: true });
  if (user !== null) chownSync(path, user.uid, user.gid);
}

const exitCode = await Promise.race([runCommand(process.argv.slice(2)), channelClosed.then(() => 1)]).catch(
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  },
);
await endAllOthers();
cpSync(artifacts, join(root, 'artifacts'), { recursive: true });
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
process.exit(exitCode);

/** Brings the desktop up, runs the command on it and answers its exit code. */
async function runCommand(command: readonly string[]): Promise<number> {
  const checkout = await readableCheckout(folder, user);
  const environment = await startDesktop({ folder, checkout, artifacts, user });
  // Arguments name files of the checkout, plainly or inside options and URLs.
  const [program = '', ...args] = command.map((word) => word.replaceAll(root, checkout));
  const child = spawn(program, args, { ...user, cwd: checkout, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Asks every process of the namespace but this one to end, so that each can tidy up, then makes it. */
async function endAllOthers(): Promise<void> {
  const deadline = Date.now() + GRACE;
  if (signalAllOthers('SIGTERM')) {
    while (Date.now() < deadline && signalAllOthers(0)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  signalAllOthers('SIGKILL');
}

/** kill(2): -1 means all but process 1. Answers whether there are any; the dead not yet reaped count too. */
function signalAllOthers(signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-1, signal);
  } catch {
    return false;
  }
}
