import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { GRACE } from '../../support/practice/people.ts';
import { approve } from '../../support/practice/approve.ts';
import { block, codes, graces, iso, text, times, write, twoPeople } from './kit.ts';

test('two ids that are swapped, and swapped back, are two logins as before', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  await write(stage, block('default', grace, at), block('work', ada, at));
  await login.catchUp();
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  assert.deepEqual([codes(login), codes(login, 'work')], [[], []]);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.equal(times(ada.refreshToken), 1);
});

test('…and both are in the file, with nothing to put back', async (t) => {
  const stage = await signedIn(t);
  const { login, server } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  await write(stage, block('default', grace, at), block('work', ada, at));
  await login.catchUp();
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  assert.deepEqual([codes(login), codes(login, 'work')], [[], []]);
  const then = await text(stage);
  for (const { refreshToken } of [ada, grace]) {
    assert.equal(await server.refreshTokenState(refreshToken ?? ''), 'live');
    assert.ok(then.includes(refreshToken ?? ''), 'a living login is gone from the file');
  }
});

test('two ids are swapped while one is being renewed: a later sign-in leaves the other', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('work', grace, at));
  login.keep();
  await login.catchUp();
  await login.stop();
  // Hers is known to be hers.
  const later = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await later.signIn('work');
  const hers = await stageWork(stage);
  clock.advance(3 * SECOND);
  stage.onTokenRequest = () => write(stage, block('default', hers, at), block('work', ada, at));
  await later.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await later.catchUp();
  const mine = /id: work[^]*?refresh_token: "?([\w-]+)/.exec(await text(stage))?.[1] ?? '';
  await later.signIn(null);
  assert.ok((await text(stage)).includes(mine), "Ada's login is gone");
  assert.equal(await server.refreshTokenState(mine), 'live');
});

async function stageWork(stage: Awaited<ReturnType<typeof signedIn>>) {
  const { account: found } = await new Vault({ ...stage, keychain: null }).find('work');
  return found?.credential ?? assert.fail();
}
