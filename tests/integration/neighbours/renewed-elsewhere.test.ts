import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { memoryKeychains } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, codes, file, iso, renewedByAnother, times } from './kit.ts';

const copies = (login: Login) => account(login).troubles.flatMap((each) => ('copy' in each ? each.copy : []));

/** An app over one file, and commands over another one, to which the first was brought. */
async function twoPaths(
  t: TestContext,
  { how = cp, hasKeychain = true }: { how?: Bring; hasKeychain?: boolean },
) {
  const keychainAt = memoryKeychains();
  const given = (path: string) => (hasKeychain ? { keychain: keychainAt(path), keychainAt } : {});
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-paths-'));
  const configFile = join(folder, 'shared', 'config.yaml');
  const stage = await signedIn(t, { configFile, ...given(configFile) });
  t.after(() => rm(folder, { recursive: true }));
  const there = join(folder, 'dotfiles', 'config.yaml');
  await mkdir(dirname(there));
  await how(configFile, there);
  await stage.login.catchUp();
  const renewed = async () => {
    stage.clock.advance(8 * HOUR);
    const command = await stage.open({ configFile: there, ...given(there) });
    await command.catchUp();
    assert.equal((await command.refresh('default')).kind, 'refreshed');
    await command.stop();
    const found = /refresh_token: (\S+)/.exec(await readFile(there, 'utf8'))?.[1];
    return found ?? assert.fail();
  };
  const putBack = async (token: string) => {
    await stage.login.catchUp();
    assert.deepEqual(copies(stage.login), [true]);
    await stage.login.putBack('default');
    stage.clock.advance(8 * HOUR);
    assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
    assert.equal(times(token), 1);
  };
  return { stage, there, keychainAt, renewed, putBack };
}

type Bring = (from: string, to: string) => Promise<void>;

for (const hasKeychain of [true, false])
  for (const how of [cp, rename])
    for (const isLeft of [true, false]) {
      const ways = `${how === cp ? 'copied' : 'moved'}${isLeft ? '' : ', and deleted'}`;
      test(`renewed under another path, where it was ${ways}: offered; ${hasKeychain ? 'a' : 'no'} keychain`, async (t) => {
        const { there, renewed, putBack } = await twoPaths(t, { how, hasKeychain });
        const last = await renewed();
        if (!isLeft) await rm(there);
        await putBack(last);
      });
    }

test('…and once more, while the app goes on running', async (t) => {
  const { stage, renewed, putBack } = await twoPaths(t, {});
  const first = await renewed();
  await stage.login.catchUp();
  await putBack(await renewed());
  assert.equal(times(first), 1);
});

test('…more often than a copy tells of: offered all the same', async (t) => {
  const { stage, there, putBack } = await twoPaths(t, { hasKeychain: false });
  const command = await stage.open({ configFile: there });
  await command.catchUp();
  for (let times = 0; times < 52; times++) {
    stage.clock.advance(8 * HOUR);
    assert.equal((await command.refresh('default')).kind, 'refreshed');
  }
  await command.stop();
  await putBack(/refresh_token: (\S+)/.exec(await readFile(there, 'utf8'))?.[1] ?? assert.fail());
});

test('…from the file there, while the keychain is locked', async (t) => {
  const { stage, there, keychainAt, renewed, putBack } = await twoPaths(t, {});
  for (const path of [stage.configFile, there]) keychainAt(path).isLocked = true;
  await putBack(await renewed());
});

for (const hasKeychain of [true, false])
  for (const id of ['default', 'work'])
    test(`what another program may have renewed there since${id === 'work' ? ', under another id,' : ''} is not offered; ${hasKeychain ? 'a' : 'no'} keychain`, async (t) => {
      const { stage, there, renewed } = await twoPaths(t, { hasKeychain });
      const { login, clock } = stage;
      const refreshToken = await renewed();
      const next = await renewedByAnother(stage, { ...(await stage.credential()), refreshToken });
      await writeAsOthersDo(there, file(block(id, next, iso(clock.now() + 8 * HOUR))));
      await login.catchUp();
      assert.deepEqual(copies(login), [false]);
      await login.putBack('default');
      clock.advance(8 * HOUR);
      await login.refresh('default');
      assert.equal(times(refreshToken), 1, 'the spent one was presented');
    });

test('another Latchkey over the same file renews while its clock is a day behind: its successor is taken, whatever end it has', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  await stage.login.stop();
  const clock = new FakeClock(stage.clock.now() - DAY);
  const container = await stage.open({ dataDir: join(stage.folder, 'container'), clock });
  await container.catchUp();
  for (let renewals = 0; renewals < 2; renewals++) {
    assert.equal((await container.refresh('default')).kind, 'refreshed');
    clock.advance(HOUR);
  }
  await container.stop();
  stage.clock.advance(HOUR);
  const ours = await stage.open();
  await ours.catchUp();
  assert.deepEqual(codes(ours), []);
  assert.match((await ours.refresh('default')).kind, /^(adopted|refreshed)$/);
  assert.equal(times(first.refreshToken), 1);
});
