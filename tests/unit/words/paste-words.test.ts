import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPastedCode } from '../../../src-main/domain/pasted-code.ts';
import { describePasteProblem } from '../../../src-main/words/paste-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';

const ENGLISH = wordsFor('en');

const STATE = 's'.repeat(43);

/** What is said of a text that is no whole code. */
const said = (text: string) => {
  const { problem } = readPastedCode(text);
  return problem === null ? 'fine' : describePasteProblem(ENGLISH, problem);
};

test('of an empty field nothing is said', () => {
  assert.equal(said(''), null);
  assert.equal(said('  '), null);
});

test('each problem has words of its own, that never quote what was pasted', () => {
  const texts = [
    'https://claude.ai/oauth/authorize?code=true&code_challenge=abc',
    'http://localhost:8765/callback?error=access_denied',
    `#${STATE}`,
    'aB3dE5fG7hI9',
    `aB3dE5fG7hI9#${STATE.slice(3)}`,
    'two words',
  ];
  const words = [...texts.map(said), describePasteProblem(ENGLISH, 'state-mismatch')];
  assert.equal(new Set(words).size, 7);
  for (const sentence of words) {
    assert.match(sentence ?? '', /\.$/);
    assert.doesNotMatch(sentence ?? '', /aB3|sss|localhost/);
  }
});

test('of a whole code nothing is wrong', () => assert.equal(said(`aB3dE5fG7hI9#${STATE}`), 'fine'));
