import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attach } from '../run/attach.mjs';
import { onTestDesktop } from '../run/test-desktop.mjs';
import { programEnvironment } from '../set-up/environment.mjs';
import { nodeExecutable } from '../set-up/node.mjs';
import { countsOfCheck, countsOfRun } from './counts.mjs';

/** @import { Counts } from './counts.mjs' */
/** @import { Group } from './groups.mjs' */

const noHang = new URL('no-hang.mjs', import.meta.url).href;
const countsReporter = new URL('counts-reporter.mjs', import.meta.url).href;

/**
 * Runs a group, its output going where ours goes.
 *
 * @param {Group} group
 * @returns {Promise<Counts>}
 */
export async function runGroup(group) {
  const command = group.command();
  if (group.kind === 'check') {
    return countsOfCheck(await attach(nodeExecutable(), command, environmentWithoutOurs()));
  }

  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  const summaryPath = join(folder, 'summary.json');
  // The run may be another user's (see run/test-desktop.mjs): that user writes this one file.
  chmodSync(folder, 0o755);
  writeFileSync(summaryPath, '');
  chmodSync(summaryPath, 0o666);
  const scratch = join(folder, 't');
  mkdirSync(scratch);
  chmodSync(scratch, 0o1777);
  try {
    const run = [`--import=${noHang}`, '--test', ...reporters(summaryPath), ...command];
    const args = group.onDesktop ? onTestDesktop([nodeExecutable(), ...run]) : run;
    const exitCode = await attach(nodeExecutable(), args, testEnvironment(scratch));
    const counts = countsOfRun(readFileSync(summaryPath, 'utf8'), exitCode);
    if (counts.passed === 0) process.stdout.write('No test passed: this counts as a failure.\n');
    return counts;
  } finally {
    // A browser that is ending may still write.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} summaryPath */
function reporters(summaryPath) {
  return [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${countsReporter}`,
    `--test-reporter-destination=${summaryPath}`,
  ];
}

/**
 * What tests, and the programs that they start, put into the folder for temporary files goes with the group. Each test
 * file is a process of its own: what the first one compiles, the others find.
 *
 * @param {string} scratch
 */
function testEnvironment(scratch) {
  return { ...environmentWithoutOurs(), TMPDIR: scratch, NODE_COMPILE_CACHE: join(scratch, 'compiled') };
}

/** Without a developer's own `LATCHKEY_*`: tests say themselves where they go. */
function environmentWithoutOurs() {
  const entries = Object.entries(programEnvironment(process.env));
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith('LATCHKEY_')));
}
