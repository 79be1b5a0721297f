import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { RescueFile } from '../../../src-main/vault/records/rescue-file.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { until } from '../../support/desktop/until.ts';
import { replaceEntry, signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { crashAtRename, journalOf } from './crash.ts';
import { diesBehindFile, diesWhileSyncing, diesWithAnswer, drafts, followsRenewal } from './dies.ts';
import {
  block,
  codes,
  graces,
  isHeld,
  iso,
  renewedByAnother,
  spentBeside,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

// What has come is in a draft before anything else is done with it: it takes tens of milliseconds until it is in its place.

async function goesOn(
  stage: Stage,
  { sent, renewed }: Record<'sent' | 'renewed', Credential>,
  id = 'default',
) {
  const before = times(sent.refreshToken);
  const later = await stage.open();
  await later.catchUp();
  stage.clock.advance(10 * SECOND);
  assert.match((await later.refresh(id)).kind, /^(adopted|refreshed)$/);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh(id)).kind, 'refreshed');
  assert.equal(times(sent.refreshToken), before, 'a spent one was presented');
  assert.equal(times(renewed.refreshToken), 1);
  assert.deepEqual(codes(later, id), []);
  assert.deepEqual(await drafts(stage), []);
  assert.equal((await text(stage)).includes(String(renewed.refreshToken)), false);
  return later;
}

test('killed with the answer in its hands: the next refresh goes on with that', async (t) => {
  const stage = await signedIn(t);
  const answer = await diesWithAnswer(stage);
  const [draft = ''] = await drafts(stage);
  const { mode, size } = await stat(join(stage.dataDir, draft));
  assert.deepEqual([mode & 0o777, size >= 32 * 1024], [0o600, true], 'all of the room stays taken');
  await goesOn(stage, answer);
});

test('… which is in the file from the next look on: nobody else reads what is spent', async (t) => {
  const stage = await signedIn(t);
  const { sent, renewed } = await diesWithAnswer(stage);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  assert.ok((await text(stage)).includes(String(renewed.refreshToken)));
  assert.equal((await text(stage)).includes(String(sent.refreshToken)), false);
  assert.deepEqual(await drafts(stage), []);
});

test('… of one of two logins: the other one stays as it is', async (t) => {
  const stage = await signedIn(t);
  await twoPeople(stage);
  await stage.login.catchUp();
  const answer = await diesWithAnswer(stage, { id: 'work' });
  await goesOn(stage, answer, 'work');
});

test('… and of a login under two ids both are renewed', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const at = iso(stage.clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('twin', ada, at));
  await stage.login.catchUp();
  const answer = await diesWithAnswer(stage);
  const later = await stage.open();
  await later.catchUp();
  stage.clock.advance(10 * SECOND);
  for (const id of ['twin', 'default', 'twin']) {
    await later.refresh(id);
    stage.clock.advance(10 * SECOND);
  }
  assert.equal((await text(stage)).includes(String(answer.sent.refreshToken)), false);
  assert.equal(times(answer.sent.refreshToken), 1);
});

test('… while the new file is synced, and then the entry gets another id: one account, and nothing waits any more', async (t) => {
  const stage = await signedIn(t);
  const { sent, renewed } = await diesWhileSyncing(stage);
  assert.notDeepEqual(await drafts(stage), []);
  await writeAsOthersDo(stage.configFile, (await text(stage)).replace('id: default', 'id: work'));
  const later = await goesOn(stage, { sent, renewed }, 'work');
  assert.deepEqual(
    later.snapshot.accounts.map(({ id }) => id),
    ['work'],
  );
});

