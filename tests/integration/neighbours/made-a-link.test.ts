import assert from 'node:assert/strict';
import { mkdir, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { until } from '../../support/desktop/until.ts';
import { account, block, codes, graces, isHeld, iso, kinds, received, text, write } from './kit.ts';

/** What a program for dotfiles does. */
async function makeLink({ folder }: Stage, configFile: string) {
  const target = join(folder, 'dotfiles', 'config.yaml');
  await mkdir(dirname(target));
  await rename(configFile, target);
  await symlink(target, configFile);
}

test('a sign-in waits for a config file that is made a link: it is written where that leads', async (t) => {
  const stage = await signedIn(t);
  const configFile = join(stage.folder, 'other', 'config.yaml');
  await writeAsOthersDo(configFile, '\t: [');
  const login = await stage.open({ configFile });
  await login.signIn();
  await login.stop();
  await makeLink(stage, configFile);
  await writeAsOthersDo(join(stage.folder, 'dotfiles', 'config.yaml'), 'providers: {}\n');
  const later = await stage.open({ configFile });
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  assert.ok((await text({ configFile })).includes(received.at(-1) ?? ''));
});

test('a login that was taken out is offered also once the file is a link', async (t) => {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await stage.login.catchUp();
  await stage.login.stop();
  await makeLink(stage, stage.configFile);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-removed']);
  await later.putBack('default');
  assert.deepEqual(codes(later), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(await isHeld(ours.refreshToken, stage), []);
});

for (const hasKeychain of [false, true]) {
  test(`a link that leads to another login of the same id: ours is offered once it is told whose that is (${hasKeychain ? 'with' : 'without'} a keychain)`, async (t) => {
    const keychain = new MemoryKeychain();
    const kept = hasKeychain ? { keychain } : {};
    const stage = await signedIn(t, kept);
    const [ada, grace] = [await stage.credential(), await graces(stage)];
    await stage.login.stop();
    await makeLink(stage, stage.configFile);
    // A keychain has it by the name of the link.
    for (const [id, copy] of [...keychain.copies]) {
      keychain.copies.delete(id);
      keychain.copies.set(`former ${id}`, { ...copy, isFormer: true });
    }
    await write(
      { configFile: join(stage.folder, 'dotfiles', 'config.yaml') },
      block('default', grace, iso(stage.clock.now() + 8 * HOUR)),
    );
    const later = await stage.open(kept);
    await later.catchUp();
    assert.deepEqual([kinds(later), later.snapshot.accounts.length], [['adopted'], 1]);
    later.keep();
    await until('its owner to be told', () => account(later).owner ?? undefined);
    await later.catchUp();
    assert.deepEqual([codes(later), codes(later, 'account-2')], [[], ['entry-removed']]);
    await later.putBack('account-2');
    assert.deepEqual(codes(later, 'account-2'), []);
    for (const { refreshToken } of [ada, grace])
      assert.ok((await text(stage)).includes(String(refreshToken)));
  });
}

test('a link that leads to the same person’s other login brings nothing along', async (t) => {
  const stage = await signedIn(t);
  const other = await stage.foreignCredential();
  await stage.login.stop();
  await makeLink(stage, stage.configFile);
  await write(
    { configFile: join(stage.folder, 'dotfiles', 'config.yaml') },
    block('default', other, iso(stage.clock.now() + 8 * HOUR)),
  );
  const later = await stage.open();
  await later.catchUp();
  later.keep();
  await until('its owner to be told', () => account(later).owner ?? undefined);
  await later.catchUp();
  assert.deepEqual([kinds(later), later.snapshot.accounts.length], [['adopted'], 1]);
});
