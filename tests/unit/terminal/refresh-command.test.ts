import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import type { Login } from '../../../src-main/login/login.ts';
import type { RefreshOutcome } from '../../../src-main/login/upkeep/refresh-run.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { refreshCommand } from '../../../src-main/terminal/refresh-command.ts';
import { anAccount, aSnapshot } from '../../support/snapshots.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';

/** What `latchkey refresh` says of an outcome. */
async function told(outcome: RefreshOutcome, account: Account) {
  const { terminal, said } = sampleTerminal();
  const login: Pick<Login, 'snapshot' | 'refresh'> = {
    snapshot: aSnapshot([account]),
    refresh: () => Promise.resolve(outcome),
  };
  const code = await refreshCommand(login, NOTHING_TYPED, terminal);
  return { code, ...said() };
}

const path = '/home/ada/.mcp-code-api/config.yaml';
const refreshed = (failure: Failure): RefreshOutcome => ({ kind: 'refreshed', failure, clockOffSeconds: 0 });

test('that the file was made private is a notice beside a refresh', async () => {
  const notice: Failure = { code: 'config-made-private', path, mode: '0644' };
  const { code, out, error } = await told(refreshed(notice), anAccount());
  assert.equal(code, 0);
  assert.match(out, /^Renewed\. Token until /);
  assert.match(error, /^⚠ Your config file is yours alone now \[config-made-private\]\n.*0644.*$/);
});

test('where the file could not take the token it is told where that is', async () => {
  const failure: Failure = { code: 'config-not-writable', path, reason: 'EROFS' };
  const { code, error } = await told(refreshed(failure), anAccount({ whereabouts: 'own-folder' }));
  assert.equal(code, 0);
  assert.match(
    error,
    /^⚠ .*\[config-not-writable\]\n.*\n {2}Stored: Latchkey’s own folder, until the config file can take them$/,
  );
});

test('a token that is nowhere but in this process is not called kept', async () => {
  const failure: Failure = { code: 'data-not-writable', path: '/data', reason: 'ENOSPC' };
  const { error } = await told(refreshed(failure), anAccount({ whereabouts: 'own-folder' }));
  assert.doesNotMatch(error, /kept/);
});

test('an entry that is lost is told as such, whatever else is known of the account', async () => {
  const troubles: readonly Failure[] = [
    { code: 'clock-off', seconds: 600 },
    { code: 'entry-replaced', path, copy: true },
  ];
  const { code, error } = await told({ kind: 'entry-lost' }, anAccount({ troubles }));
  assert.equal(code, 3);
  assert.match(error, /\[entry-replaced\]/);
});

test('a clock that is off is told by whoever writes an end by it', async () => {
  const troubles: readonly Failure[] = [{ code: 'clock-off', seconds: 7200 }];
  const { code, out, error } = await told({ kind: 'fresh' }, anAccount({ troubles }));
  assert.equal(code, 0);
  assert.match(out, /^Renewed/);
  assert.match(error, /^⚠ .*\[clock-off\]\n.*2 hours/);
});

test('an end that nobody knows is no date', async () => {
  const { out } = await told({ kind: 'fresh' }, anAccount({ accessExpiresAt: null }));
  assert.equal(out, 'Renewed a moment ago. Token without a known end.');
});

for (const interactive of [false, true]) {
  test(`after two lost answers nothing is asked unless a person is there: ${interactive}`, async () => {
    const { terminal } = sampleTerminal({ interactive });
    const lost = { kind: 'refused', failure: { code: 'answer-lost', host: 'platform.claude.com' } } as const;
    const account = anAccount({ history: [1, 2].map((at) => ({ ...lost, at })) });
    let asked = 0;
    const login: Pick<Login, 'snapshot' | 'refresh'> = {
      snapshot: aSnapshot([account]),
      refresh: () => {
        asked++;
        return Promise.resolve(lost);
      },
    };
    assert.equal(await refreshCommand(login, NOTHING_TYPED, terminal), 1);
    assert.equal(asked, interactive ? 1 : 0);
  });
}
