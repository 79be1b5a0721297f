import { main } from './run/main.mjs';
import { formatDuration } from './set-up/progress.mjs';
import { inWords, sum } from './test/counts.mjs';
import { chooseGroups } from './test/groups.mjs';
import { runGroup } from './test/run-group.mjs';

/** `npm test [-- <group>…]`: every test, or those of the named groups. Each group runs whatever became of others. */
await main(async (names) => {
  const chosen = chooseGroups(names);
  for (const group of chosen) await group.setUp();

  const results = [];
  for (const group of chosen) {
    process.stdout.write(`\n── ${group.name} ──\n`);
    const started = performance.now();
    const counts = await runGroup(group);
    results.push({ name: group.name, counts, time: performance.now() - started });
  }

  process.stdout.write('\n');
  for (const { name, counts, time } of results) {
    process.stdout.write(`${name.padEnd(12)} ${formatDuration(time).padStart(10)}  ${inWords(counts)}\n`);
  }
  const total = sum(results.map(({ counts }) => counts));
  process.stdout.write(`\n${inWords(total)}\n`);
  return total.failed === 0 ? 0 : 1;
});
