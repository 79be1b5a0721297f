import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Storage } from '../../../src-main/domain/storage.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { block, codes, graces, iso, times, write } from './kit.ts';

/** One that fails after so many calls. */
class FailingKeychain extends MemoryKeychain {
  readonly #keychains: Keychains;

  constructor(keychains: Keychains) {
    super();
    this.#keychains = keychains;
  }

  protected override asked(): Promise<void> {
    return this.#keychains.callsLeft-- > 0 ? super.asked() : Promise.reject(new Error('gone'));
  }
}

/** A keychain that holds the secrets of each config file under a name of its own. */
class Keychains {
  readonly byFile = new Map<string, MemoryKeychain>();
  callsLeft = Infinity;

  at = (configFile: string): MemoryKeychain => {
    const known = this.byFile.get(configFile) ?? new FailingKeychain(this);
    this.byFile.set(configFile, known);
    return known;
  };

  /** Where a refresh token is, by the file that it goes by. */
  holding({ refreshToken }: Credential): readonly string[] {
    return [...this.byFile].flatMap(([path, { copies }]) =>
      [...copies.values()].some(({ credential }) => credential.refreshToken === refreshToken) ? path : [],
    );
  }

  lock(isLocked: boolean): void {
    for (const each of this.byFile.values()) each.isLocked = isLocked;
  }
}

async function stored(t: TestContext, storage: Storage) {
  const keychains = new Keychains();
  const secretsAt = keychains.at;
  const stage = await signedIn(t, { secretsAt });
  const open = async (configFile: string, given: Stage = stage) => {
    const login = await given.open({ configFile, secrets: keychains.at(configFile), secretsAt });
    await login.catchUp();
    return login;
  };
  await stage.login.stop();
  const first = await open(stage.configFile);
  const credential = await stage.credential();
  await first.storage.move('default', storage);
  assert.deepEqual(keychains.holding(credential), [stage.configFile]);
  await first.stop();
  return { stage, keychains, credential, open, moved: join(stage.folder, 'dotfiles', 'latchkey.yaml') };
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

const textOf = (path: string) => readFile(path, 'utf8');

test('access-only: a file that is moved takes along what is in the keychain', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'access-only');
  await move(stage.configFile, moved);
  const later = await open(moved);
  assert.deepEqual(codes(later), []);
  const [account] = later.snapshot.accounts;
  assert.deepEqual([account?.storage, account?.owner?.email], ['access-only', 'ada@example.org']);
  assert.deepEqual(keychains.holding(credential), [moved], 'and nothing stays behind');
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(credential.refreshToken), 1);
  assert.ok(!(await textOf(moved)).includes('sk-ant-ort01'));
});

