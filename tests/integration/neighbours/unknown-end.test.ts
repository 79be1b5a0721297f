import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { ask } from '../../support/agent/ask.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { account, block, graces, iso, kinds, renewedByAnother, settled, write } from './kit.ts';

const EXPIRED = {
  type: 'error',
  error: { type: 'authentication_error', message: 'OAuth token has expired.' },
};
const REVOKED = { type: 'error', error: { type: 'authentication_error', message: 'Invalid bearer token' } };
const FORBIDDEN = { type: 'error', error: { type: 'permission_error', message: 'Not for you' } };

function profile({ server }: Stage, status: 401 | 403, body: Readonly<Record<string, unknown>>): void {
  server.setMood({ endpoint: 'profile', behaviour: { kind: 'answer', status, body } });
}

/** Another program renewed while nobody ran, and wrote that end: the app starts nine hours later. */
async function found(t: TestContext, end: (now: number) => string) {
  const stage = await signedIn(t);
  const first = await stage.credential();
  await stage.login.stop();
  const second = await renewedByAnother(stage, first);
  stage.clock.advance(9 * HOUR);
  await write(stage, block('default', second, end(stage.clock.now())));
  const open = async () => {
    const app = await stage.open();
    await app.catchUp();
    app.keep();
    await settled(app, 300);
    return app;
  };
  return { stage, open };
}

for (const end of ['0001-01-01T00:00:00Z', '2026-11-30T07:00:00.123456']) {
  for (const body of [EXPIRED, REVOKED]) {
    test(`written "${end}", and "${body.error.message}" by the service: it is renewed, once`, async (t) => {
      const { stage, open } = await found(t, () => end);
      // Also of what is renewed.
      profile(stage, 401, body);
      const app = await open();
      for (let minutes = 0; minutes < 6 * 60; minutes += 10) {
        stage.clock.advance(10 * MINUTE);
        app.look();
        await settled(app, 10);
        if (minutes === 10) assert.equal(kinds(app).at(-1), 'refreshed');
      }
      assert.equal(kinds(app).filter((kind) => kind === 'refreshed').length, 1);
    });
  }
}

test('a refusal of what was asked for, or an end that is known, is no reason to renew', async (t) => {
  for (const [status, body, end] of [
    [403, FORBIDDEN, () => '0001-01-01T00:00:00Z'],
    [401, EXPIRED, (now: number) => iso(now + 8 * HOUR)],
  ] as const) {
    const { stage, open } = await found(t, end);
    profile(stage, status, body);
    const app = await open();
    stage.clock.advance(10 * MINUTE);
    app.look();
    await settled(app, 100);
    assert.equal(kinds(app).at(-1), 'adopted');
  }
});

for (const whose of ['ours', 'a login that nobody knows yet'] as const) {
  test(`${whose}, renewed by another program, is over for moments as a command first sees it: renewed, not handed out`, async (t) => {
    const stage = await signedIn(t);
    const id = whose === 'ours' ? 'default' : 'work';
    const theirs =
      whose === 'ours' ? await renewedByAnother(stage, await stage.credential()) : await graces(stage);
    await stage.login.stop();
    await write(stage, block(id, theirs, iso(stage.clock.now() + 8 * HOUR)));
    stage.clock.advance(8 * HOUR + MINUTE);
    const command = await stage.open();
    await command.catchUp();
    assert.notEqual(await command.accessToken(id, MINUTE), theirs.accessToken);
    assert.ok(Number(account(command, id).accessExpiresAt) > stage.clock.now());
  });
}

for (const [when, before, left] of [
  ['late', 25, 17],
  ['at once', 480, 40],
] as const) {
  test(`an agent finds ${when} what another program has renewed: who asks for an hour gets one`, async (t) => {
    const stage = await signedIn(t);
    const theirs = await renewedByAnother(stage, await stage.credential());
    await stage.login.stop();
    await write(stage, block('default', theirs, iso(stage.clock.now() + 8 * HOUR)));
    stage.clock.advance(8 * HOUR - before * MINUTE);
    const agent = await stage.open();
    await agent.catchUp();
    await agent.serving.open(null);
    stage.clock.advance((before - left) * MINUTE);
    const path = agent.snapshot.serving?.path ?? assert.fail('nothing is served');
    const { body } = await ask(path, `/v1/token?lasting=${HOUR / SECOND}`);
    assert.ok(Date.parse(String(body['access_expires_at'])) - stage.clock.now() >= HOUR);
  });
}
