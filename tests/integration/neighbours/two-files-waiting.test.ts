import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, codes, isHeld, received, text } from './kit.ts';

/** A sign-in that waits in our own folder for a config file that cannot be written. */
async function waiting(stage: Awaited<ReturnType<typeof signedIn>>, name: string, id: string) {
  const configFile = `${stage.folder}/${name}/config.yaml`;
  await writeAsOthersDo(configFile, '\t: [');
  const login = await stage.open({ configFile });
  await login.signIn(id);
  assert.equal(account(login, id).whereabouts, 'own-folder');
  return { login, configFile, token: received.at(-1) ?? '' };
}

test('of two files that wait for a sign-in each gets its own', async (t) => {
  const stage = await signedIn(t);
  const one = await waiting(stage, 'one', 'default');
  const other = await waiting(stage, 'other', 'work');
  await writeAsOthersDo(other.configFile, 'providers: {}\n');
  await other.login.catchUp();
  assert.deepEqual(
    other.login.snapshot.accounts.map(({ id }) => id),
    ['work'],
  );
  assert.ok(!(await text(other)).includes(one.token));
  await writeAsOthersDo(one.configFile, 'providers: {}\n');
  await one.login.catchUp();
  assert.deepEqual(codes(one.login), []);
  assert.ok((await text(one)).includes(one.token));
});

test('what waits for another file is not written over an entry that came back from a backup', async (t) => {
  const stage = await signedIn(t);
  const { token } = await waiting(stage, 'one', 'default');
  const backup = await text(stage);
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  await writeAsOthersDo(stage.configFile, backup);
  await stage.login.catchUp();
  await stage.login.saveAgain();
  assert.deepEqual(codes(stage.login), ['entry-replaced']);
  assert.deepEqual(await isHeld(token, stage), [
    `${stage.dataDir}/copies.json`,
    `${stage.dataDir}/rescue.json`,
  ]);
});
