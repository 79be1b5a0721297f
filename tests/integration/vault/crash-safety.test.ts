import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Vault } from '../../../src-main/vault/vault.ts';
import { exitCode, firstOutput, startChild } from '../../support/vault/child.ts';
import { credential, record, temporaryFolder } from '../../support/vault/sample.ts';
import { saveCredential } from '../../support/vault/save-credential.ts';

const KILLS = 24;

test('killed at any moment, a writer leaves a whole file with a whole credential and a free lock', async (t) => {
  const folder = await temporaryFolder(t);
  const [configFile, dataDir] = [join(folder, 'config', 'config.yaml'), join(folder, 'data')];
  const vault = new Vault({ configFile, dataDir, keychain: null });
  const seen = new Set<string>();
  await Promise.all(
    // Two writers at a time, so that one is killed while the other waits or writes.
    [1, 2].map(async () => {
      for (let kill = 0; kill < KILLS / 2; kill++) {
        const child = startChild(t, 'save-in-a-loop.ts', configFile, dataDir);
        await firstOutput(child);
        await delay(Math.random() * 40);
        child.kill('SIGKILL');
        await exitCode(child);
        const { accounts, troubles } = await vault.load();
        assert.deepEqual(troubles, []);
        const [stored] = accounts;
        assert.ok(stored?.whereabouts === 'config-file');
        const { accessToken = '', refreshToken = '' } = stored.credential ?? {};
        const [, count, filling = ''] = /^token-\d+-(\d+)-(x*)$/.exec(accessToken) ?? [];
        assert.equal(filling.length, Number(count) % 50);
        assert.equal(refreshToken, `${accessToken}-refresh`);
        seen.add(accessToken);
      }
    }),
  );
  assert.ok(seen.size > 5, 'the kills came at different moments');
  const before = performance.now();
  assert.deepEqual(await saveCredential(vault, credential, () => record), {
    isInFile: true,
    failure: null,
  });
  assert.ok(performance.now() - before < 9_000);
  const leftovers = (await readdir(join(folder, 'config'))).filter((name) => name.endsWith('.tmp'));
  t.diagnostic(`${KILLS} kills, ${seen.size} accounts seen, ${leftovers.length} temporary files left`);
});
