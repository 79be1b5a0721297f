import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { MINUTE } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { agentCommand } from '../../../src-main/terminal/agent-command.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { aSnapshot } from '../../support/snapshots.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';

test('an agent looks every minute: a machine that has slept tells no command so, and timers stood still meanwhile', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  let looks = 0;
  const login = {
    snapshot: aSnapshot([]),
    keep: () => undefined,
    look: () => (looks += 1),
    serving: { path: '/run/latchkey/agent.sock', open: () => Promise.resolve() },
  } as unknown as Pick<Login, 'snapshot' | 'keep' | 'look' | 'serving'>;
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