for (const [what, change] of [
  ['takes the entry out', (stage: Stage) => write(stage)],
  ['removes the file', ({ configFile }: Stage) => rm(configFile)],
  [
    'puts somebody else’s login over it',
    async (stage: Stage) =>
      write(stage, block('default', await graces(stage), iso(stage.clock.now() + HOUR))),
  ],
] as const) {
  test(`… while the new file is synced, and another program ${what} before we look: what came is offered`, async (t) => {
    const stage = await signedIn(t);
    const { sent, renewed } = await diesWhileSyncing(stage);
    await change(stage);
    const later = await stage.open();
    await later.catchUp();
    stage.clock.advance(10 * SECOND);
    assert.deepEqual(await later.refresh('default'), { kind: 'entry-lost' });
    await later.putBack('default');
    stage.clock.advance(10 * SECOND);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    assert.deepEqual([times(sent.refreshToken), times(renewed.refreshToken)], [1, 1]);
    assert.deepEqual(codes(later), []);
  });
}

/** The same of a file that can only be written in place: the journal is there still. */
async function diesBehindWriteInPlace(stage: Stage) {
  const before = await text(stage);
  const answer = await diesBehindFile(stage);
  const journal = JSON.stringify({ version: 1, before, after: await text(stage) });
  await writeFile(journalOf(stage.configFile), journal, { mode: 0o600 });
  return answer;
}

for (const [how, dies] of [
  ['with the answer in the file, and its draft as well', diesBehindFile],
  ['… that is written in place, by its journal', diesBehindWriteInPlace],
] as const) {
  test(`killed ${how}, and another program renews that: theirs goes on`, async (t) => {
    const stage = await signedIn(t);
    await followsRenewal(stage, await dies(stage));
  });
}

test('… or does so once we have looked', async (t) => {
  const stage = await signedIn(t);
  const { renewed } = await diesBehindFile(stage);
  const login = await stage.open();
  await login.catchUp();
  stage.clock.advance(7 * HOUR);
  const theirs = await renewedByAnother(stage, renewed);
  await replaceEntry(stage.configFile, renewed, theirs);
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.deepEqual(
    [renewed, theirs].map(({ refreshToken }) => times(refreshToken)),
    [1, 1],
  );
});

test('… or a Latchkey of another config file is the first to look', async (t) => {
  const stage = await signedIn(t);
  const { renewed } = await diesBehindFile(stage);
  stage.clock.advance(7 * HOUR);
  const theirs = await renewedByAnother(stage, renewed);
  await replaceEntry(stage.configFile, renewed, theirs);
  const other = await stage.open({ configFile: join(stage.folder, 'other', 'config.yaml') });
  await other.signIn();
  await other.stop();
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(
    [renewed, theirs].map(({ refreshToken }) => times(refreshToken)),
    [1, 1],
  );
  assert.deepEqual(await drafts(stage), []);
});

for (const [when, dies] of [
  ['behind the file', diesBehindFile],
  ['with the answer in its hands', diesWithAnswer],
] as const) {
  test(`killed ${when}, and somebody else signs in over it: what came is offered once that is told`, async (t) => {
    const stage = await signedIn(t);
    const { sent, renewed } = await dies(stage);
    const grace = await graces(stage);
    await write(stage, block('default', grace, iso(stage.clock.now() + 8 * HOUR)));
    const later = await stage.open();
    later.keep();
    const ours = await until('what came to be offered', async () => {
      await later.catchUp();
      return later.snapshot.accounts.find(({ whereabouts }) => whereabouts === 'copy')?.id;
    });
    await later.putBack(ours);
    stage.clock.advance(10 * SECOND);
    assert.equal((await later.refresh(ours)).kind, 'refreshed');
    assert.deepEqual(
      [sent, renewed, grace].map(({ refreshToken }) => times(refreshToken)),
      [1, 1, 0],
    );
    assert.ok((await text(stage)).includes(String(grace.refreshToken)));
    assert.deepEqual(await drafts(stage), []);
  });
}

