import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { block, codes, graces, iso, kinds, times, write } from './kit.ts';

test('another program renews ours and writes its end hours too early: the service is asked, and its own is taken', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, folder, configFile } = stage;
  clock.advance(3 * HOUR);
  await login.refresh('default');
  const ours = await stage.credential();
  await mkdir(join(folder, 'elsewhere'));
  const files = {
    configFile: join(folder, 'elsewhere', 'config.yaml'),
    dataDir: join(folder, 'elsewhere-data'),
  };
  await copyFile(configFile, files.configFile);
  const program = await stage.open(files);
  await program.catchUp();
  clock.advance(HOUR);
  assert.equal((await program.refresh('default')).kind, 'refreshed');
  await program.stop();
  const { account } = await new Vault({ ...files, keychain: null }).find('default');
  const theirs = account?.credential ?? assert.fail();

  // As where local time was written as if it were UTC.
  await write(stage, block('default', theirs, iso(clock.now() - 3 * HOUR)));
  login.keep();
  // Taken, and renewed at once, since it is over by what is written.
  await until('it to be renewed', () => (times(theirs.refreshToken) > 0 ? true : undefined));
  await login.stop();
  assert.deepEqual(
    kinds(login)
      .filter((kind) => kind !== 'notified')
      .slice(-3),
    ['replaced', 'adopted', 'refreshed'],
  );
  assert.deepEqual(codes(login), []);
  assert.equal(times(ours.refreshToken), 1, 'the spent one was presented');
  assert.equal(times(theirs.refreshToken), 1);
  assert.equal(await server.refreshTokenState(String((await stage.credential()).refreshToken)), 'live');
});

test('…and what the service does not take is an older one, told and never presented', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  clock.advance(3 * HOUR);
  await login.refresh('default');
  const ours = await stage.credential();
  const older = {
    ...ours,
    accessToken: 'sk-ant-oat01-older-than-what-we-hold',
    refreshToken: 'sk-ant-ort01-older-than-what-we-hold',
  };
  await write(stage, block('default', older, iso(clock.now() - 3 * HOUR)));
  login.keep();
  const tests = () =>
    server.requests.filter(({ path, status }) => path.endsWith('/profile') && status === 401);
  await until('the service to be asked', () => (tests().length > 0 ? true : undefined));
  await login.catchUp();
  assert.equal(tests().length, 1);
  assert.deepEqual(codes(login), ['entry-replaced']);
  assert.deepEqual(await login.refresh('default'), { kind: 'entry-lost' });
  await login.stop();
  assert.equal(times(older.refreshToken), 0);
  assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'live');
});

test('ours has ended, and a login that lives is copied from a machine that was off since before: that is kept alive', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const living = await graces(stage);
  const endedAt = clock.now() + 6 * HOUR;
  clock.advance(7 * HOUR);
  const ended = await stage.credential();
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  clock.advance(7 * HOUR);
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await login.refresh('default');
  assert.deepEqual(codes(login), ['grant-refused']);
  // By then the service takes its access token for nobody's, so that asking would tell nothing.
  server.setMood({ endpoint: 'profile', behaviour: REFUSALS.expired });
  await write(stage, block('default', living, iso(endedAt)));
  await login.catchUp();
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(times(living.refreshToken), 1);
  assert.deepEqual(codes(login), []);
  // What is spent stays so, whatever has ended.
  await write(stage, block('default', ended, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
});
