import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { accountOf, signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { startChild } from '../../support/vault/child.ts';

test('written in place a thousand times while it is renewed: no false event, nothing lost', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, server } = stage;
  await writeAsOthersDo(configFile, `count: 0\n${await readFile(configFile, 'utf8')}`);
  login.keep();
  const rival = startChild(t, 'rewrite-in-place.ts', configFile, '1000');
  const ended = once(rival, 'exit');
  let refreshes = 0;
  while (rival.exitCode === null) {
    clock.advance(10 * SECOND);
    const { kind } = await login.refresh('default');
    assert.ok(kind === 'refreshed' || kind === 'fresh', kind);
    refreshes += 1;
    await delay(200);
  }
  assert.deepEqual(await ended, [0, null]);
  await login.saveAgain();
  await login.catchUp();
  assert.match(await readFile(configFile, 'utf8'), /^count: 1000\n/);
  assert.ok(refreshes > 10, String(refreshes));
  const { history, troubles, whereabouts } = accountOf(login);
  assert.deepEqual(
    history
      .map(({ kind }) => kind)
      .filter((kind) => !['signed-in', 'refreshed', 'made-private'].includes(kind)),
    [],
  );
  assert.deepEqual([troubles, whereabouts], [[], 'config-file']);
  const { refreshToken } = await stage.credential();
  assert.equal(await server.refreshTokenState(String(refreshToken)), 'live');
});

test('emptied for a moment, five times: nothing happened, and nobody is told anything', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile } = stage;
  const told: string[] = [];
  login.onNotification(({ topic }) => told.push(topic));
  login.keep();
  const whole = await readFile(configFile, 'utf8');
  for (let times = 0; times < 5; times++) {
    await writeFile(configFile, '');
    await delay(200);
    await writeFile(configFile, whole);
    await delay(200);
  }
  await login.catchUp();
  assert.deepEqual(
    accountOf(login).history.map(({ kind }) => kind),
    ['signed-in'],
  );
  assert.deepEqual([told, login.snapshot.isFileReadable, accountOf(login).troubles], [[], true, []]);
});
