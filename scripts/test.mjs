import { main } from './run/main.mjs';
import { formatDuration } from './set-up/progress.mjs';
import { inWords, sum } from './test/counts.mjs';
import { chooseGroups } from './test/groups.mjs';
import { runGroup } from './test/run-group.mjs';

/** @import { Group } from './test/groups.mjs' */

/** `npm test [-- <group>…]`: every test, or those of the named groups. Each group runs whatever became of others. */
await main(async (names) => {
  const chosen = chooseGroups(names);
  for (const group of chosen) await group.setUp();

  // Checks say nothing but what is wrong, and take a processor each: all of them at once.
  const checks = chosen.filter(({ kind }) => kind === 'check');
  const results = await run(checks);
  for (const group of chosen) if (!checks.includes(group)) results.push(...(await run([group])));

  process.stdout.write('\n');
  for (const { name, counts, time } of results) {
    process.stdout.write(`${name.padEnd(12)} ${formatDuration(time).padStart(10)}  ${inWords(counts)}\n`);
  }
  const total = sum(results.map(({ counts }) => counts));
  process.stdout.write(`\n${inWords(total)}\n`);
  return total.failed === 0 ? 0 : 1;
});

/** @param {readonly Group[]} together */
async function run(together) {
  if (together.length > 0) {
    process.stdout.write(`\n── ${together.map(({ name }) => name).join(', ')} ──\n`);
  }
  const started = performance.now();
  return Promise.all(
    together.map(async (group) => {
      const counts = await runGroup(group);
      return { name: group.name, counts, time: performance.now() - started };
    }),
  );
}
