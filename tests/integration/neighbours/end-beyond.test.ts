import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, file, graces, iso, settled, times, write } from './kit.ts';

// The last one is of those that make sense before the token would be renewed.
for (const days of [300, 40, 31.1]) {
  test(`an end ${days} days ahead, as a sample has it, beside what is renewed: renewed as if it were unknown`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock } = stage;
    const grace = await graces(stage);
    await write(stage, block('default', grace, iso(clock.now() + days * DAY)));
    login.keep();
    await login.catchUp();
    await settled(login);
    clock.advance(6 * HOUR);
    await login.catchUp();
    login.look();
    await settled(login);
    assert.equal(account(login).accessExpiresAt, null);
    assert.equal(times(grace.refreshToken), 0);
    clock.advance(2 * HOUR);
    login.look();
    await settled(login);
    assert.equal(times(grace.refreshToken), 1);
    assert.notEqual(await login.accessToken('default', MINUTE), grace.accessToken);
  });
}

test('the end of a token that nothing renews is believed: it lasts a year', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const year = await stage.foreignCredential();
  await login.signOut('default');
  const end = Math.floor((clock.now() + 365 * DAY) / 1000) * 1000;
  const lines = block('default', year, iso(end)).split('\n');
  const entry = lines.filter((line) => !line.includes('refresh_token')).join('\n');
  await writeAsOthersDo(stage.configFile, file(entry));
  await login.catchUp();
  assert.equal(account(login).accessExpiresAt, end);
});
