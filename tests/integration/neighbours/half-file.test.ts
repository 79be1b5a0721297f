import assert from 'node:assert/strict';
import { cp, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, text } from './kit.ts';

test('wherever a file was cut short, nothing is left to tell once the whole is there again', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const whole = await text(stage);
  const lines = [...whole.matchAll(/(access_token|refresh_token|expires_at|client_id|- id|scopes).*/g)];
  const cuts = lines.flatMap(({ index, 0: line }) => [index + line.length - 5, index + line.length]);
  const bad: unknown[] = [];
  await cp(stage.dataDir, `${stage.dataDir}-before`, { recursive: true });
  for (const cut of cuts) {
    await rm(stage.dataDir, { recursive: true });
    await cp(`${stage.dataDir}-before`, stage.dataDir, { recursive: true });
    await writeFile(stage.configFile, whole);
    const login = await stage.open();
    await login.catchUp();
    await writeFile(stage.configFile, whole.slice(0, cut));
    await login.catchUp();
    await writeFile(stage.configFile, whole);
    await login.catchUp();
    const { troubles, history } = account(login);
    if (troubles.length > 0)
      bad.push([
        whole
          .slice(cut - 30, cut)
          .split('\n')
          .at(-1)
          ?.replace(/sk-ant.*/, 'sk-…'),
        troubles.map(({ code }) => code),
        history.map(({ kind }) => kind),
      ]);
    await login.stop();
  }
  assert.deepEqual(bad, []);
});
