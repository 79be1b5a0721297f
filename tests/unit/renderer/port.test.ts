import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portProblem, readPort } from '../../../src-renderer/settings/port.ts';

test('a port is what an ordinary program may listen on, and nothing else', () => {
  const read = (...texts: string[]) => texts.map(readPort);
  assert.deepEqual(read('1024', '8765', '65535', ' 9000 '), [1024, 8765, 65535, 9000]);
  assert.deepEqual(
    read('', '80', '1023', '65536', '-9000', '9e3', '0x2345', '8765.0', 'http').filter(
      (port) => port !== null,
    ),
    [],
  );
});

test('a port that can be used has no problem, finished or not', () => {
  for (const hasFinished of [false, true]) assert.equal(portProblem('8765', hasFinished), null);
});

test('what more digits may mend is told only to whoever has finished', () => {
  for (const text of ['', '8', '876', '1023']) {
    assert.equal(portProblem(text, false), null, text);
    assert.notEqual(portProblem(text, true), null, text);
  }
});

test('what no further digit mends is told at once', () => {
  assert.equal(portProblem('87651', false), 'too-high');
  assert.equal(portProblem('87a', false), 'not-a-number');
  assert.equal(portProblem('80', true), 'too-low');
  assert.equal(portProblem('', true), 'missing');
});
