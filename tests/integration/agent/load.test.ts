import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { serve } from '../../../src-main/agent/server.ts';
import { NO_API_KEY } from '../../../src-main/domain/api-key.ts';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { DEFAULT_SETTINGS } from '../../../src-main/domain/settings.ts';
import { statusJson } from '../../../src-main/domain/status-json.ts';
import { ask } from '../../support/agent/ask.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';

const AT_ONCE = 300;
const REQUEST = 'GET /v1/token HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** An agent, the turns of the event loop, and in which of them it was asked for a token. */
async function served(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-agent-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'own', 'agent.sock');
  const asked: number[] = [];
  let turn = 0;
  const count = () => {
    turn++;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  t.after(() => clearImmediate(counting));
  const serving = await serve(
    {
      status: () => Promise.resolve(statusJson([], NO_API_KEY, 0)),
      token: () => {
        asked.push(turn);
        const answer = { account: 'default', access_token: 'sk-ant-oat01-test', access_expires_at: null };
        return Promise.resolve({ kind: 'token', answer });
      },
    },
    { path, fd: null, server: 'Latchkey/test', reportError: (error) => assert.fail(String(error)) },
  );
  t.after(() => serving.close());
  return { path, asked };
}

/** Clients that are connected, and have been accepted. */
async function clients(path: string, times: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: times }, () => connect(path).resume());
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  // Whoever comes last is accepted last.
  await ask(path, '/v1/status');
  return sockets;
}

test('however many ask at once, each has a turn of the event loop, and others have theirs', async (t) => {
  const { path, asked } = await served(t);
  const sockets = await clients(path, AT_ONCE);
  const ended = Promise.all(sockets.map((socket) => once(socket, 'close')));
  // All of them within this turn: the next one finds all their requests.
  for (const socket of sockets) socket.write(REQUEST);
  await ended;
  assert.equal(asked.length, AT_ONCE);
  assert.equal(new Set(asked).size, AT_ONCE, 'two were answered in one turn');
});

test('whoever hangs up before their turn is not answered', async (t) => {
  const { path, asked } = await served(t);
  const sockets = await clients(path, AT_ONCE);
  for (const socket of sockets) {
    socket.write(REQUEST);
    socket.destroy();
  }
  assert.equal((await ask(path, '/v1/token')).status, 200);
  assert.ok(asked.length < AT_ONCE / 2, `${asked.length} were answered`);
});

test('many questions that end at once are one change of what everybody is shown', async (t) => {
  const { login, clock } = await signedIn(t);
  await login.serving.follow();
  await login.changeSettings({ ...DEFAULT_SETTINGS, agent: { serve: true, ask: true } });
  const { path } = login.snapshot.serving ?? assert.fail('nothing is served');
  const times = 150;
  const before = clock.timers;
  const answers = Array.from({ length: times }, () => ask(path, '/v1/token'));
  await until('all of them', () => (clock.timers >= before + times ? true : undefined));
  await until('the question', () => login.snapshot.serving?.questions[0]);
  let shown = 0;
  t.after(login.subscribe(() => shown++));
  clock.advance(30 * SECOND);
  assert.ok((await Promise.all(answers)).every(({ status }) => status === 503));
  await until('no question', () => (login.snapshot.serving?.questions.length === 0 ? true : undefined));
  assert.ok(shown > 0 && shown < 10, `shown ${shown} times`);
});
