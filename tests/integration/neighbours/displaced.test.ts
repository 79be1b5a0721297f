import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { until } from '../../support/desktop/until.ts';
import { account, block, codes, graces, isHeld, iso, text, twoPeople, write } from './kit.ts';

test('another program writes Grace’s login over Ada’s: hers is told and offered, or kept', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock } = stage;
  const ada = await stage.credential();
  const grace = await graces(stage);
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  login.keep();
  await until('the owner to be found', () =>
    account(login).owner?.email === 'grace@example.org' ? true : undefined,
  );
  await login.catchUp();
  assert.equal(await stage.server.refreshTokenState(String(ada.refreshToken)), 'live');
  const lost = await until('hers to be offered', () =>
    login.snapshot.accounts.find(({ whereabouts }) => whereabouts === 'copy'),
  );
  assert.equal(lost.owner?.email, 'ada@example.org');
  assert.deepEqual(codes(login, lost.id), ['entry-removed']);
  assert.notDeepEqual(await isHeld(ada.refreshToken, stage), [], 'Ada’s living login is gone');
  await login.putBack(lost.id);
  const both = await text(stage);
  for (const each of [ada, grace]) assert.ok(both.includes(String(each.refreshToken)));
});

test('… where it is known beforehand that it is Grace’s, since it stands under work, too', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  login.keep();
  await until('the owner to be found', () =>
    account(login, 'work').owner?.email === 'grace@example.org' ? true : undefined,
  );
  await write(stage, block('default', grace, at), block('work', grace, at));
  await login.catchUp();
  const told = codes(login).some((code) => code === 'entry-replaced');
  assert.ok(
    told || (await isHeld(ada.refreshToken, stage, keychain)).length > 0,
    'Ada’s living login is gone, and nobody was told',
  );
});

test('Ada’s renewed login is kept while default holds Grace’s; renewing work takes it away', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { grace, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  stage.onTokenRequest = () => write(stage, block('default', grace, at), block('work', grace, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  const { readFile } = await import('node:fs/promises');
  const ada = (
    JSON.parse(await readFile(`${stage.dataDir}/rescue.json`, 'utf8')) as {
      credentials: { refreshToken: string }[];
    }
  ).credentials.map((each) => each.refreshToken);
  clock.advance(3 * HOUR);
  await login.refresh('work');
  assert.equal(await stage.server.refreshTokenState(String(ada[0])), 'live');
  assert.notDeepEqual(await isHeld(ada[0] ?? '', stage), [], 'Ada’s living login is on no disk any more');
  assert.ok((await text(stage)).length > 0);
});
