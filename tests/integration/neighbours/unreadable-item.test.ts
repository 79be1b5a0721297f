import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import {
  account,
  block,
  codes,
  presented,
  received,
  renewedIntoRescue,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

test('one bad item in rescue.json costs nobody else’s login', async (t) => {
  const stage = await signedIn(t);
  const { second, whole, first } = await renewedIntoRescue(stage);
  const path = join(stage.dataDir, 'rescue.json');
  const content = JSON.parse(await readFile(path, 'utf8')) as { credentials: object[] };
  content.credentials.push({ id: 'x', configFile: '/x', kind: 'of-a-newer-version' });
  await writeFile(path, JSON.stringify(content));
  await stage.login.stop();
  await writeAsOthersDo(stage.configFile, whole);
  const later = await stage.open();
  await later.catchUp();
  presented.length = 0;
  stage.clock.advance(10 * SECOND);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 0);
  assert.ok(
    (await text(stage)).includes(String(second.refreshToken)) || account(later).whereabouts !== 'nowhere',
    'the living login is offered no more',
  );
});

test('the sign-in of one more account takes no kept one away', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock } = stage;
  const { grace, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  stage.onTokenRequest = () => write(stage, block('work', grace, at));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await login.catchUp();
  await login.signIn(null);
  assert.ok(codes(login).length === 0);
});

test('a dead login’s refusal of an id is none of the login that a person signs in there', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  // Grace’s is written over Ada’s and Ada’s over Grace’s, twice, with a renewal between.
  await write(stage, block('default', grace, at), block('work', ada, at));
  await login.catchUp();
  clock.advance(3 * HOUR);
  await login.refresh('work');
  await login.refresh('default');
  const [a1, g1] = received.slice(-2);
  const now = await text(stage);
  await writeAsOthersDo(
    stage.configFile,
    now.replace('id: default', 'id: tmp').replace('id: work', 'id: default').replace('id: tmp', 'id: work'),
  );
  await login.catchUp();
  clock.advance(3 * HOUR);
  presented.length = 0;
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal((await login.refresh('work')).kind, 'refreshed');
  assert.equal(times(a1 ?? ''), 1);
  assert.equal(times(g1 ?? ''), 1);
});

test('put-back while a twin was renewed: no spent token', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const whole = await text(stage);
  const ada = await stage.credential();
  await writeAsOthersDo(
    configFile,
    `${whole.trimEnd()}\n${whole.slice(whole.indexOf('      - id: default')).replace('id: default', 'id: work')}`,
  );
  await login.catchUp();
  await writeAsOthersDo(configFile, whole.replace('id: default', 'id: work'));
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('work');
  await login.putBack('default');
  presented.length = 0;
  clock.advance(10 * SECOND);
  await login.refresh('default');
  assert.equal(times(ada.refreshToken), 0);
});
