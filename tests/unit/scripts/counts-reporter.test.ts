import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { programEnvironment } from '../../../scripts/set-up/environment.mjs';
import { countsOfRun } from '../../../scripts/test/counts.mjs';

const reporter = new URL('../../../scripts/test/counts-reporter.mjs', import.meta.url).href;

test("Node's own runner, over several files, is counted as a whole", (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-counts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const head = "import { test, describe } from 'node:test';\n";
  writeFileSync(
    join(folder, 'a.test.mjs'),
    `${head}test('1', () => {}); describe('s', () => test('2', () => {}));`,
  );
  writeFileSync(
    join(folder, 'b.test.mjs'),
    `${head}test('3', () => { throw 1; }); test.skip('4', () => {});`,
  );
  writeFileSync(join(folder, 'c.test.mjs'), 'this is no JavaScript');

  const { stdout, status } = spawnSync(
    process.execPath,
    ['--test', `--test-reporter=${reporter}`, '*.test.mjs'],
    {
      cwd: folder,
      env: programEnvironment(process.env),
      encoding: 'utf8',
    },
  );
  assert.deepEqual(countsOfRun(stdout, status ?? -1), { passed: 2, failed: 2, skipped: 1 });
});
