import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { account, block, isHeld, presented, text, times, twoPeople, write } from './kit.ts';

test('Ada is refused while her id and Grace’s are swapped: Grace’s lives on', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  stage.onTokenRequest = () => write(stage, block('default', grace, at), block('work', ada, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  clock.advance(3 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});

test('Ada is refused while her entry is renamed and Grace’s takes her id', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  stage.onTokenRequest = () =>
    write(stage, block('default', grace, at), block('work', grace, at), block('old', ada, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  clock.advance(3 * HOUR);
  assert.equal((await login.refresh('work')).kind, 'refreshed');
});

test('Grace’s twin is refused as a twin of default while default holds another’s by then', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  await write(stage, block('default', ada, at), block('twin', ada, at), block('work', grace, at));
  await login.catchUp();
  clock.advance(3 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  // The twin’s id goes to Grace.
  stage.onTokenRequest = () => write(stage, block('default', ada, at), block('twin', grace, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  clock.advance(3 * HOUR);
  assert.equal((await login.refresh('twin')).kind, 'refreshed', 'Grace’s living login is called over');
});

test('no rotation, with a keychain: the next rotation is known there', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock, server } = stage;
  const first = await stage.credential();
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: {
      kind: 'answer',
      status: 200,
      body: { access_token: 'sk-ant-oat01-second', expires_in: 28800 },
    },
  });
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  clock.advance(8 * HOUR);
  const later = await stage.open({ keychain });
  await later.refresh('default');
  const third = await stage.credential();
  assert.notEqual(third.refreshToken, first.refreshToken);
  assert.ok((await isHeld(third.refreshToken, stage, keychain)).includes('keychain'));
  clock.advance(8 * HOUR);
  presented.length = 0;
  const again = await stage.open({ keychain });
  assert.equal((await again.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 0);
});

test('a token that lives is told spent beside the file of another: no rotation, two data folders', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server, configFile } = stage;
  const whole = await text(stage);
  const other = await stage.open({ dataDir: `${stage.folder}/other-data` });
  await other.catchUp();
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(configFile, 'providers: [\n');
  server.setMood({
    endpoint: 'token',
    times: 1,
    behaviour: {
      kind: 'answer',
      status: 200,
      body: { access_token: 'sk-ant-oat01-second', refresh_token: '', expires_in: 28800 },
    },
  });
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await writeAsOthersDo(configFile, whole);
  await other.catchUp();
  assert.equal(
    (await other.refresh('default')).kind,
    'refreshed',
    'a living login is taken for spent by every Latchkey from now on',
  );
});

test('sign-out of one twin, and other commands, leave the other’s copy', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { grace, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  stage.onTokenRequest = () => write(stage, block('work', grace, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  await write(stage, block('work', grace, at), block('default', grace, at));
  await login.catchUp();
  await login.signOut('work');
  await login.catchUp();
  assert.ok(account(login).whereabouts === 'copy');
});

test('what one file spent is remembered though another file over the same folder writes much', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile, dataDir, clock } = stage;
  const { Vault } = await import('../../../src-main/vault/vault.ts');
  const whole = await text(stage);
  const ids = Array.from({ length: 20 }, (_, i) => `a${i}`);
  const vault = new Vault({ configFile, dataDir, keychain: null });
  // 20 accounts, renewed every ten minutes for a day.
  const first = await stage.credential();
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const lessons = ids.flatMap((id) =>
    Array.from({ length: 144 }, (_, i) => ({
      id,
      present: { ...first, id, accessToken: `${id}-${i + 1}`, refreshToken: `r-${id}-${i + 1}` },
      spends: [`trace-${id}-${i}`],
      change: (record: never) => record,
    })),
  );
  await vault.learn(lessons as never);
  const other = new Vault({ configFile: `${stage.folder}/other.yaml`, dataDir, keychain: null });
  await other.learn([
    {
      id: 'b',
      present: { ...first, id: 'b', accessToken: 'b', refreshToken: 'rb' },
      change: (record) => record,
    },
  ]);
  // The record of default goes with a rename that nobody saw, or an accounts entry that cannot be understood.
  await writeAsOthersDo(configFile, whole.replace('id: default', 'id: elsewhere'));
  await login.catchUp();
  clock.advance(10 * SECOND);
  presented.length = 0;
  await login.refresh('elsewhere');
  assert.equal(times(first.refreshToken), 0, 'a token that was spent a day ago is presented again');
});
