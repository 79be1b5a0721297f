import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { programEnvironment } from './environment.mjs';
import { nodeExecutable } from './node.mjs';
import { root } from './paths.mjs';
import { packageProgram } from './package-program.mjs';
import { runOrFail } from './program.mjs';
import { isStamped, treeFingerprint, writeStamp } from './stamp.mjs';

/** @import { Step } from './step.mjs' */

const stampPath = join(root, 'out', '.latchkey-stamp');

/**
 * Main process, preload, renderer and terminal companion, from the sources into `out/`.
 *
 * @type {Step}
 */
export const build = {
  title: 'build',
  isDone: () => isStamped(stampPath, sourceFingerprint()),
  async run() {
    // Taken before: what is edited meanwhile is built next time.
    const fingerprint = sourceFingerprint();
    await runOrFail(nodeExecutable(), [packageProgram('vite'), 'build', '--app'], {
      log: 'build',
      environment: programEnvironment(process.env),
      timeLimitSeconds: 5 * 60,
      otherwise: 'The build failed.',
    });
    writeStamp(stampPath, fingerprint);
  },
};

function sourceFingerprint() {
  const sources = readdirSync(root).filter((name) => name.startsWith('src-'));
  const names = [
    ...sources.sort(),
    'assets',
    'vite.config.ts',
    'scripts/bundling',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
  ];
  return treeFingerprint(names.map((name) => join(root, name)));
}
