import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { codes, presented, received, text } from './kit.ts';

async function withFolderToTake(t: TestContext) {
  const [keychain, secrets] = [new MemoryKeychain(), new MemoryKeychain()];
  const stage = await signedIn(t, { keychain, secrets });
  const { dataDir } = stage;
  const away = async () => {
    await rename(dataDir, `${dataDir}-away`);
    await writeFile(dataDir, '');
  };
  const back = async () => {
    await rm(dataDir);
    await rename(`${dataDir}-away`, dataDir);
  };
  return { stage, keychain, secrets, away, back };
}

test('what was renewed meanwhile is in the keychain alone, and ends earlier than the one before: it is offered', async (t) => {
  const { stage, keychain, away, back } = await withFolderToTake(t);
  const { login, clock, configFile, server } = stage;
  clock.advance(HOUR);
  const shorter = { kind: 'change', fields: { expires_in: 600 } } as const;
  server.setMood({ endpoint: 'token', times: 1, behaviour: shorter });
  const begun = presented.length;
  await away();
  await login.refresh('default');
  await back();
  await writeAsOthersDo(configFile, 'providers:\n  openai:\n    api_key: theirs\n');
  const later = await stage.open({ keychain });
  await later.catchUp();
  await later.putBack('default');
  assert.deepEqual(codes(later), []);
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  const all = presented.slice(begun);
  assert.equal(new Set(all).size, all.length, 'a spent one was presented');
});

for (const storage of ['access-only', 'keychain'] as const) {
  test(`nor can the config file be read, of a login whose storage is ${storage}: nothing is sent`, async (t) => {
    const { stage, away } = await withFolderToTake(t);
    const { login, clock, configFile } = stage;
    await login.storage.move('default', storage);
    await writeAsOthersDo(configFile, `${await text(stage)}\n\t: [`);
    await away();
    clock.advance(8 * HOUR);
    const begun = received.length;
    assert.equal((await login.refresh('default')).kind, 'refused');
    assert.equal(received.length, begun);
  });
}
