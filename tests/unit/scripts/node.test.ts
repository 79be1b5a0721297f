import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNewEnough } from '../../../scripts/set-up/node.mjs';

test('a Node is new enough from 22.18 on, which runs TypeScript files as they are', () => {
  for (const version of ['22.18.0', '22.20.1', '23.0.0', '24.1.0'])
    assert.equal(isNewEnough(version), true, version);
  for (const version of ['20.20.2', '22.9.0', '22.17.1']) assert.equal(isNewEnough(version), false, version);
});
