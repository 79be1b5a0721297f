import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { letAge, signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

/** A computer with the command alone, which has renewed the login. */
async function renewed(t: TestContext) {
  const stage = await signedIn(t, { clock: systemClock });
  await stage.login.stop();
  const run = (...words: string[]) => terminal.run(words, variablesOf(stage, 18_866));
  const older = await readFile(stage.configFile, 'utf8');
  await letAge(stage, HOUR);
  assert.equal((await run('refresh')).code, 0);
  return { stage, run, older, ours: await stage.credential() };
}

test('after an older file each command names the one that decides, and it does', async (t) => {
  const { stage, run, older, ours } = await renewed(t);
  await writeAsOthersDo(stage.configFile, older);
  for (const command of ['refresh', 'doctor']) {
    const { code, out, error } = await run(command);
    assert.notEqual(code, 0);
    assert.match(out + error, /latchkey put-back/, command);
  }
  assert.deepEqual(await run('put-back'), { code: 0, out: 'Put back into the config file.\n', error: '' });
  assert.equal((await stage.credential()).refreshToken, ours.refreshToken);
  assert.equal((await run('refresh')).code, 0);
});

test('an entry that was taken out is put back, and what is not lost is left alone', async (t) => {
  const { stage, run, ours } = await renewed(t);
  await writeAsOthersDo(stage.configFile, 'providers:\n  anthropic:\n    api_key: ${KEY}\n');
  for (const put_back of [true, false]) {
    const out = `${JSON.stringify({ id: 'default', put_back, offered: [] })}\n`;
    assert.deepEqual(await run('put-back', '--json'), { code: 0, out, error: '' });
    assert.equal((await stage.credential()).refreshToken, ours.refreshToken);
  }
  assert.equal((await run('put-back', '--account', 'work')).code, 3);
  await writeFile(stage.configFile, '\t: [');
  const { code, error } = await run('put-back');
  assert.deepEqual([code, error.includes('config-not-yaml')], [1, true]);
});
