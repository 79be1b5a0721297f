import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { HelperAnswer } from '../../../src-main/vault/keychain/keychain-helper.ts';
import { KeychainLine, type KeychainHelper } from '../../../src-main/vault/keychain/keychain-line.ts';

const REQUEST = { do: 'read', services: ['Latchkey'] } as const;

/** One that never answers, or at once. */
class Helper extends EventEmitter implements KeychainHelper {
  isKilled = false;
  readonly #answers: boolean;

  constructor(answers: boolean) {
    super();
    this.#answers = answers;
  }

  postMessage(): void {
    const answer: HelperAnswer = { items: [] };
    if (this.#answers) setImmediate(() => this.emit('message', answer));
  }

  kill(): void {
    this.isKilled = true;
    setImmediate(() => this.emit('exit', null));
  }
}

test('a call that nobody answers is given another one in its place in the end, and only then', async () => {
  const helpers: Helper[] = [];
  const line = new KeychainLine(
    () => {
      const helper = new Helper(helpers.length > 0);
      helpers.push(helper);
      return Promise.resolve(helper);
    },
    20,
    200,
  );
  await assert.rejects(line.call(REQUEST), /keychain-unavailable/);
  await assert.rejects(line.call(REQUEST), /keychain-unavailable/);
  assert.deepEqual([helpers.length, helpers[0]?.isKilled], [1, false]);
  await delay(250);
  assert.deepEqual(await line.call(REQUEST), []);
  assert.deepEqual([helpers.length, helpers[0]?.isKilled], [2, true]);
});
