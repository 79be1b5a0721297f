import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { ask } from '../../support/agent/ask.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { account, block, codes, graces, iso, text, times, write } from './kit.ts';

/** Not ours: what it got is not renewed by us. */
const ANOTHER_CLIENT = '11111111-e61b-44d9-88ed-5944d1962f5e';

/** As the file has it. */
const toSecond = (at: number | null) => Math.floor((at ?? 0) / SECOND) * SECOND;

/** What is put in the place of ours, whole or not. */
const REPLACEMENTS: Readonly<Record<string, (stage: Stage, ours: Credential) => Promise<void>>> = {
  "another person's login of another client": async (stage) => {
    const grace = { ...(await graces(stage)), clientId: ANOTHER_CLIENT };
    await write(stage, block('default', grace, iso(stage.clock.now() + 48 * HOUR)));
  },
  'a file that is cut within the access token': async (stage, { accessToken }) => {
    const whole = await text(stage);
    await writeAsOthersDo(stage.configFile, whole.slice(0, whole.indexOf(accessToken) + 40));
  },
};

async function replaced(t: TestContext, by: string) {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  await stage.login.stop();
  await REPLACEMENTS[by]?.(stage, ours);
  const open = async () => {
    const command = await stage.open();
    await command.catchUp();
    assert.deepEqual(codes(command), ['entry-replaced']);
    return command;
  };
  return { stage, ours, open };
}

for (const by of Object.keys(REPLACEMENTS)) {
  test(`ours is replaced by ${by}: a command hands ours out while it lasts, and then says so`, async (t) => {
    const { stage, ours, open } = await replaced(t, by);
    for (let run = 0; run < 2; run++) {
      const command = await open();
      assert.equal(await command.accessToken('default', MINUTE), ours.accessToken);
      assert.equal(toSecond(account(command).accessExpiresAt), ours.accessExpiresAt);
      await command.stop();
      stage.clock.advance(HOUR);
    }
    stage.clock.advance(7 * HOUR);
    await assert.rejects((await open()).accessToken('default', MINUTE), { code: 'entry-replaced' });
    assert.equal(times(ours.refreshToken), 0);
  });

  test(`ours is replaced by ${by}: so does the agent`, async (t) => {
    const { stage, ours, open } = await replaced(t, by);
    const agent = await open();
    await agent.serving.open(null);
    const path = agent.snapshot.serving?.path ?? assert.fail('nothing is served');
    const { body: given } = await ask(path, '/v1/token');
    assert.equal(given['access_token'], ours.accessToken);
    assert.equal(toSecond(Date.parse(String(given['access_expires_at']))), ours.accessExpiresAt);
    stage.clock.advance(9 * HOUR);
    const { status, body } = await ask(path, '/v1/token');
    assert.deepEqual([status, body['code']], [409, 'entry-replaced']);
  });
}

test('ours is replaced, and no copy is left: nothing is handed out', async (t) => {
  const { stage, open } = await replaced(t, "another person's login of another client");
  for (const name of ['copies.json', 'rescue.json']) await rm(join(stage.dataDir, name), { force: true });
  await assert.rejects((await open()).accessToken('default', MINUTE), { code: 'entry-replaced' });
});

test('Grace’s login is written over Ada’s, and Ada’s again: hers is handed out, also while the service does not tell', async (t) => {
  const stage = await signedIn(t);
  const [adas, { accessToken }] = [await text(stage), await stage.credential()];
  await stage.login.stop();
  stage.server.setMood({ endpoint: 'profile', behaviour: REFUSALS.down });
  await write(stage, block('default', await graces(stage), iso(stage.clock.now() + 8 * HOUR)));
  await (await stage.open()).catchUp();
  await writeAsOthersDo(stage.configFile, adas);
  for (const behaviour of [REFUSALS.down, { kind: 'well' }] as const) {
    stage.server.setMood({ endpoint: 'profile', behaviour });
    const command = await stage.open();
    await command.catchUp();
    assert.deepEqual(codes(command), ['entry-replaced']);
    assert.equal(await command.accessToken('default', MINUTE), accessToken);
  }
});
