import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import type { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { replaceEntry, type Stage } from '../../support/login/signed-in.ts';
import { crashAtRename } from './crash.ts';
import { codes, isHeld, renewedByAnother, settled, times } from './kit.ts';

// Processes that die with the answer to a renewal.

/** As a process that dies with the answer in its hands. */
export async function diesWithAnswer(
  stage: Stage,
  { id = 'default', secrets = null }: { readonly id?: string; readonly secrets?: MemoryKeychain | null } = {},
) {
  await stage.login.stop();
  const vault = new Vault({ ...stage, keychain: null, ...(secrets === null ? {} : { secrets }) });
  await vault.seeSecrets();
  const { account } = await vault.find(id);
  const sent = account?.credential ?? assert.fail();
  const renewed = await renewedByAnother(stage, sent);
  await vault.exclusively(async () => (await vault.takeRoom(id, sent)).draft(renewed));
  return { sent, renewed };
}

/** As one that dies while the new file is synced. */
export async function diesWhileSyncing(stage: Stage) {
  const sent = await stage.credential();
  stage.clock.advance(8 * HOUR);
  const crash = crashAtRename(stage);
  await stage.login.refresh('default');
  await stage.login.stop();
  const renewed = await stage.credential();
  crash();
  return { sent, renewed };
}

export const drafts = async ({ dataDir }: Stage) =>
  (await readdir(dataDir)).filter((name) => /^\.rescue\.json\..*\.tmp$/.test(name));

/** As one that dies with the answer in the file, and its draft not yet given back. */
export async function diesBehindFile(stage: Stage) {
  const answer = await diesWithAnswer(stage);
  await replaceEntry(stage.configFile, answer.sent, answer.renewed);
  return answer;
}

/** Another program renews what came, before we look: theirs goes on. */
export async function followsRenewal(
  stage: Stage,
  { sent, renewed }: Record<'sent' | 'renewed', Credential>,
) {
  stage.clock.advance(7 * HOUR);
  const theirs = await renewedByAnother(stage, renewed);
  await replaceEntry(stage.configFile, renewed, theirs);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  await settled(later);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(
    [sent, renewed, theirs].map(({ refreshToken }) => times(refreshToken)),
    [1, 1, 1],
  );
  assert.deepEqual(await drafts(stage), []);
  assert.deepEqual(await isHeld(renewed.refreshToken, stage), []);
}
