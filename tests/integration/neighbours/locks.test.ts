import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { text, times, renewedIntoRescue } from './kit.ts';

const child = fileURLToPath(new URL('../../support/login/refreshing-child.ts', import.meta.url));

test('one asks at a time, also where the folder and its lock come back from a backup meanwhile', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, dataDir, server } = stage;
  const whole = await text(stage);
  clock.advance(3 * SECOND);
  let lines = '';
  stage.onTokenRequest = async () => {
    stage.onTokenRequest = () => Promise.resolve();
    await rm(dirname(configFile), { recursive: true });
    await mkdir(dirname(configFile));
    await writeFile(configFile, whole);
    const endpoints = { authorizeUrl: server.authorizeUrl, tokenUrl: server.tokenUrl, apiUrl: server.apiUrl };
    const order = { configFile, dataDir, endpoints, ahead: 60_000, dieAt: null };
    const other = spawn(process.execPath, [child, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    other.stdout.on('data', (chunk: Buffer) => {
      lines += String(chunk);
      if (lines.includes('refreshed')) other.kill('SIGKILL');
    });
    const limit = setTimeout(() => other.kill('SIGKILL'), 5_000);
    await once(other, 'exit');
    clearTimeout(limit);
  };
  await login.refresh('default');
  await login.catchUp();
  const now = await stage.credential();
  assert.equal(
    await server.refreshTokenState(now.refreshToken ?? ''),
    'live',
    'both asked, and the family is revoked',
  );
});

test('the older block is taken over although an entry of another client holds its token', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const ada = await stage.credential();
  await writeAsOthersDo(
    stage.configFile,
    'providers:\n  anthropic:\n    oauth_credentials:\n      - id: theirs\n        client_id: ""\n' +
      `        access_token: ${ada.accessToken}\n        refresh_token: ${ada.refreshToken ?? ''}\n` +
      `    oauth:\n      access_token: ${ada.accessToken}\n      refresh_token: ${ada.refreshToken ?? ''}\n`,
  );
  const later = await stage.open({ dataDir: join(stage.folder, 'data-9') });
  await login.stop();
  await later.catchUp();
  await later.takeOverOlderBlock();
  clock.advance(8 * HOUR);
  assert.ok(
    later.snapshot.accounts.some(({ refreshable }) => refreshable),
    'nobody renews it',
  );
});

for (const name of ['accounts.json', 'rescue.json'] as const) {
  for (const what of ['deleted', 'emptied', 'of version 3'] as const) {
    test(`no spent token is presented where ${name} is ${what} while the renewed login waits in rescue.json`, async (t) => {
      const stage = await signedIn(t);
      const { server, clock, configFile, dataDir } = stage;
      const { first, second, whole } = await renewedIntoRescue(stage);
      await stage.login.stop();
      const path = join(dataDir, name);
      if (what === 'deleted') await rm(path);
      else if (what === 'emptied') await writeFile(path, '');
      else await writeFile(path, (await readFile(path, 'utf8')).replace('"version": 2', '"version": 3'));
      await writeAsOthersDo(configFile, whole);
      const later = await stage.open();
      await later.catchUp();
      clock.advance(8 * HOUR);
      await later.refresh('default');
      assert.equal(times(first.refreshToken), 1, 'presented again');
      if (name === 'accounts.json')
        assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'spent');
    });
  }
}
