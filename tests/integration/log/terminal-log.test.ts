import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { LogLine } from '../../../src-main/domain/log-line.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { letAge, signedIn, type Stage } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const PORT = 18_877;

async function logged({ dataDir }: Stage): Promise<readonly LogLine[]> {
  const text = await readFile(join(dataDir, 'logs', 'errors.jsonl'), 'utf8');
  assert.doesNotMatch(text, /sk-ant|ada|example\.org/);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
}

test('while nothing goes wrong there is no log; a refusal leaves the request and what became of it', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await letAge(stage, 9 * HOUR);
  const variables = variablesOf(stage, PORT);
  assert.equal((await terminal.run(['status'], variables)).code, 0);
  assert.ok(!existsSync(join(stage.dataDir, 'logs')));

  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  assert.equal((await terminal.run(['refresh'], variables)).code, 3);
  const lines = await logged(stage);
  const host = new URL(stage.server.tokenUrl).host;
  assert.deepEqual(
    lines.map(({ place, class: name, code, status }) => [place, name, code, status]),
    [
      ['request', 'Refused', null, 400],
      ['refresh', 'FailureError', 'grant-refused', undefined],
    ],
  );
  assert.equal(lines[0]?.host, host);
  assert.ok((lines[0].milliseconds ?? -1) >= 0);
  assert.match(lines[1]?.frames[0] ?? '', /\.cjs:\d+:\d+$/);
});

test('what nobody caught in a command is told and noted, and ends it with 1', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const throwing = `
    process.on('newListener', (name) => {
      if (name === 'unhandledRejection') setImmediate(() => { throw new RangeError('sk-ant-oat01-secret'); });
    });`;
  const { code, error } = await terminal.run(['status'], {
    ...variablesOf(stage, PORT),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(throwing)}`,
  });
  assert.equal(code, 1);
  assert.match(error, /\[internal\]/);
  assert.doesNotMatch(error, /sk-ant/);
  assert.deepEqual(
    (await logged(stage)).map(({ place, class: name }) => [place, name]),
    [['terminal', 'RangeError']],
  );
});
