import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { until } from '../../support/desktop/until.ts';
import {
  account,
  block,
  codes,
  graces,
  isHeld,
  iso,
  renewedIntoRescue,
  settled,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

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

type Scene = (stage: Stage, ours: Credential) => Promise<void>;

/** Our login gives way to what is none of its successors, while no Latchkey runs. */
const SCENES: Readonly<Record<string, Scene>> = {
  'Grace’s login is written over ours': async (stage) => {
    await stage.login.stop();
    await write(stage, block('default', await graces(stage), iso(stage.clock.now() + 8 * HOUR)));
  },
  'what never was any good is written over ours': async (stage, ours) => {
    const sample = {
      ...ours,
      accessToken: 'sk-ant-oat01-of-a-login-long-gone',
      refreshToken: 'sk-ant-ort01-of-a-login-long-gone',
    };
    await stage.login.stop();
    await write(stage, block('default', sample, iso(stage.clock.now() + 8 * HOUR)));
  },
  'Grace’s login, which we know, gets the id of ours': async (stage) => {
    const { grace, at } = await twoPeople(stage);
    await stage.login.stop();
    await write(stage, block('default', grace, at));
  },
};

for (const [what, scene] of Object.entries(SCENES)) {
  for (const storage of ['config-file', 'access-only'] as const) {
    for (const isLocked of [false, true]) {
      test(`${what}, and the keychain, which has ${storage === 'config-file' ? 'our second copy' : 'our refresh token alone'}, is ${isLocked ? 'locked until later' : 'open'}: ours is offered`, async (t) => {
        const kept = { secrets: new MemoryKeychain(), keychain: new MemoryKeychain() };
        const stage = await signedIn(t, kept);
        const { clock, login, server } = stage;
        const ours = await stage.credential();
        if (storage === 'access-only') await login.storage.move('default', storage);
        await scene(stage, ours);
        for (const each of Object.values(kept)) each.isLocked = isLocked;
        const app = await stage.open(kept);
        if (what.startsWith('Grace’s login is')) app.keep();
        await app.catchUp();
        await settled(app);
        clock.advance(4 * HOUR);
        await app.refresh('default');
        await app.catchUp();
        // The person unlocks it, and the app starts anew later on.
        for (const each of Object.values(kept)) each.isLocked = false;
        await app.storage.askKeychain();
        await app.catchUp();
        await app.stop();
        clock.advance(8 * HOUR);
        const later = await stage.open(kept);
        later.keep();
        await later.catchUp();
        await settled(later);
        await later.refresh('default');
        await later.catchUp();
        const [lost, ...more] = later.snapshot.accounts.filter(
          ({ id, troubles }) => id !== 'default' && troubles.length > 0,
        );
        assert.deepEqual([lost?.owner?.email, more], ['ada@example.org', []]);
        await later.putBack(String(lost?.id));
        assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'live');
        clock.advance(8 * HOUR);
        await later.refresh(String(lost?.id));
        assert.equal(times(ours.refreshToken), 1, 'ours is not put back');
        await later.stop();
      });
    }
  }
}

for (const isTakenOut of [false, true]) {
  test(`Grace’s login stands over Ada’s${isTakenOut ? ' and is taken out' : ''}, only terminals run, and Grace signs in there: Ada’s is offered as hers`, async (t) => {
    const stage = await signedIn(t);
    const { clock, login, server } = stage;
    const ada = await stage.credential();
    await login.stop();
    const grace = await graces(stage);
    await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
    const terminal = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
    await terminal.catchUp();
    if (isTakenOut) await writeAsOthersDo(stage.configFile, 'providers: {}\n');
    clock.advance(10 * SECOND);
    await terminal.signIn('default');
    assert.equal(terminal.snapshot.signIn?.phase, 'succeeded');
    await terminal.stop();
    const app = await stage.open();
    app.keep();
    const offered = await until('Ada’s to be offered', async () => {
      await app.catchUp();
      if (app.snapshot.accounts.length < (isTakenOut ? 3 : 2)) return undefined;
      return app.snapshot.accounts.find(
        ({ id, owner }) => id !== 'default' && owner?.email === 'ada@example.org',
      );
    });
    await app.putBack(offered.id);
    assert.ok((await text(stage)).includes(String(ada.refreshToken)));
    // What nobody else could tell to be Grace's is offered in turn, and as nobody's but hers.
    const hers = app.snapshot.accounts.filter(({ id }) => ![offered.id, 'default'].includes(id));
    assert.deepEqual(
      hers.map(({ owner }) => owner?.email),
      isTakenOut ? ['grace@example.org'] : [],
    );
    for (const { id } of hers) await app.putBack(id);
    clock.advance(10 * SECOND);
    // Ada signs in once more, as one account more: that goes over her own.
    await app.signIn(null);
    const kept = isTakenOut ? await isHeld(grace.refreshToken, stage) : ['not needed'];
    assert.notDeepEqual(kept, [], 'Grace’s living login is nowhere');
    assert.equal(await server.refreshTokenState(String(grace.refreshToken)), 'live');
    await app.stop();
  });
}

test('ours is renewed, Grace’s written over it, and an older file comes back: hers is told and offered as ours is', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const older = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  login.keep();
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await settled(login);
  await login.catchUp();
  await writeAsOthersDo(configFile, older);
  await login.catchUp();
  assert.deepEqual([codes(login), codes(login, 'account-2')], [['entry-replaced'], ['entry-removed']]);
  assert.equal(account(login).owner?.email, 'grace@example.org');
  for (const id of ['default', 'account-2']) await login.putBack(id);
  const both = await text(stage);
  for (const each of [ada, grace]) assert.ok(both.includes(String(each.refreshToken)));
});

test('what ours was renewed for comes back under the id of Grace’s while that waits: ours goes there, and hers is offered', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  const { second } = await renewedIntoRescue(stage);
  await write(stage, block('work', ada, at));
  await login.catchUp();
  assert.deepEqual([codes(login, 'work'), codes(login, 'account-2')], [[], ['entry-removed']]);
  assert.equal(login.snapshot.accounts.length, 2);
  await login.putBack('account-2');
  const both = await text(stage);
  for (const each of [second, grace]) assert.ok(both.includes(String(each.refreshToken)));
});
