import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { putBackCommand } from '../../../src-main/terminal/put-back-command.ts';
import { anAccount, aSnapshot } from '../../support/snapshots.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';

/** What `latchkey put-back` says of an account whose entry is in its place. */
async function told(troubles: readonly Failure[]) {
  const { terminal, said } = sampleTerminal();
  const login: Pick<Login, 'snapshot' | 'putBack'> = {
    snapshot: aSnapshot([anAccount({ troubles })]),
    putBack: () => Promise.resolve(),
  };
  const code = await putBackCommand(login, NOTHING_TYPED, terminal);
  return { code, ...said() };
}

const GONE: readonly (readonly [Failure, number])[] = [
  [{ code: 'grant-refused' }, 3],
  [{ code: 'answer-lost', host: 'localhost' }, 1],
  [{ code: 'secret-missing', id: 'default' }, 3],
  [{ code: 'secret-locked', reason: 'locked' }, 1],
];
for (const [failure, end] of GONE) {
  test(`of an entry in its place whose login may be lost (${failure.code}) it is not said that nothing is`, async () => {
    const { code, out, error } = await told([{ code: 'login-shared', others: ['work'] }, failure]);
    assert.deepEqual([code, out], [end, '']);
    assert.match(error, new RegExp(`\\[${failure.code}\\]`));
  });
}

test('… but where the service is only out of reach it is', async () => {
  const { code, out } = await told([{ code: 'network-down', host: 'localhost', reason: 'ECONNREFUSED' }]);
  assert.deepEqual([code, out], [0, 'Nothing of it is lost.']);
});
