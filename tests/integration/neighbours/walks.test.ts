import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan } from '../../walks/plan.ts';
import { walk } from '../../walks/walk.ts';

/** The first few of `npm run walks`. */
for (let seed = 1; seed <= 10; seed++) {
  test(`a walk of other programs, people and several of ours loses no login, seed ${seed}`, async () => {
    const { lines, violations } = await walk(seed, plan(seed, { least: 5, most: 18 }));
    assert.deepEqual(violations, [], lines.join('\n'));
  });
}
