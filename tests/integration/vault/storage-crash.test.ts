import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Vault } from '../../../src-main/vault/vault.ts';
import { exitCode, firstOutput, startChild } from '../../support/vault/child.ts';
import { FileKeychain } from '../../support/vault/file-keychain.ts';
import { renewedInStorage, tokens } from '../../support/vault/renewed-in-storage.ts';
import { credential, record, temporaryFolder } from '../../support/vault/sample.ts';
import { saveCredential } from '../../support/vault/save-credential.ts';

/** `KILLS=1000` gives the figures of docs/reliability.md. */
const KILLS = Number(process.env['KILLS'] ?? 12);

test('killed at any moment, a move between storages leaves the last credential in one place at least', async (t) => {
  const folder = await temporaryFolder(t);
  const [configFile, dataDir] = [join(folder, 'config', 'config.yaml'), join(folder, 'data')];
  const path = join(folder, 'keychain.json');
  const open = () =>
    new Vault({ configFile, dataDir, keychain: null, settleMs: 50, secrets: new FileKeychain(path) });
  await saveCredential(open(), { ...credential, ...tokens(0) }, () => record);
  const storages = new Map<string, number>();
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild(t, 'move-in-a-loop.ts', configFile, dataDir, path, String(kill));
    await firstOutput(child);
    await delay(Math.random() * 300);
    child.kill('SIGKILL');
    // One that failed has a code of its own.
    assert.equal(await exitCode(child), null);
    const vault = open();
    await vault.exclusively(() => vault.tidy());
    const { accounts, troubles } = await vault.load();
    assert.deepEqual(troubles, []);
    const [account] = accounts;
    assert.equal(accounts.length, 1);
    assert.equal(account?.lock, null);
    assert.ok(account.whereabouts === 'config-file' || account.whereabouts === 'own-folder');
    const token = String(account.credential?.refreshToken);
    assert.match(token, /^refresh-of-.*-\d+$/);
    const text = await readFile(configFile, 'utf8');
    // Whatever the crash left, nothing that renews is where it must not be.
    if (account.storage !== 'config-file') assert.doesNotMatch(text, /refresh-of-/);
    storages.set(account.storage, (storages.get(account.storage) ?? 0) + 1);
    // What is at hand is the last one: it can be renewed.
    await renewedInStorage(vault, kill);
  }
  t.diagnostic(`${KILLS} kills, found in ${[...storages].map((each) => each.join(' ')).join(', ')}`);
});
