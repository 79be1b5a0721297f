import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';

async function spoilCopies({ dataDir }: Stage) {
  const copies = join(dataDir, 'copies.json');
  await rm(copies, { force: true });
  await mkdir(copies);
}

test('second copies cannot be read, and no keychain takes them: it is told', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  await spoilCopies(stage);
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.deepEqual(
    login.snapshot.troubles.map(({ code }) => code),
    ['data-not-writable'],
  );
});

test('… and not where a keychain has them', async (t) => {
  const stage = await signedIn(t, { keychain: new MemoryKeychain() });
  const { login, clock } = stage;
  await spoilCopies(stage);
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.deepEqual(login.snapshot.troubles, []);
});
