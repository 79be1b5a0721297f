import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { AccountsFile } from '../../../src-main/vault/records/accounts-file.ts';
import { CopiesFile } from '../../../src-main/vault/records/copies-file.ts';
import { RescueFile } from '../../../src-main/vault/records/rescue-file.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { crashAtRename } from './crash.ts';
import { diesBehindFile, diesWhileSyncing, diesWithAnswer, drafts, followsRenewal } from './dies.ts';
import { account, block, codes, graces, isHeld, iso, text, times, twoPeople, write } from './kit.ts';

// A crash behind an answer, and one more event before anybody looks.

const full = (stage: Stage) =>
  new FailureError({ code: 'data-not-writable', path: stage.dataDir, reason: 'ENOSPC' });

/** What may happen to a file while no Latchkey runs. */
const changes = {
  'the older file comes back': (stage: Stage, older: string) => writeAsOthersDo(stage.configFile, older),
  'the entry is taken out': (stage: Stage) => write(stage),
  'the file is removed': ({ configFile }: Stage) => rm(configFile),
} as const;

/** Goes on by itself, or is offered. */
async function livesOn(stage: Stage, sent: string | null, renewed: string | null) {
  const later = await stage.open();
  await later.catchUp();
  if (codes(later).some((code) => code.startsWith('entry-'))) await later.putBack('default');
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual([times(sent), times(renewed)], [1, 1]);
  assert.deepEqual(codes(later), []);
  assert.deepEqual(await drafts(stage), []);
}

/** A renewal while neither what is known nor a copy can be written: the answer has its room. @param how long it stays so */
async function renewsIntoFullFolder(stage: Stage, t: TestContext, how: 'still' | 'meanwhile' = 'meanwhile') {
  stage.clock.advance(8 * HOUR);
  const fails = () => Promise.reject(full(stage));
  let mocks: readonly { readonly mock: { restore(): void } }[] = [];
  stage.onTokenRequest = () => {
    const [records, copies] = [AccountsFile.prototype, CopiesFile.prototype];
    mocks = [t.mock.method(records, 'update', fails), t.mock.method(copies, 'keep', fails)];
    return Promise.resolve();
  };
  const restore = () => mocks.forEach(({ mock }) => mock.restore());
  const outcome = await stage.login.refresh('default');
  assert.equal(outcome.kind === 'refreshed' && outcome.failure?.code, 'data-not-writable');
  stage.onTokenRequest = () => Promise.resolve();
  const renewed = await stage.credential();
  await stage.login.stop();
  if (how === 'meanwhile') restore();
  return { renewed, restore };
}

for (const [what, change] of Object.entries(changes)) {
  test(`killed between the records and the copies, and ${what}: what came goes on, or is offered`, async (t) => {
    const stage = await signedIn(t);
    const [older, sent] = [await text(stage), await stage.credential()];
    stage.clock.advance(8 * HOUR);
    const crash = crashAtRename(stage, join(stage.dataDir, 'copies.json'));
    assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
    const renewed = await stage.credential();
    await stage.login.stop();
    crash();
    await change(stage, older);
    await livesOn(stage, sent.refreshToken, renewed.refreshToken);
  });

  test(`our folder takes the answer and nothing else, and ${what}: what came goes on, or is offered`, async (t) => {
    const stage = await signedIn(t);
    const [older, sent] = [await text(stage), await stage.credential()];
    const { renewed } = await renewsIntoFullFolder(stage, t);
    await change(stage, older);
    await livesOn(stage, sent.refreshToken, renewed.refreshToken);
  });
}

test('killed between the records and the copies, and somebody else’s login is written over it: ours is offered once that is told', async (t) => {
  const stage = await signedIn(t);
  stage.clock.advance(8 * HOUR);
  const crash = crashAtRename(stage, join(stage.dataDir, 'copies.json'));
  await stage.login.refresh('default');
  const renewed = await stage.credential();
  await stage.login.stop();
  crash();
  await write(stage, block('default', await graces(stage), iso(stage.clock.now() + HOUR)));
  const later = await stage.open();
  await later.catchUp();
  stage.clock.advance(10 * SECOND);
  // The answer to a renewal tells whose it is.
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  await later.catchUp();
  const ours = later.snapshot.accounts.find(({ whereabouts }) => whereabouts === 'copy')?.id ?? assert.fail();
  await later.putBack(ours);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh(ours)).kind, 'refreshed');
  assert.equal(times(renewed.refreshToken), 1);
  assert.equal(account(later).owner?.email, 'grace@example.org');
});

test('killed behind the file, which is somebody else’s then: in another file what came goes on', async (t) => {
  const stage = await signedIn(t);
  const configFile = join(stage.folder, 'other', 'config.yaml');
  await mkdir(dirname(configFile));
  await copyFile(stage.configFile, configFile);
  const first = await stage.open({ configFile });
  await first.catchUp();
  await first.stop();
  const { sent, renewed } = await diesBehindFile(stage);
  await write(stage, block('default', await graces(stage), iso(stage.clock.now() + 8 * HOUR)));
  const later = await stage.open({ configFile });
  await later.catchUp();
  stage.clock.advance(8 * HOUR);
  assert.match((await later.refresh('default')).kind, /^(adopted|refreshed)$/);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual([times(sent.refreshToken), times(renewed.refreshToken)], [1, 1]);
});

