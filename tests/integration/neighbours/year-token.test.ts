import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import type { Credential } from '../../../src-main/domain/credential.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { account, block, codes, file, iso, text } from './kit.ts';

/** An entry with an access token alone, as whoever pastes one writes it (`claude setup-token`: a year, shown once). */
const pasted = ({ clientId, accessToken }: Pick<Credential, 'clientId' | 'accessToken'>, until: number) =>
  file(
    block('default', { clientId, accessToken } as Credential, iso(until))
      .split('\n')
      .filter((line) => !line.includes('refresh_token'))
      .join('\n'),
  );

/** Files of its own, in which somebody has pasted such a token before Latchkey came. */
async function newcomer(stage: Stage, entry: string) {
  const files = { configFile: `${stage.folder}/new/config.yaml`, dataDir: `${stage.folder}/new-data` };
  await writeAsOthersDo(files.configFile, entry);
  const login = await stage.open(files);
  await login.catchUp();
  return { login, ...files };
}

/** What was written over waits under an id of its own, and comes back at a click. */
async function isOffered(login: Login, accessToken: string, configFile: string) {
  assert.ok(!(await text({ configFile })).includes(accessToken));
  assert.deepEqual(codes(login, 'account-2'), ['entry-removed']);
  await login.putBack('account-2');
  assert.ok((await text({ configFile })).includes(accessToken), 'it is in no file any more');
  assert.ok((await text({ configFile })).includes('id: default'));
}

for (const asked of [undefined, 'default']) {
  for (const clientId of ['9d1c250a-e61b-44d9-88ed-5944d1962f5e', '']) {
    test(`a token of a year that a sign-in${asked === undefined ? '' : ' under its id'} goes over is offered, its client ${clientId === '' ? 'untold' : 'ours'}`, async (t) => {
      const stage = await signedIn(t);
      const { accessToken } = await stage.foreignCredential();
      const year = { clientId, accessToken };
      const { login, configFile } = await newcomer(stage, pasted(year, stage.clock.now() + 365 * DAY));
      await login.signIn(asked);
      await isOffered(login, accessToken, configFile);
    });
  }
}

for (const [how, again] of [
  ['ours is put back', (login: Login) => login.putBack('default')],
  ['the person signs in again', (login: Login) => login.signIn('default')],
] as const) {
  test(`a token of a year is written over ours, and ${how}: it is offered`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, configFile } = stage;
    const year = await stage.foreignCredential();
    await writeAsOthersDo(configFile, pasted(year, clock.now() + 365 * DAY));
    await login.catchUp();
    await again(login);
    await isOffered(login, year.accessToken, configFile);
  });
}

test('what a program wrote that renews and tells no client is offered likewise', async (t) => {
  const stage = await signedIn(t);
  const theirs = { ...(await stage.foreignCredential()), clientId: '' };
  const at = iso(stage.clock.now() + 8 * HOUR);
  const { login, configFile } = await newcomer(stage, file(block('default', theirs, at)));
  await login.signIn();
  await isOffered(login, theirs.accessToken, configFile);
});

for (const [what, accessToken, lasts, refreshToken] of [
  ['a token that is over', 'sk-ant-oat01-some-token', -HOUR, null],
  ['a sample', 'YOUR_ACCESS_TOKEN', HOUR, 'YOUR_REFRESH_TOKEN'],
  ['a placeholder', '${CLAUDE_TOKEN}', HOUR, null],
] as const) {
  test(`of ${what} nothing is kept`, async (t) => {
    const stage = await signedIn(t);
    const entry = { ...(await stage.credential()), accessToken, refreshToken };
    const at = stage.clock.now() + lasts;
    const whole = refreshToken === null ? pasted(entry, at) : file(block('default', entry, iso(at)));
    const { login } = await newcomer(stage, whole);
    await login.signIn();
    assert.deepEqual([login.snapshot.accounts.length, codes(login)], [1, []]);
  });
}

test('of our own access token, whole or cut short, nothing is kept', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const ours = await stage.credential();
  for (const accessToken of [ours.accessToken, ours.accessToken.slice(0, 40)]) {
    await writeAsOthersDo(configFile, pasted({ ...ours, accessToken }, clock.now() + 8 * HOUR));
    await login.catchUp();
    assert.deepEqual(codes(login), ['entry-replaced']);
    await login.putBack('default');
    assert.deepEqual([login.snapshot.accounts.length, account(login).troubles], [1, []]);
  }
});

test('a sign-in goes over a token of a year while our own folder takes nothing: that one is not written over', async (t) => {
  const stage = await signedIn(t);
  const { clock, folder } = stage;
  const { accessToken, clientId } = await stage.foreignCredential();
  const files = { configFile: `${folder}/new/config.yaml`, dataDir: `${folder}/new-data` };
  await writeAsOthersDo(files.configFile, pasted({ clientId, accessToken }, clock.now() + 365 * DAY));
  await writeFile(files.dataDir, '');
  const command = await stage.open(files);
  await command.catchUp();
  await command.signIn();
  const phase = command.snapshot.signIn?.phase;
  await command.stop();
  const now = await text(files);
  assert.ok(now.includes(accessToken), `it is nowhere; the sign-in has ${phase ?? ''}`);
});
