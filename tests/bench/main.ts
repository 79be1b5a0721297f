import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/set-up/paths.mjs';
import type { Figure } from './figure.ts';
import { isPart, PARTS } from './parts.ts';
import { performancePage } from './performance-page.ts';

// `npm run bench [-- <part>…]`: measures on the test desktop, shows the figures, and, when all parts were measured,
// writes them to docs/performance.md.

const given = process.argv.slice(2);
const unknown = given.filter((name) => !isPart(name));
if (unknown.length > 0) {
  process.stderr.write(`No such part: ${unknown.join(', ')}. There are: ${PARTS.join(', ')}.\n`);
  process.exit(2);
}
const parts = given.length === 0 ? PARTS : given;
const onDesktop = [
  join(root, 'tests/support/desktop/run.ts'),
  '--',
  process.execPath,
  'tests/bench/measure.ts',
];
const { status } = spawnSync(process.execPath, [...onDesktop, ...parts], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const measured = readFileSync(join(root, 'artifacts', 'performance.json'), 'utf8');
const page = performancePage(JSON.parse(measured) as Figure[]);
process.stdout.write(page);
if (parts.length === PARTS.length) writeFileSync(join(root, 'docs', 'performance.md'), page);
