import { spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../../scripts/set-up/paths.mjs';
import { readableCheckout } from './checkout.ts';
import { ordinaryUser } from './ordinary-user.ts';
import { listProcesses } from './processes.ts';

/** How long programs get to end by themselves before the kernel ends them, in milliseconds. */
const GRACE = 2000;

// Started by run.ts, which says why this is process 1.
if (process.pid !== 1) throw new Error('This is process 1 of a desktop, to be started by run.ts');
const callerGone = new Promise<number>((resolve) => process.once('disconnect', () => resolve(1)));

// What we make is for the desktop's user to read.
process.umask(0o022);
const user = ordinaryUser();
const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
if (user !== null) chownSync(folder, user.uid, user.gid);
let exitCode = 1;
try {
  exitCode = await Promise.race([runOnDesktop(process.argv.slice(2)), callerGone]);
} finally {
  await endAllOthers();
  bringHomeArtifacts();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(exitCode);

/** Has desktop.ts, as an ordinary user, bring the desktop up and run the command there; answers its exit code. */
async function runOnDesktop(command: readonly string[]): Promise<number> {
  const checkout = await readableCheckout(folder, user);
  const desktop = join(root, 'tests', 'support', 'desktop', 'desktop.ts');
  // Arguments name files of the checkout, plainly or inside options and URLs.
  const [node = '', ...args] = [process.execPath, desktop, folder, ...command].map((word) =>
    word.replaceAll(root, checkout),
  );
  const child = spawn(node, args, { ...user, cwd: checkout, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** The checkout may not be the desktop's user's to write to: what was kept for people to look at goes there now. */
function bringHomeArtifacts(): void {
  const artifacts = join(folder, 'artifacts');
  const names = existsSync(artifacts) ? readdirSync(artifacts) : [];
  if (names.length > 0) cpSync(artifacts, join(root, 'artifacts'), { recursive: true });
}

/** Asks every process of the namespace but this one to end, so that each can tidy up, then makes it. */
async function endAllOthers(): Promise<void> {
  const deadline = Date.now() + GRACE;
  signalAllOthers('SIGTERM');
  while (Date.now() < deadline && listProcesses().some(({ pid, zombie }) => pid !== 1 && !zombie))
    await sleep(10);
  signalAllOthers('SIGKILL');
}

function signalAllOthers(signal: NodeJS.Signals): void {
  try {
    // kill(2): all processes but process 1.
    process.kill(-1, signal);
  } catch {
    // There is none.
  }
}
