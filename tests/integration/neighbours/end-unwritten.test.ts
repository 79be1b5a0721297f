import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { block, file, graces, times, write } from './kit.ts';

/** No app runs: what a command hands out, begun for it as by a script. */
async function handedOut(stage: Stage): Promise<string> {
  const command = await stage.open();
  await command.catchUp();
  const token = await command.accessToken('default', MINUTE);
  await command.stop();
  return token;
}

/** None, none that is one, and what no token lasts until. */
const ENDS = ['', '0001-01-01T00:00:00Z', '2026-12-01T07:00:00', '2099-12-31T23:59:59Z'];

for (const end of ENDS) {
  for (const whose of ['ours', 'of another program'] as const) {
    test(`no app runs, and "${end}" is written as the end of a token ${whose}: once due it is renewed, not handed out`, async (t) => {
      const stage = await signedIn(t);
      const credential = whose === 'ours' ? await stage.credential() : await graces(stage);
      await stage.login.stop();
      await write(stage, block('default', credential, end));
      assert.equal(await handedOut(stage), credential.accessToken);
      stage.clock.advance(6 * HOUR);
      assert.equal(await handedOut(stage), credential.accessToken);
      stage.clock.advance(2 * HOUR);
      const renewed = await handedOut(stage);
      assert.notEqual(renewed, credential.accessToken, 'a token that is over was handed out');
      stage.clock.advance(6 * HOUR);
      assert.equal(await handedOut(stage), renewed);
      assert.equal(times(credential.refreshToken), 1);
    });
  }
}

test('a token whose end nobody knows is handed out while the service is down, and renewed when it is back', async (t) => {
  const stage = await signedIn(t);
  const { server, clock } = stage;
  const grace = await graces(stage);
  await stage.login.stop();
  await write(stage, block('default', grace, ''));
  assert.equal(await handedOut(stage), grace.accessToken);
  server.setMood({ endpoint: 'token', behaviour: REFUSALS.down });
  for (let hour = 0; hour < 9; hour++) {
    clock.advance(HOUR);
    assert.equal(await handedOut(stage), grace.accessToken);
  }
  server.setMood({ endpoint: 'token', behaviour: { kind: 'well' } });
  clock.advance(HOUR);
  assert.notEqual(await handedOut(stage), grace.accessToken);
});

test('… and one of ours, whose end is known, is not', async (t) => {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  await stage.login.stop();
  await write(stage, block('default', ours, ''));
  stage.server.setMood({ endpoint: 'token', behaviour: REFUSALS.down });
  stage.clock.advance(9 * HOUR);
  await assert.rejects(handedOut(stage), { code: 'service-down' });
});

test('a token that nothing renews is handed out as long as nobody knows its end', async (t) => {
  const stage = await signedIn(t);
  const year = await stage.foreignCredential();
  await stage.login.signOut('default');
  await stage.login.stop();
  const entry = block('default', year, '').split('\n');
  await writeAsOthersDo(
    stage.configFile,
    file(entry.filter((line) => !/refresh_token|expires_at/.test(line)).join('\n')),
  );
  for (const days of [0, 1, 100]) {
    stage.clock.advance(days * DAY);
    assert.equal(await handedOut(stage), year.accessToken);
  }
});
