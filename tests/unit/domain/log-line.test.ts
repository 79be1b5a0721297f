import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FRAME, MOST_FRAMES, traceOf } from '../../../src-main/domain/error-trace.ts';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { logLine } from '../../../src-main/domain/log-line.ts';
import { NOW } from '../../support/snapshots.ts';

const OWN = 'file:///home/ada/latchkey/out/main/';
const TOKEN = 'sk-ant-oat01-secret';

function failing(message: string, frames: readonly string[], more: object = {}): Error {
  const error = Object.assign(new TypeError(message), more);
  error.stack = [`TypeError: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return error;
}

test('of an error its class, its code and the frames of our own files are told', () => {
  const error = failing(
    'x',
    [
      `save (${OWN}vault-a1.js:12:34)`,
      'node:internal/process/task_queues:95:5',
      `async Login.refresh [as call] (${OWN}main.js:1:20000)`,
      'reach (/home/ada/secret-project/index.js:1:1)',
      `${OWN}main.js:2:3`,
    ],
    { code: 'ECONNRESET' },
  );
  assert.deepEqual(traceOf(error, OWN), {
    class: 'TypeError',
    code: 'ECONNRESET',
    frames: ['save vault-a1.js:12:34', 'async Login.refresh [as call] main.js:1:20000', ' main.js:2:3'],
  });
});

test('a real error of this very file has its frame', () => {
  const own = new URL('.', import.meta.url).href;
  const [frame = ''] = traceOf(new Error('x'), own).frames;
  assert.match(frame, /log-line\.test\.ts:\d+:\d+$/);
  assert.match(frame, FRAME);
});

test('no message, path or odd name gets into a line, whatever an error makes of itself', () => {
  const forged = `${TOKEN}\n    at ${TOKEN} (${OWN}main.js:1:1)`;
  const odd = [
    failing(forged, [`save (${OWN}main.js:1:2)`]),
    failing(TOKEN, [], { code: TOKEN }),
    failing(TOKEN, [], { name: TOKEN }),
    // Its message was another one when its stack was written.
    Object.assign(failing(forged, []), { message: 'changed' }),
    new Error(TOKEN, { cause: failing(forged, [], { name: TOKEN, code: TOKEN }) }),
    TOKEN,
    { message: TOKEN },
  ];
  for (const error of odd) {
    const line = JSON.stringify(logLine(NOW, 'main', error, OWN));
    assert.doesNotMatch(line, /sk-ant|ada/);
  }
  assert.deepEqual(traceOf(odd[0], OWN).frames, ['save main.js:1:2']);
});

test('a line is bounded, however deep an error lies', () => {
  const long = Array.from({ length: 100 }, () => `${'n'.repeat(60)} (${OWN}${'f'.repeat(57)}.js:1:1)`);
  let error = failing('x', long, { code: 'E'.repeat(41) });
  for (let depth = 0; depth < 20; depth++) error = Object.assign(failing('x', long), { cause: error });
  const line = logLine(NOW, 'login', error, OWN, {
    host: 'h'.repeat(255),
    milliseconds: 30_000,
    status: 503,
  });
  assert.equal(line.frames.length, MOST_FRAMES);
  assert.equal(line.causes.length, 3);
  assert.ok(JSON.stringify(line).length < 12 * 1024);
});

test('a failure is told by its code, with the host that it names and what caused it', () => {
  const failure = new FailureError(
    { code: 'answer-lost', host: 'api.example.org' },
    { cause: failing(TOKEN, [], { code: 'UND_ERR_SOCKET' }) },
  );
  const { at, place, class: name, code, host, causes } = logLine(NOW, 'refresh', failure, OWN);
  assert.deepEqual(
    { at, place, name, code, host, causes },
    {
      at: new Date(NOW).toISOString(),
      place: 'refresh',
      name: 'FailureError',
      code: 'answer-lost',
      host: 'api.example.org',
      causes: [{ class: 'TypeError', code: 'UND_ERR_SOCKET', frames: [] }],
    },
  );
});
