import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withEvent } from '../../../src-main/domain/history.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { credential, record, temporaryFolder } from '../../support/vault/sample.ts';
import { saveCredential } from '../../support/vault/save-credential.ts';

interface Stored {
  files: { accounts: { history: unknown[] }[] }[];
}

test('what a newer version wrote into a history is there after this one has gone on with it', async (t) => {
  const folder = await temporaryFolder(t);
  const [configFile, dataDir] = [join(folder, 'config', 'config.yaml'), join(folder, 'data')];
  const vault = new Vault({ configFile, dataDir, keychain: null });
  const at = Date.UTC(2026, 10, 23);
  await saveCredential(vault, credential, () => ({ ...record, history: [{ at, kind: 'signed-in' }] }));
  const path = join(dataDir, 'accounts.json');
  const read = async () => JSON.parse(await readFile(path, 'utf8')) as Stored;

  const stored = await read();
  const history = stored.files[0]?.accounts[0]?.history ?? [];
  const newer = { at: new Date(at).toISOString(), kind: 'teleported', to: 'elsewhere' };
  history.unshift(newer);
  await writeFile(path, JSON.stringify(stored));

  await vault.saveRecord('default', (old) => ({
    ...old,
    history: withEvent(old.history, { at: at + 1, kind: 'refreshed' }),
  }));
  assert.deepEqual((await read()).files[0]?.accounts[0]?.history, [
    newer,
    { at: new Date(at).toISOString(), kind: 'signed-in' },
    { at: new Date(at + 1).toISOString(), kind: 'refreshed' },
  ]);
});
