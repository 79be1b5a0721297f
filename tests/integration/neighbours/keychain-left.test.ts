import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, presented, received, text, write } from './kit.ts';

const switchOff = (login: Login) => login.changeSettings({ ...login.snapshot.settings, keychain: false });

test('second copies are switched off while another process goes on keeping them: one is found when its entry is lost', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { clock, login, configFile } = stage;
  const agent = await stage.open({ keychain });
  const backup = await text(stage);
  await switchOff(login);
  clock.advance(8 * HOUR);
  await agent.refresh('default');
  const token = received.at(-1) ?? '';
  await Promise.all([agent.stop(), login.stop()]);
  await writeAsOthersDo(configFile, backup);
  const later = await stage.open({ keychain });
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-replaced']);
  await later.putBack('default');
  clock.advance(10 * SECOND);
  await later.refresh('default');
  assert.equal(presented.at(-1), token);
});

test('… also when another one’s login is written over it', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { clock, login } = stage;
  const grace = await graces(stage);
  const agent = await stage.open({ keychain });
  await switchOff(login);
  clock.advance(8 * HOUR);
  await agent.refresh('default');
  const token = received.at(-1) ?? '';
  await Promise.all([agent.stop(), login.stop()]);
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  const later = await stage.open({ keychain });
  later.keep();
  await later.catchUp();
  await until('ours to be offered', () =>
    later.snapshot.accounts.some(({ id }) => id === 'account-2') ? true : undefined,
  );
  await later.putBack('account-2');
  assert.ok((await text(stage)).includes(token));
});

test('… and one of a config file that nobody had open then', async (t) => {
  const stage = await signedIn(t, { keychain: new MemoryKeychain() });
  const files = { configFile: join(stage.folder, 'work', 'config.yaml'), keychain: new MemoryKeychain() };
  const work = await stage.open(files);
  await work.signIn();
  const token = received.at(-1) ?? '';
  await work.stop();
  await switchOff(stage.login);
  await writeAsOthersDo(files.configFile, 'providers: {}\n');
  const later = await stage.open(files);
  await later.catchUp();
  await later.putBack('default');
  assert.ok((await text(files)).includes(token));
});

test('… and who does without a keychain is not told that it is locked, nor offered what another login left there', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, configFile, dataDir } = stage;
  const copies = await keychain.read();
  await switchOff(login);
  await login.signOut('default');
  await login.signIn();
  await login.stop();
  // As a process that had begun before leaves it, with an end that nobody knows.
  await keychain.keep(
    copies.map((copy) => ({ ...copy, credential: { ...copy.credential, accessExpiresAt: null } })),
  );
  await rm(join(dataDir, 'copies.json'));
  await writeAsOthersDo(configFile, 'providers: {}\n');
  for (const isLocked of [true, false]) {
    keychain.isLocked = isLocked;
    const later = await stage.open({ keychain });
    await later.catchUp();
    assert.equal(account(later).whereabouts, 'nowhere');
    assert.equal(later.snapshot.keychainTrouble, null);
  }
});

for (const isLocked of [false, true]) {
  test(`… and whoever signs out takes it out of there, and nothing of another login${isLocked ? '; locked, it is in nobody’s way' : ''}`, async (t) => {
    const keychain = new MemoryKeychain();
    const stage = await signedIn(t, { keychain });
    const { clock, login } = stage;
    const grace = { ...(await graces(stage)), id: 'hers' };
    const agent = await stage.open({ keychain });
    await switchOff(login);
    clock.advance(8 * HOUR);
    await agent.refresh('default');
    await keychain.keep([{ credential: grace, replaces: [] }]);
    await agent.stop();
    keychain.isLocked = isLocked;
    await login.signOut('default');
    assert.deepEqual(login.snapshot.accounts, []);
    assert.deepEqual([...keychain.copies.keys()], isLocked ? ['default', 'hers'] : ['hers']);
  });
}
