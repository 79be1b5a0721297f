import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPastedCode } from '../../../src-main/domain/pasted-code.ts';

const CODE = 'aB3-_dE5.fG7~hI9';
const STATE = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ_-12345';

test('each way of copying gives both halves', () => {
  const ways = [
    `${CODE}#${STATE}`,
    `  ${CODE}#${STATE}\n`,
    `"${CODE}#${STATE}"`,
    `http://localhost:8765/callback?code=${CODE}&state=${STATE}`,
    `https://console.anthropic.com/oauth/code/callback?code=${CODE}&state=${STATE}`,
    `https://platform.claude.com/oauth/code/callback?state=${STATE}&code=${CODE}#top`,
    `https://platform.claude.com/oauth/code/callback?code=${CODE}#${STATE}`,
    `?code=${CODE}&state=${STATE}`,
    `code=${CODE}&state=${STATE}`,
    `state=${STATE}&code=${CODE}`,
  ];
  for (const way of ways) {
    assert.deepEqual(readPastedCode(way), { problem: null, code: CODE, state: STATE }, way);
  }
});

test('what is wrong is told apart', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['', 'empty'],
    ['  ', 'empty'],
    [CODE, 'no-state'],
    [`${CODE}#`, 'no-state'],
    [`#${STATE}`, 'no-code'],
    [`state=${STATE}`, 'no-code'],
    [`${CODE}#${STATE.slice(0, 20)}`, 'state-cut-short'],
    [`${CODE}#${STATE}x`, 'not-understood'],
    ['hello there', 'not-understood'],
    [`http://localhost:8765/callback?error=access_denied&state=${STATE}`, 'declined'],
    [`https://claude.ai/oauth/authorize?code=true&code_challenge=x&state=${STATE}`, 'authorization-url'],
  ];
  for (const [text, problem] of wrong) assert.deepEqual(readPastedCode(text), { problem }, text);
});

test('whatever is pasted, an answer comes, and a code never without a whole state', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true })),
      (text) => {
        const read = readPastedCode(text);
        if (read.problem === null) assert.ok(read.code !== '' && read.state.length === 43);
      },
    ),
  );
});
