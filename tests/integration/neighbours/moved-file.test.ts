import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { memoryKeychains } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { account, codes, text, times, renewedIntoRescue } from './kit.ts';

for (const how of ['moved and linked', 'named otherwise'] as const) {
  test(`what waits in rescue.json is used though its file is ${how} by then`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock, configFile } = stage;
    const { first, second, whole } = await renewedIntoRescue(stage);
    assert.equal(login.snapshot.accounts[0]?.whereabouts, 'own-folder');
    await login.stop();
    // The person mends it, and puts it under their dotfiles.
    const moved = join(stage.folder, 'dotfiles', 'config.yaml');
    await mkdir(dirname(moved), { recursive: true });
    await rename(configFile, moved);
    await writeFile(moved, whole);
    if (how === 'moved and linked') await symlink(moved, configFile);
    const later = await stage.open(how === 'moved and linked' ? {} : { configFile: moved });
    await later.catchUp();
    clock.advance(8 * HOUR);
    await later.refresh('default');
    assert.equal(times(first.refreshToken), 1);
    assert.equal(
      await server.refreshTokenState(second.refreshToken ?? ''),
      'spent',
      'what was kept was never used',
    );
  });
}

test('a token that was refused is not presented again where its file has moved', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, folder, configFile, server } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await login.refresh('default');
  const { owner } = login.snapshot.accounts[0] ?? {};
  await login.stop();
  const moved = join(folder, 'moved.yaml');
  await rename(configFile, moved);
  await symlink(moved, configFile);
  const later = await stage.open();
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'presented again');
  assert.deepEqual(codes(later), ['grant-refused']);
  assert.deepEqual(later.snapshot.accounts[0]?.owner, owner, 'who it is has moved along');
});

/** A login that was renewed, over copies in a keychain or in our own folder, and another place for its file. */
async function renewedBeforeTheMove(t: TestContext, hasKeychain: boolean) {
  const keychainAt = memoryKeychains();
  const given = (configFile: string) => ({
    configFile,
    ...(hasKeychain ? { keychain: keychainAt(configFile), keychainAt } : {}),
  });
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-moved-'));
  t.after(() => rm(folder, { recursive: true }));
  const stage = await signedIn(t, given(join(folder, 'shared', 'config.yaml')));
  const older = await text(stage);
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  const last = await stage.credential();
  const open = async (configFile: string) => {
    const login = await stage.open(given(configFile));
    await login.catchUp();
    return login;
  };
  return { stage, older, last, keychainAt, open, moved: join(folder, 'dotfiles', 'config.yaml') };
}

for (const hasKeychain of [true, false])
  for (const there of ['an older one', 'none'] as const) {
    test(`a file is gone, and ${there} is where it is to be now: its login is offered; ${hasKeychain ? 'a' : 'no'} keychain`, async (t) => {
      const { stage, older, last, open, moved } = await renewedBeforeTheMove(t, hasKeychain);
      await stage.login.stop();
      await rm(stage.configFile);
      if (there === 'an older one') await writeAsOthersDo(moved, older);
      const later = await open(moved);
      assert.deepEqual(codes(later), [there === 'none' ? 'entry-removed' : 'entry-replaced']);
      if (there === 'none') assert.equal(account(later).owner?.email, 'ada@example.org');
      await later.putBack('default');
      stage.clock.advance(8 * HOUR);
      assert.equal((await later.refresh('default')).kind, 'refreshed');
      assert.equal(times(last.refreshToken), 1);
    });
  }

test('…of two that are gone with one id each, both are', async (t) => {
  const { stage, open, moved } = await renewedBeforeTheMove(t, true);
  const work = await open(`${stage.configFile}.work`);
  await work.signIn();
  for (const login of [work, stage.login]) await login.stop();
  await rm(dirname(stage.configFile), { recursive: true });
  const later = await open(moved);
  assert.equal(new Set(later.snapshot.accounts.map(({ id }) => id)).size, 2);
  for (const { id } of later.snapshot.accounts) {
    await later.putBack(id);
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh(id)).kind, 'refreshed');
  }
});

const over: Readonly<
  Record<string, (move: Awaited<ReturnType<typeof renewedBeforeTheMove>>) => Promise<unknown>>
> = {
  'stands in another file': async ({ stage: { configFile }, open }) => {
    await cp(configFile, `${configFile}.copy`);
    await open(`${configFile}.copy`);
  },
  'was signed out while the keychain was locked': async ({ stage: { login, configFile }, keychainAt }) => {
    keychainAt(configFile).isLocked = true;
    await login.signOut('default').catch(() => undefined);
    keychainAt(configFile).isLocked = false;
  },
  'has ended': ({ stage: { clock } }) => {
    clock.advance(40 * 24 * HOUR);
    return Promise.resolve();
  },
};

for (const [what, happens] of Object.entries(over)) {
  test(`what ${what} is not offered where nobody is known`, async (t) => {
    const move = await renewedBeforeTheMove(t, true);
    await happens(move);
    await move.stage.login.stop();
    await rm(move.stage.configFile);
    assert.deepEqual((await move.open(move.moved)).snapshot.accounts, []);
  });
}
