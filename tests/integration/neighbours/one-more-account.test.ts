import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symlink, mkdir, rename } from 'node:fs/promises';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import type { KeptCopy } from '../../../src-main/vault/keychain/keychain.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, file, graces, isHeld, iso, received, text, twoPeople, write } from './kit.ts';

test('a system keychain that takes no notice of case: Work and work are two', async (t) => {
  class Caseless extends MemoryKeychain {
    override async keep(copies: readonly KeptCopy[]): Promise<void> {
      await this.asked();
      for (const copy of copies)
        this.copies.set(copy.credential.id.toLowerCase(), { ...copy, isOld: false, isFormer: false });
    }
  }
  const keychain = new Caseless();
  const stage = await signedIn(t, { keychain });
  const { login, clock, configFile } = stage;
  const grace = await graces(stage);
  const ada = await stage.credential();
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('work', ada, at), block('Work', grace, at));
  await login.catchUp();
  await login.stop();
  const later = await stage.open({ keychain });
  await later.catchUp();
  await writeAsOthersDo(configFile, 'providers: {}\n');
  await later.catchUp();
  await later.stop();
  const third = await stage.open({ keychain });
  // Before it is told whose Work is it may be the successor of work.
  third.keep();
  await third.catchUp();
  await until('hers to be told', () => account(third, 'Work').owner ?? undefined);
  assert.deepEqual(
    third.snapshot.accounts.map((each) => each.whereabouts),
    ['copy', 'copy'],
  );
});

test('a link leads to another config file for a while: nothing of the first is lost', async (t) => {
  const stage = await signedIn(t);
  const { clock, dataDir } = stage;
  const ada = await stage.credential();
  const grace = await graces(stage);
  const at = iso(clock.now() + 8 * HOUR);
  await mkdir(`${stage.folder}/l`);
  const link = `${stage.folder}/l/config.yaml`;
  await symlink(stage.configFile, link);
  const second = `${stage.folder}/second.yaml`;
  await writeAsOthersDo(second, file(block('default', grace, at)));
  const login = await stage.open({ configFile: link, dataDir });
  await login.catchUp();
  // Ada’s is taken away and only a copy is left; the link leads elsewhere then.
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await login.catchUp();
  await symlink(second, `${link}.new`);
  await rename(`${link}.new`, link);
  await login.catchUp();
  clock.advance(3 * HOUR);
  await login.refresh('default');
  await symlink(stage.configFile, `${link}.new`);
  await rename(`${link}.new`, link);
  await login.catchUp();
  assert.notDeepEqual(await isHeld(ada.refreshToken, stage), []);
  assert.equal(account(login).whereabouts, 'copy');
});

test('a new name for each and a removal, in one write', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  const third = await stage.foreignCredential();
  await write(stage, block('default', ada, at), block('work', grace, at), block('third', third, at));
  await login.catchUp();
  clock.advance(3 * HOUR);
  await login.refresh('third');
  const c1 = received.at(-1) ?? '';
  await write(stage, block('work', ada, at), block('third', grace, at));
  await login.catchUp();
  assert.notDeepEqual(await isHeld(c1, stage), [], 'the third living login is on no disk any more');
  assert.ok(
    login.snapshot.accounts.some((each) => each.troubles.some(({ code }) => code.startsWith('entry-'))),
  );
});

test('a program that keeps one entry only writes the other account into it, with the id of the first', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login } = stage;
  login.keep();
  const { ada, grace, at } = await twoPeople(stage);
  await until('hers to be told', () => account(login, 'work').owner ?? undefined);
  await write(stage, block('default', grace, at));
  await login.catchUp();
  const [lost] = login.snapshot.accounts.filter(({ whereabouts }) => whereabouts === 'copy');
  assert.ok(lost !== undefined, 'nobody is told of Ada’s');
  assert.deepEqual(
    lost.troubles.map(({ code }) => code),
    ['entry-removed'],
  );
  assert.notDeepEqual(await isHeld(ada.refreshToken, stage), [], 'Ada’s living login is gone');
  await login.putBack(lost.id);
  const both = await text(stage);
  for (const each of [ada, grace]) assert.ok(both.includes(String(each.refreshToken)));
});
