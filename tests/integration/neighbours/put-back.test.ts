import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { block, isHeld, presented, received, text, times, twoPeople, write } from './kit.ts';

test('what is offered after a swap and its undoing is the login of that account', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  await write(stage, block('default', grace, at), block('work', ada, at));
  await login.catchUp();
  clock.advance(3 * HOUR);
  await login.refresh('default');
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  await login.putBack('work');
  assert.ok(
    !(await text(stage)).slice((await text(stage)).indexOf('id: work')).includes(String(ada.refreshToken)),
    'Ada’s login is put back as Grace’s',
  );
  assert.ok(received.length > 0);
});

test('an entry is removed and another is given its id, then all is as before: nothing is lost', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock } = stage;
  const { ada, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  await login.refresh('work');
  const g1 = received.at(-1) ?? '';
  await write(stage, block('work', ada, at));
  await login.catchUp();
  assert.notDeepEqual(
    await isHeld(g1, stage, keychain),
    [],
    'Grace’s living login is on no disk any more, and in no keychain',
  );
});

test('the twin of a login is renewed while its entry is out of the file for a moment', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const whole = await text(stage);
  const ada = await stage.credential();
  await writeAsOthersDo(
    configFile,
    `${whole.trimEnd()}\n${whole.slice(whole.indexOf('      - id: default')).replace('id: default', 'id: work')}`,
  );
  const both = await text(stage);
  await login.catchUp();
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(configFile, whole);
  await login.refresh('work');
  stage.onTokenRequest = () => Promise.resolve();
  await writeAsOthersDo(configFile, both);
  await login.catchUp();
  presented.length = 0;
  clock.advance(10 * SECOND);
  await login.refresh('work');
  await login.refresh('default');
  assert.equal(times(ada.refreshToken), 0);
});
