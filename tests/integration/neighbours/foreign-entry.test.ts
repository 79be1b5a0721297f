import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { block, file, graces, iso, text, write } from './kit.ts';

test('the first sign-in leaves an entry of another client that has the usual id', async (t) => {
  const stage = await signedIn(t);
  const { clock, folder } = stage;
  const files = { configFile: `${folder}/new/config.yaml`, dataDir: `${folder}/new-data` };
  const theirs = { ...(await graces(stage)), clientId: 'another-client' };
  await mkdir(dirname(files.configFile));
  await writeAsOthersDo(files.configFile, file(block('default', theirs, iso(clock.now() + 8 * HOUR))));
  const login = await stage.open(files);
  await login.catchUp();
  await login.signIn();
  assert.ok((await text(files)).includes(theirs.refreshToken ?? ''), 'the other client has lost its login');
});

test("signing out where another client's entry stands now leaves that one", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const theirs = { ...(await graces(stage)), clientId: 'another-client' };
  await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await login.signOut('default');
  assert.ok((await text(stage)).includes(theirs.refreshToken ?? ''), 'the other client has lost its login');
});

test('one account more gets no id that an entry without tokens has', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const before = (await text(stage)).trimEnd();
  const empty = '      - id: account-2\n        client_id: theirs\n        client_secret: s3cret\n';
  await writeAsOthersDo(stage.configFile, `${before}\n${empty}`);
  await login.catchUp();
  await login.stop();
  const later = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await later.signIn(null);
  assert.ok((await text(stage)).includes(empty));
  assert.equal((await text(stage)).split('id: account-2').length, 2, 'two entries have that id now');
});
