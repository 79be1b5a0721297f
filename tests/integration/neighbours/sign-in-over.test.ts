import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Fetch } from '../../../src-main/network/network.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { block, file, graces, isHeld, iso, text, write } from './kit.ts';

test('somebody else’s login comes under our id while the person is approving', async (t) => {
  const stage = await signedIn(t);
  const grace = await graces(stage);
  const at = iso(stage.clock.now() + 8 * HOUR);
  const other = await stage.open({
    openBrowser: async (url) => {
      await write(stage, block('default', grace, at));
      await approve(url);
    },
  });
  await other.signIn('default');
  assert.ok((await text(stage)).includes(String(grace.refreshToken)), 'Grace’s login was overwritten');
});

test('the same where nobody was signed in before', async (t) => {
  const stage = await signedIn(t);
  const grace = await graces(stage);
  const at = iso(stage.clock.now() + 8 * HOUR);
  const files = { configFile: `${stage.folder}/new/config.yaml`, dataDir: `${stage.folder}/new-data` };
  const other = await stage.open({
    ...files,
    openBrowser: async (url) => {
      await writeAsOthersDo(files.configFile, file(block('default', grace, at)));
      await approve(url);
    },
  });
  await other.signIn('default');
  assert.ok((await text(files)).includes(String(grace.refreshToken)), 'Grace’s login was overwritten');
});

test('sign-in under an id whose entry is another client’s now', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const grace = await graces(stage);
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', { ...grace, clientId: 'their-client' }, at));
  await login.catchUp();
  await login.signIn('default');
  assert.ok(
    (await text(stage)).includes(String(grace.refreshToken)),
    'the other client’s login was overwritten',
  );
});

test('sign-in under an id where ours is kept and another’s stands', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const grace = await graces(stage);
  const bob = { ...grace };
  const at = iso(clock.now() + 8 * HOUR);
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => write(stage, block('default', grace, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  // Ada again.
  await login.signIn('default');
  assert.ok((await text(stage)).includes(String(bob.refreshToken)), 'Grace’s login was overwritten');
});

test('Grace signs in under an id where Ada’s is kept: that is still offered', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const grace = await graces(stage);
  const at = iso(clock.now() + 8 * HOUR);
  let ada = '';
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => write(stage, block('default', grace, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  const { readFile } = await import('node:fs/promises');
  ada =
    (
      JSON.parse(await readFile(`${stage.dataDir}/rescue.json`, 'utf8')) as {
        credentials: { refreshToken: string }[];
      }
    ).credentials[0]?.refreshToken ?? '';
  await login.catchUp();
  const other = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await other.signIn('default');
  assert.equal(await stage.server.refreshTokenState(ada), 'live');
  assert.notDeepEqual(await isHeld(ada, stage), [], 'Ada’s living login is on no disk any more');
});

test('an answer that does not say whose it is goes over nobody’s login', async (t) => {
  const stage = await signedIn(t);
  const { server } = stage;
  const ada = await stage.credential();
  const other = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: { kind: 'change', fields: { account: null, organization: null } },
  });
  await other.signIn('default');
  assert.ok((await text(stage)).includes(String(ada.refreshToken)), 'Ada’s living login was overwritten');
});

test('another program signs in while the service is asked whose the new login is: neither is lost', async (t) => {
  const stage = await signedIn(t);
  const { clock, login, server } = stage;
  await login.stop();
  const grace = await graces(stage);
  let asked = 0;
  const fetch: Fetch = async (url, init) => {
    if (url.pathname.includes('profile') && asked++ === 0)
      await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
    return directNetwork.fetch(url, init);
  };
  const later = await stage.open({ fetch });
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: { kind: 'change', fields: { account: null, organization: null } },
  });
  await later.signIn('default');
  assert.ok(asked > 0);
  assert.equal(later.snapshot.signIn?.phase, 'succeeded');
  assert.notDeepEqual(await isHeld(grace.refreshToken, stage), [], 'hers is nowhere any more');
});

test('the same while it is asked whose another program’s is that stands there', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  await login.stop();
  const at = iso(clock.now() + 8 * HOUR);
  const [one, two] = [await graces(stage), await graces(stage)];
  await write(stage, block('default', one, at));
  let asked = 0;
  const fetch: Fetch = async (url, init) => {
    if (url.pathname.includes('profile') && asked++ === 0) await write(stage, block('default', two, at));
    return directNetwork.fetch(url, init);
  };
  const later = await stage.open({ fetch, openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await later.signIn('default');
  assert.ok(asked > 0);
  assert.equal(later.snapshot.signIn?.phase, 'succeeded');
  assert.ok(
    (await text(stage)).includes(String(two.refreshToken)),
    'what nobody has looked at was overwritten',
  );
});

test('an answer without a refresh token costs no login that has one', async (t) => {
  const stage = await signedIn(t);
  const { login, server } = stage;
  const ada = await stage.credential();
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: { kind: 'change', fields: { refresh_token: null } },
  });
  await login.signIn('default');
  assert.equal(await server.refreshTokenState(String(ada.refreshToken)), 'live');
  const [lost] = login.snapshot.accounts.filter(({ whereabouts }) => whereabouts === 'copy');
  await login.putBack(lost?.id ?? '');
  assert.ok((await text(stage)).includes(String(ada.refreshToken)));
});

test('ours was refused, and somebody else’s took its place, which only looks old: a sign-in spares that', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const grace = await graces(stage);
  clock.advance(HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await login.refresh('default');
  await write(stage, block('default', grace, iso(clock.now() - 2 * HOUR)));
  await login.catchUp();
  clock.advance(10 * SECOND);
  await login.signIn('default');
  assert.equal(login.snapshot.signIn?.phase, 'succeeded');
  assert.notDeepEqual(await isHeld(grace.refreshToken, stage), []);
});

test('Grace signs in where Ada’s, which is back, counts as spent only as nobody has told whose was there: both are kept', async (t) => {
  const stage = await signedIn(t);
  const [ada, adas, grace] = [await stage.credential(), await text(stage), await graces(stage)];
  await stage.login.stop();
  await write(stage, block('default', grace, iso(stage.clock.now() + 8 * HOUR)));
  const command = await stage.open();
  await command.catchUp();
  await command.stop();
  await writeAsOthersDo(stage.configFile, adas);
  const later = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await later.catchUp();
  await later.signIn('default');
  for (const { refreshToken } of [ada, grace]) assert.notDeepEqual(await isHeld(refreshToken, stage), []);
});