test('killed with the answer in its hands, and another program writes the file as it was: what came goes there', async (t) => {
  const stage = await signedIn(t);
  const answer = await diesWithAnswer(stage);
  await writeAsOthersDo(stage.configFile, `# theirs\n${await text(stage)}`);
  await goesOn(stage, answer);
  assert.match(await text(stage), /^# theirs/);
});

for (const [how, dies] of [
  ['with the answer in its hands', diesWithAnswer],
  ['while the new file is synced', diesWhileSyncing],
  ['with the answer in the file, and its draft as well', diesBehindFile],
] as const) {
  test(`killed ${how}, and then signed out: at the first try, of what came`, async (t) => {
    const stage = await signedIn(t);
    const { sent, renewed } = await dies(stage);
    const later = await stage.open();
    await later.catchUp();
    const { revocation } = await later.signOut('default');
    assert.deepEqual(await revocation, { outcome: 'revoked' });
    assert.equal(await stage.server.refreshTokenState(String(renewed.refreshToken)), 'unknown');
    for (const { accessToken, refreshToken } of [sent, renewed]) {
      assert.deepEqual(await isHeld(accessToken, stage), []);
      assert.deepEqual(await isHeld(refreshToken, stage), []);
    }
  });
}

for (const [what, nameIn] of [
  ['what is spent is told', ({ configFile }: Stage) => spentBeside(configFile)],
  ['anything is known', ({ dataDir }: Stage) => join(dataDir, 'accounts.json')],
] as const) {
  test(`killed with the answer in the file, before ${what}, and the older file comes back: what came goes there`, async (t) => {
    const stage = await signedIn(t);
    const [sent, older] = [await stage.credential(), await text(stage)];
    stage.clock.advance(8 * HOUR);
    const crash = crashAtRename(stage, nameIn(stage));
    assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
    await stage.login.stop();
    crash();
    await writeAsOthersDo(stage.configFile, older);
    const later = await stage.open();
    await later.catchUp();
    assert.deepEqual(codes(later), []);
    stage.clock.advance(8 * HOUR);
    // A refresh is what finds it, where nothing else gives cause to look.
    assert.match((await later.refresh('default')).kind, /^(adopted|refreshed)$/);
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    assert.equal(times(sent.refreshToken), 1);
    assert.deepEqual(await drafts(stage), []);
  });
}

test('killed with the answer in its hands, and the disk is full as we look: nothing is sent, and what came goes on later', async (t) => {
  const stage = await signedIn(t);
  const answer = await diesWithAnswer(stage);
  const full = new FailureError({ code: 'data-not-writable', path: stage.dataDir, reason: 'ENOSPC' });
  const keeping = t.mock.method(RescueFile.prototype, 'keepLeftovers', () => Promise.reject(full));
  const later = await stage.open();
  await later.catchUp();
  stage.clock.advance(8 * HOUR);
  const outcome = await later.refresh('default');
  assert.equal(outcome.kind === 'refused' && outcome.failure.code, 'nowhere-to-store');
  await later.stop();
  keeping.mock.restore();
  await goesOn(stage, answer);
});

test('what waits for the file since a sign-in is renewed, killed, and the file has other logins: it goes on waiting', async (t) => {
  const stage = await signedIn(t);
  await stage.login.signOut('default');
  const grace = await graces(stage);
  await write(stage, block('work', grace, iso(stage.clock.now() + 48 * HOUR)));
  await stage.login.catchUp();
  const whole = await text(stage);
  await writeAsOthersDo(stage.configFile, `${whole}\n\t: [`);
  await stage.login.signIn();
  const { renewed } = await diesWithAnswer(stage);
  const later = await stage.open();
  await later.catchUp();
  await writeAsOthersDo(stage.configFile, whole);
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  assert.ok((await text(stage)).includes(String(renewed.refreshToken)));
});

test('what is to be in the keychain alone is in no draft', async (t) => {
  const secrets = new MemoryKeychain();
  const stage = await signedIn(t, { secrets });
  await stage.login.storage.move('default', 'keychain');
  await diesWithAnswer(stage, { secrets });
  assert.notDeepEqual(await drafts(stage), []);
  for (const name of await drafts(stage)) {
    assert.doesNotMatch(await readFile(join(stage.dataDir, name), 'latin1'), /sk-ant-/);
  }
});
