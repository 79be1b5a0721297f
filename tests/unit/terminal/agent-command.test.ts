import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { MINUTE } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { agentCommand } from '../../../src-main/terminal/agent-command.ts';
import { agentTroubles } from '../../../src-main/terminal/agent-troubles.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';

test('an agent looks every minute: a machine that has slept tells no command so, and timers stood still meanwhile', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  let looks = 0;
  const login = {
    snapshot: aSnapshot([]),
    subscribe: () => () => undefined,
    keep: () => undefined,
    look: () => (looks += 1),
    serving: { path: '/run/latchkey/agent.sock', open: () => Promise.resolve() },
  } as unknown as Pick<Login, 'snapshot' | 'subscribe' | 'keep' | 'look' | 'serving'>;
  const { terminal } = sampleTerminal();
  const running = agentCommand(login, NOTHING_TYPED, terminal);
  mock.timers.tick(MINUTE);
  assert.equal(looks, 1);
  mock.timers.tick(2 * MINUTE);
  assert.equal(looks, 3);
  process.emit('SIGTERM');
  assert.equal(await running, 0);
  mock.timers.reset();
});

test('what only a person can mend is told each time it begins, and nothing else', () => {
  const { terminal, said } = sampleTerminal();
  const tell = agentTroubles(terminal);
  const well = anAccount();
  const away = anAccount({
    history: [{ at: NOW, kind: 'refused', failure: { code: 'service-down', status: 503 } }],
  });
  const ended = anAccount({
    history: [{ at: NOW, kind: 'refused', failure: { code: 'grant-refused' } }],
    troubles: [{ code: 'grant-refused' }, { code: 'clock-off', seconds: 600 }],
  });
  for (const account of [well, away, ended, ended, well, ended]) tell(aSnapshot([account]));
  const line = '⚠ default: Your sign-in has ended [grant-refused]';
  assert.equal(said().error, `${line}\n${line}`);
});
