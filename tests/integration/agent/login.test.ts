import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { ServingState } from '../../../src-main/domain/serving.ts';
import { DEFAULT_SETTINGS } from '../../../src-main/domain/settings.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { ask, send } from '../../support/agent/ask.ts';
import { until } from '../../support/desktop/until.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { accountOf, signedIn, type Stage } from '../../support/login/signed-in.ts';

const serving = ({ snapshot }: Login): ServingState => snapshot.serving ?? assert.fail('nothing is served');
const settings = (serve: boolean, ask = false) => ({ ...DEFAULT_SETTINGS, agent: { serve, ask } });

async function served(t: TestContext, options: Parameters<typeof signedIn>[1] = {}) {
  const stage = await signedIn(t, options);
  await stage.login.serving.open(null);
  const { path, kind } = serving(stage.login);
  assert.equal(kind, 'open');
  return { ...stage, stage, path, asked: stage.server.tokenRequestsBegun };
}

test('a token, and never what renews it', async (t) => {
  const { path, stage } = await served(t);
  const { accessToken, refreshToken, accessExpiresAt } = await stage.credential();
  const { status, body } = await ask(path, '/v1/token');
  assert.equal(status, 200);
  assert.deepEqual(body, {
    account: 'default',
    access_token: accessToken,
    access_expires_at: new Date(accessExpiresAt ?? 0).toISOString(),
  });
  const told = await ask(path, '/v1/status');
  assert.equal((told.body['accounts'] as { id: string }[])[0]?.id, 'default');
  for (const each of ['/v1/token', '/v1/status', '/v1/token?account=x', '/v1/refresh']) {
    const raw = String(await send(path, `GET ${each} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
    assert.ok(!raw.includes(String(refreshToken)) && !raw.includes('sk-ant-ort'), each);
  }
});

test('twenty clients at the instant of expiry: the service sees one request', async (t) => {
  const { path, clock, server, asked, stage } = await served(t);
  clock.advance(((await stage.credential()).accessExpiresAt ?? 0) - clock.now());
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(path, '/v1/token')));
  assert.equal(server.tokenRequestsBegun, asked + 1);
  const { accessToken } = await stage.credential();
  assert.deepEqual(new Set(answers.map(({ body }) => body['access_token'])), new Set([accessToken]));
});

test('a client that wants it to last for ever costs the service nothing', async (t) => {
  const { path, clock, server, asked } = await served(t);
  for (let each = 0; each < 50; each++) {
    assert.equal((await ask(path, `/v1/token?lasting=${99_999_999 - each}`)).status, 200);
    clock.advance(MINUTE);
  }
  assert.equal(server.tokenRequestsBegun, asked);
  clock.advance(4 * HOUR);
  await ask(path, '/v1/token?lasting=99999999');
  await ask(path, '/v1/token?lasting=99999999');
  assert.equal(server.tokenRequestsBegun, asked + 1);
});

test('what cannot be had says so, by status and code', async (t) => {
  const { path, clock, server, login } = await served(t);
  const answer = async (target: string) => {
    const { status, body, headers } = await ask(path, target);
    return [status, body['code'], headers['retry-after'] !== undefined];
  };
  assert.deepEqual(await answer('/v1/token?account=nobody'), [404, 'not-signed-in', false]);
  server.setMood({ endpoint: 'token', behaviour: { kind: 'answer', status: 500 } });
  clock.advance(9 * HOUR);
  assert.deepEqual(await answer('/v1/token'), [503, 'service-down', true]);
  server.setMood({ endpoint: 'token', behaviour: { kind: 'well' } });
  clock.advance(HOUR);
  assert.equal((await ask(path, '/v1/token')).status, 200, 'it comes back by itself');
  server.setMood({ endpoint: 'token', behaviour: REFUSALS.invalidGrant });
  clock.advance(9 * HOUR);
  assert.deepEqual(await answer('/v1/token'), [409, 'grant-refused', false]);
  await login.signOut('default');
  assert.deepEqual(await answer('/v1/token'), [404, 'not-signed-in', false]);
});

test('after a night asleep the first who asks gets a fresh one', async (t) => {
  const { path, clock, stage } = await served(t);
  const old = await stage.credential();
  clock.advance(3 * DAY);
  const { body } = await ask(path, '/v1/token');
  assert.notEqual(body['access_token'], old.accessToken);
  assert.ok(Date.parse(String(body['access_expires_at'])) > clock.now());
});

test('off until asked for; pausing closes it at once, and what was handed out stays told', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  await login.serving.follow();
  assert.equal(login.snapshot.serving, null);
  assert.equal(await send(login.serving.path, ''), null);
  await login.changeSettings(settings(true));
  const { path } = serving(login);
  assert.equal((await ask(path, '/v1/token')).status, 200);
  await login.serving.pause();
  assert.equal(serving(login).kind, 'paused');
  await assert.rejects(ask(path, '/v1/token'));
  assert.equal(serving(login).handedOut[0]?.times, 1);
  await login.serving.open(null);
  assert.equal((await ask(path, '/v1/token')).status, 200);
  // Faces are not drawn for each of many requests.
  stage.clock.advance(SECOND);
  assert.equal(serving(login).handedOut[0]?.times, 2);
  await login.changeSettings(settings(false));
  assert.equal(login.snapshot.serving, null);
  await assert.rejects(ask(path, '/v1/token'));
});

test('of two that serve one does, and the other says who', async (t) => {
  const { stage, path } = await served(t);
  const other = await stage.open();
  await other.serving.open(null);
  const { kind, failure } = serving(other);
  assert.equal(kind, 'failed');
  assert.deepEqual(failure, { code: 'agent-elsewhere', path, by: `the test, PID ${process.pid}` });
  await stage.login.stop();
  await other.serving.open(null);
  assert.equal(serving(other).kind, 'open');
  assert.equal((await ask(path, '/v1/token')).status, 200);
});

test('the history has one line for a program and a day', async (t) => {
  const { login, path, clock } = await served(t);
  const lines = () => accountOf(login).history.filter(({ kind }) => kind === 'handed-out');
  for (let each = 0; each < 30; each++) await ask(path, '/v1/token');
  await until('the line', () => (lines().length > 0 ? true : undefined));
  clock.advance(DAY);
  for (let each = 0; each < 5; each++) await ask(path, '/v1/token');
  await login.serving.pause();
  await login.catchUp();
  // The test is who asks, so long as it may be looked for who does.
  const told = lines().map((event) => (event.kind === 'handed-out' ? [event.to, event.times] : []));
  const ofDays = Map.groupBy(told, ([to]) => String(to));
  assert.equal(
    told.reduce((sum, [, times]) => sum + Number(times), 0),
    35,
  );
  assert.ok(
    [...ofDays.values()].every((each) => each.length <= 2),
    JSON.stringify(told),
  );
});

async function asking(t: TestContext): Promise<{ login: Login; path: string; stage: Stage }> {
  const stage = await signedIn(t);
  const { login } = stage;
  await login.serving.follow();
  await login.changeSettings(settings(true, true));
  return { login, stage, path: serving(login).path };
}

const question = (login: Login) => until('a question', () => login.snapshot.serving?.questions[0]);

test('asked each time: once, for an hour, or not', async (t) => {
  const { login, path, stage } = await asking(t);
  const once = ask(path, '/v1/token');
  const { id, program } = await question(login);
  assert.match(String(program), /^node/, 'by what it calls itself');
  login.serving.answer(id, 'once');
  assert.equal((await once).status, 200);

  const no = ask(path, '/v1/token');
  login.serving.answer((await question(login)).id, 'no');
  assert.deepEqual([(await no).status, (await no).body['code']], [503, 'agent-refused']);
  assert.equal((await ask(path, '/v1/token')).status, 503, 'and not asked again at once');

  stage.clock.advance(MINUTE);
  const hour = Promise.all([ask(path, '/v1/token'), ask(path, '/v1/token')]);
  await until('both', async () => ((await question(login)).id > 2 ? true : undefined));
  login.serving.answer((await question(login)).id, 'hour');
  assert.deepEqual(
    (await hour).map(({ status }) => status),
    [200, 200],
  );
  assert.equal((await ask(path, '/v1/token')).status, 200);
  assert.equal((await ask(path, '/v1/status')).status, 200, 'how it stands is no secret');
  stage.clock.advance(HOUR);
  const later = ask(path, '/v1/token');
  login.serving.answer((await question(login)).id, 'no');
  assert.equal((await later).status, 503);
});

test('unanswered means no after thirty seconds; who hangs up is not asked about', async (t) => {
  const { login, path, stage } = await asking(t);
  const unanswered = ask(path, '/v1/token');
  await question(login);
  stage.clock.advance(29 * SECOND);
  assert.equal(serving(login).questions.length, 1);
  stage.clock.advance(SECOND);
  const { status, body } = await unanswered;
  assert.deepEqual([status, body['code']], [503, 'agent-refused']);
  assert.equal(serving(login).questions.length, 0);

  const { connect } = await import('node:net');
  const socket = connect(path);
  socket.write('GET /v1/token HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await question(login);
  socket.destroy();
  await until('nobody to be asked', () => (serving(login).questions.length === 0 ? true : undefined));
});