test('… also back, and a file of the same name that comes afterwards has none of it', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'access-only');
  await move(stage.configFile, moved);
  await (await open(moved)).stop();
  const empty = await open(stage.configFile);
  assert.deepEqual(empty.snapshot.accounts, []);
  await empty.stop();
  await move(moved, stage.configFile);
  const back = await open(stage.configFile);
  assert.deepEqual(codes(back), []);
  assert.deepEqual(keychains.holding(credential), [stage.configFile]);
  assert.deepEqual(await back.signOut('default').then(({ revocation }) => revocation), {
    outcome: 'revoked',
  });
  assert.deepEqual(keychains.holding(credential), []);
});

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: a file that is moved and linked takes it along`, async (t) => {
    const { stage, keychains, credential, moved } = await stored(t, storage);
    await move(stage.configFile, moved);
    await symlink(moved, stage.configFile);
    // As the system's keychain, which knows the path that leads there as well.
    const later = await stage.open({
      configFile: stage.configFile,
      secrets: keychains.at(moved),
      secretsAt: keychains.at,
    });
    await later.catchUp();
    assert.deepEqual(codes(later), []);
    assert.deepEqual(keychains.holding(credential), [moved]);
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
  });
}

test('keychain: what is in no file goes with its neighbours in the file', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'keychain');
  const grace = await graces(stage);
  const lines = [
    `      - id: work\n        client_id: ${grace.clientId}`,
    `        access_token: ${grace.accessToken}\n        refresh_token: ${String(grace.refreshToken)}`,
  ];
  await writeFile(
    stage.configFile,
    `providers:\n  anthropic:\n    oauth_credentials:\n${lines.join('\n')}\n`,
  );
  const first = await open(stage.configFile);
  assert.deepEqual(first.snapshot.accounts.map(({ id }) => id).toSorted(), ['default', 'work']);
  await first.stop();
  await move(stage.configFile, moved);
  const later = await open(moved);
  assert.deepEqual(codes(later), []);
  assert.deepEqual(codes(later, 'work'), []);
  assert.deepEqual(keychains.holding(credential), [moved]);
});

test('keychain: alone nobody can tell where it belongs, so it waits where it is', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'keychain');
  await move(stage.configFile, moved);
  const later = await open(moved);
  assert.deepEqual(later.snapshot.accounts, []);
  await later.stop();
  await move(moved, stage.configFile);
  assert.deepEqual(codes(await open(stage.configFile)), []);
  assert.deepEqual(keychains.holding(credential), [stage.configFile]);
});

test('a locked keychain: told as locked, and brought along once it is open', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'access-only');
  await move(stage.configFile, moved);
  keychains.at(moved);
  keychains.lock(true);
  const locked = await open(moved);
  assert.deepEqual(codes(locked), ['secret-locked']);
  assert.equal(locked.snapshot.accounts[0]?.refreshable, true);
  assert.deepEqual(keychains.holding(credential), [stage.configFile]);
  // Nothing is sent, and it is not taken for signed out by the next process either.
  stage.clock.advance(7.9 * HOUR);
  assert.equal((await locked.refresh('default')).kind, 'refused');
  const next = await open(moved);
  assert.deepEqual(codes(next), ['secret-locked']);
  keychains.lock(false);
  await next.storage.askKeychain();
  assert.deepEqual(codes(next), []);
  assert.deepEqual(keychains.holding(credential), [], 'it is renewed, and the spent one is nowhere');
  assert.equal(times(credential.refreshToken), 1);
});

test('a keychain that fails in the middle costs nothing, wherever that is', async (t) => {
  for (let calls = 0; calls < 6; calls++) {
    const { stage, keychains, credential, open, moved } = await stored(t, 'access-only');
    await move(stage.configFile, moved);
    keychains.callsLeft = calls;
    await (await open(moved)).stop();
    assert.notDeepEqual(keychains.holding(credential), [], `after ${calls} calls`);
    keychains.callsLeft = Infinity;
    const later = await open(moved);
    assert.deepEqual(codes(later), [], `after ${calls} calls`);
    assert.deepEqual(keychains.holding(credential), [moved], `after ${calls} calls`);
    assert.equal(await stage.server.refreshTokenState(String(credential.refreshToken)), 'live');
  }
});

test('a file that is copied keeps what is in the keychain to itself', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'access-only');
  await mkdir(dirname(moved), { recursive: true });
  await copyFile(stage.configFile, moved);
  const copy = await open(moved);
  assert.equal(copy.snapshot.accounts[0]?.refreshable, false);
  assert.deepEqual(keychains.holding(credential), [stage.configFile]);
  const own = await open(stage.configFile);
  stage.clock.advance(8 * HOUR);
  assert.equal((await own.refresh('default')).kind, 'refreshed');
});

for (const storage of ['access-only', 'keychain'] as const)
  test(`${storage}: what went along to a backup that was looked at comes back with the file, and stays`, async (t) => {
    const { stage, keychains, credential, open } = await stored(t, storage);
    if (storage === 'keychain') {
      const grace = await graces(stage);
      await write(stage, block('work', grace, iso(stage.clock.now() + 8 * HOUR)));
      await (await open(stage.configFile)).stop();
    }
    const backup = `${stage.configFile}.bak`;
    await copyFile(stage.configFile, backup);
    await rm(stage.configFile);
    await (await open(backup)).stop();
    assert.deepEqual(keychains.holding(credential), [backup]);
    await copyFile(backup, stage.configFile);
    const restored = await open(stage.configFile);
    assert.deepEqual(keychains.holding(credential), [stage.configFile]);
    await (await open(backup)).stop();
    await restored.catchUp();
    assert.deepEqual(codes(restored), []);
    assert.deepEqual(keychains.holding(credential), [stage.configFile]);
    assert.equal(
      restored.snapshot.accounts.find(({ id }) => id === 'default')?.owner?.email,
      'ada@example.org',
    );
    stage.clock.advance(8 * HOUR);
    assert.equal((await restored.refresh('default')).kind, 'refreshed');
  });

test('what another file has under the same id in the keychain is left alone', async (t) => {
  const { stage, keychains, credential, open, moved } = await stored(t, 'access-only');
  await move(stage.configFile, moved);
  keychains.at(moved);
  keychains.lock(true);
  const locked = await open(moved);
  await locked.stop();
  keychains.lock(false);
  // Grace signs in where the file was, and keeps hers in the keychain, too.
  const grace = { ...(await graces(stage)), id: 'default' };
  const there = keychains.at(stage.configFile);
  there.copies.set('default', { credential: grace, replaces: [], isOld: false, isFormer: false });
  const later = await open(moved);
  assert.deepEqual(codes(later), ['secret-missing'], 'hers is not taken for ours');
  await later.signOut('default');
  assert.deepEqual(keychains.holding(grace), [stage.configFile]);
  assert.equal(await stage.server.refreshTokenState(String(credential.refreshToken)), 'live');
});
