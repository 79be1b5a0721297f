import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { runtimeFolder } from './paths.mjs';
import { createProgress } from './progress.mjs';

/**
 * @typedef {object} Step one part of set-up
 * @property {string} title
 * @property {() => boolean | Promise<boolean>} isDone whether there is nothing to do: quick, and without effects
 * @property {(note: (text: string) => void) => Promise<void>} run does it, to be done again safely after an
 *   interruption; throws SetUpError when it cannot
 */

/**
 * Runs, in order, the steps that are not done yet, showing progress. When all are done it prints nothing and takes
 * some milliseconds.
 *
 * @param {readonly Step[]} steps
 */
export async function runSteps(steps) {
  if (await areDone(steps)) return;
  const progress = createProgress();
  const lockPath = join(runtimeFolder, 'set-up.lock');
  const onWait = (/** @type {number} */ pid) =>
    progress.say(`Waiting for another set-up of this checkout (process ${pid}, ${lockPath})`);
  await withLock(lockPath, onWait, async () => {
    // Asked again: whoever was waited for may have done it all.
    if (await areDone(steps)) return;
    progress.say('Setting up Latchkey');
    for (const step of steps) {
      if (!(await step.isDone())) await progress.step(step.title, step.run);
    }
  });
}

/** @param {readonly Step[]} steps */
async function areDone(steps) {
  for (const step of steps) {
    if (!(await step.isDone())) return false;
  }
  return true;
}