test('killed while the new file is synced, the entry taken out and put back, and the old block pasted under another id: that is not presented', async (t) => {
  const stage = await signedIn(t);
  const { sent } = await diesWhileSyncing(stage);
  await write(stage);
  const later = await stage.open();
  await later.catchUp();
  await later.putBack('default');
  const pasted = block('work', sent, iso(stage.clock.now() - HOUR));
  await writeAsOthersDo(stage.configFile, `${await text(stage)}${pasted}\n`);
  await later.catchUp();
  stage.clock.advance(8 * HOUR);
  for (const id of ['work', 'default']) {
    await later.refresh(id);
    stage.clock.advance(10 * SECOND);
  }
  assert.equal(times(sent.refreshToken), 1);
});

for (const [how, dies] of [
  ['with the answer in its hands', diesWithAnswer],
  ['behind the file', diesBehindFile],
] as const) {
  test(`killed ${how}, and once we have looked a Latchkey with a data folder of its own gets the older file: it presents nothing`, async (t) => {
    const stage = await signedIn(t);
    const older = await text(stage);
    const other = { dataDir: join(stage.folder, 'container') };
    await (await stage.open(other)).stop();
    const { sent } = await dies(stage);
    const later = await stage.open();
    await later.catchUp();
    await later.stop();
    await writeAsOthersDo(stage.configFile, older);
    const container = await stage.open(other);
    await container.catchUp();
    stage.clock.advance(8 * HOUR);
    await container.refresh('default');
    assert.equal(times(sent.refreshToken), 1);
  });
}

test('killed with the answer in its hands, and signed out on a full disk: nothing of what came stays', async (t) => {
  const stage = await signedIn(t);
  const { sent, renewed } = await diesWithAnswer(stage);
  t.mock.method(RescueFile.prototype, 'keepLeftovers', () => Promise.reject(full(stage)));
  const later = await stage.open();
  await later.catchUp();
  await later.signOut('default');
  for (const { accessToken, refreshToken } of [sent, renewed]) {
    assert.deepEqual(await isHeld(accessToken, stage), []);
    assert.deepEqual(await isHeld(refreshToken, stage), []);
  }
});

test('killed while the new file is synced, which is made a link, and then signed out: nothing stays where it lay', async (t) => {
  const stage = await signedIn(t);
  const { sent, renewed } = await diesWhileSyncing(stage);
  const target = join(stage.folder, 'dotfiles', 'config.yaml');
  await mkdir(dirname(target));
  await rename(stage.configFile, target);
  await symlink(target, stage.configFile);
  const later = await stage.open();
  await later.catchUp();
  await later.signOut('default');
  for (const { refreshToken } of [sent, renewed]) {
    assert.deepEqual(await isHeld(refreshToken, stage, undefined, dirname(target)), []);
  }
});

test('signed out of one of two logins after a file of ours was set aside as damaged: of that its tokens are blanked out', async (t) => {
  const stage = await signedIn(t);
  const { ada, grace } = await twoPeople(stage);
  await until('copies of both', async () => {
    await stage.login.catchUp();
    const held = await isHeld(grace.refreshToken, {
      ...stage,
      configFile: join(stage.folder, 'none', 'none'),
    });
    return held.length > 0 ? held : undefined;
  });
  const path = join(stage.dataDir, 'copies.json');
  await stage.login.stop();
  const damaged = (await text({ configFile: path })).slice(0, -3);
  await writeFile(path, damaged);
  const later = await stage.open();
  await later.catchUp();
  // Whoever takes it out: the damaged file is the only one that has it as a text.
  await write(stage, block('default', ada, iso(stage.clock.now() + 8 * HOUR)));
  await later.signOut('default');
  const setAside = (await readdir(stage.dataDir)).filter((name) => name.startsWith('copies.json.broken-'));
  const blank = [ada.accessToken, String(ada.refreshToken)].reduce(
    (whole, token) => whole.replaceAll(token, '*'.repeat(token.length)),
    damaged,
  );
  assert.deepEqual(
    await Promise.all(setAside.map((name) => text({ configFile: join(stage.dataDir, name) }))),
    [blank],
  );
  assert.ok(blank.includes(String(grace.refreshToken)));
});

test('our folder takes the answer and nothing else, and another program renews that: theirs goes on', async (t) => {
  const stage = await signedIn(t);
  const sent = await stage.credential();
  const { renewed } = await renewsIntoFullFolder(stage, t);
  await followsRenewal(stage, { sent, renewed });
});

test('our folder takes the answer and nothing else for as long as the app runs: once it takes more nothing is left of that', async (t) => {
  const stage = await signedIn(t);
  const { renewed, restore } = await renewsIntoFullFolder(stage, t, 'still');
  const later = await stage.open();
  await later.catchUp();
  assert.equal((await drafts(stage)).length, 1);
  restore();
  await later.catchUp();
  assert.deepEqual(await drafts(stage), []);
  assert.deepEqual(codes(later), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(renewed.refreshToken), 1);
});
