import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { STORAGES } from '../../../src-main/domain/storage.ts';
import { fingerprint, recall, remember } from '../../../src-main/terminal/glance.ts';
import { aSnapshot, anAccount } from '../../support/snapshots.ts';

for (const storage of STORAGES) {
  test(`an account in ${storage} is ${storage === 'config-file' ? '' : 'not '}answered for from what was kept`, async () => {
    const home = mkdtempSync(join(tmpdir(), 'latchkey-glance-'));
    const files = { configFile: join(home, 'config.yaml'), dataDir: join(home, 'data'), home };
    mkdirSync(join(files.dataDir, 'command'), { recursive: true });
    writeFileSync(files.configFile, 'access_token: sk-ant-oat01-one\n');
    const now = Date.now() + MINUTE;
    const base = aSnapshot([anAccount({ storage, accessExpiresAt: now + HOUR, troubles: [] })]);
    const surroundings = { ...base.surroundings, configFile: files.configFile, home };
    const login = {
      snapshot: { ...base, surroundings },
      accessToken: () => Promise.resolve('sk-ant-oat01-one'),
    };
    await remember(login, files, fingerprint(files), '1.0.0', now);
    assert.equal(recall(files, '1.0.0', now) !== null, storage === 'config-file');
  });
}
