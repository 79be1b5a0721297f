import { argv } from 'node:process';

/**
 * What the package runs: the app, or, where its launcher says so, the `latchkey` command, without a window and without a
 * display (docs/architecture.md, "Packaging").
 */
const words = wordsForCommand(argv);
if (words === null) await import('./main.ts');
else await (await import('./command.ts')).runInApp(words);

/** What stands after `--command --`, where all before it are options of the runtime; `null` where the app is meant. */
function wordsForCommand(all: readonly string[]): readonly string[] | null {
  const end = all.indexOf('--');
  return end > 0 && all[end - 1] === '--command' ? all.slice(end + 1) : null;
}
