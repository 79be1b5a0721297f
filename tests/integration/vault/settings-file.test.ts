import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../../src-main/domain/settings.ts';
import { SettingsFile, type StoredSettings } from '../../../src-main/vault/records/settings-file.ts';
import { NOW } from '../../support/snapshots.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

const AT_FIRST: StoredSettings = {
  settings: DEFAULT_SETTINGS,
  termsAcknowledgedAt: null,
  welcomedAt: null,
  toldOfTrayAt: null,
  windowPlace: null,
  answeringTokenHost: null,
  systemProxies: {},
};

test('a first start finds what nobody has changed, and creates nothing', async (t) => {
  const dataDir = join(await temporaryFolder(t), 'data');
  assert.deepEqual(await new SettingsFile(dataDir).read(), AT_FIRST);
  await assert.rejects(stat(dataDir), { code: 'ENOENT' });
});

test('what is saved is there after a restart, in a file of the owner alone', async (t) => {
  const dataDir = await temporaryFolder(t);
  await new SettingsFile(dataDir).save({ termsAcknowledgedAt: NOW });
  assert.deepEqual(await new SettingsFile(dataDir).read(), { ...AT_FIRST, termsAcknowledgedAt: NOW });
  if (process.platform !== 'win32') {
    assert.equal((await stat(join(dataDir, 'settings.json'))).mode & 0o777, 0o600);
  }
});

test('a setting that makes no sense is as if nobody had changed it, and the others stay', async (t) => {
  const dataDir = await temporaryFolder(t);
  const open = () => new SettingsFile(dataDir);
  const settings = { ...DEFAULT_SETTINGS, theme: 'dark' as const, keychain: false };
  await open().save({ settings });
  assert.deepEqual((await open().read()).settings, settings);
  const path = join(dataDir, 'settings.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('8765', '80').replace('"dark"', '"pink"'));
  assert.deepEqual((await open().read()).settings, { ...settings, theme: 'system' });
});
