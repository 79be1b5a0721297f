import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyTarball } from '../../../scripts/set-up/stand-in.mjs';

test('only the pinned tarball is accepted as a stand-in', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-stand-in-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const tarball = join(folder, 'electron.tgz');
  const pinned = createHash('sha512').update('the one looked at').digest('base64');

  writeFileSync(tarball, 'the one looked at');
  await verifyTarball(tarball, pinned);
  writeFileSync(tarball, 'the one looked at, and more');
  await assert.rejects(verifyTarball(tarball, pinned), { name: 'SetUpError', message: /is not the file/ });
});
