import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { NOTHING_TYPED } from '../../../src-main/terminal/arguments.ts';
import { doctorCommand } from '../../../src-main/terminal/doctor-command.ts';
import { anAccount, aSnapshot } from '../../support/snapshots.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';

/** What doctor says of a snapshot, and of a config file with these failures. */
async function told(
  snapshot: Snapshot,
  { json = false, failures = [] as readonly Failure[], variables = {} } = {},
) {
  const { terminal, said } = sampleTerminal({ variables });
  const login = {
    snapshot,
    checkUp: () => Promise.resolve([{ part: 'config-file', about: '/config.yaml', failures } as const]),
    summaryFacts: () => Promise.resolve(null),
  };
  const code = await doctorCommand(login, { ...NOTHING_TYPED, json }, terminal);
  return { code, ...said() };
}

const path = '/home/ada/.mcp-code-api/config.yaml';
const OF_ACCOUNT: readonly Failure[] = [
  { code: 'expiry-not-understood', path, value: 'soon' },
  { code: 'login-shared', others: ['work'] },
  { code: 'id-shared', id: 'default' },
];

test('what other programs make of an account is explained under it, and in nobody’s way', async () => {
  const { code, out, error } = await told(aSnapshot([anAccount({ troubles: OF_ACCOUNT })]));
  assert.deepEqual([code, error], [0, '']);
  assert.match(
    out,
    /^Signed in(.*\n)+ {2}⚠ .*\[expiry-not-understood\]\n {4}Its end is written in .* \(expires_at: soon\)/m,
  );
  assert.match(out, /^ {2}⚠ .*\[login-shared\]\n {4}.*“work”/m);
  assert.match(out, /^ {2}⚠ .*\[id-shared\]\n {4}.*“default”/m);
});

test('an older block is told with the parts, and in nobody’s way', async () => {
  const snapshot = aSnapshot([anAccount()], null, { troubles: [{ code: 'older-block', path }] });
  const { code, out } = await told(snapshot);
  assert.equal(code, 0);
  assert.match(out, /^✓ Config file .*\n⚠ .*\[older-block\]\n {2}\S.*\nSigned in/);
  const json = await told(snapshot, { json: true });
  assert.deepEqual([json.code, json.error], [0, '']);
});

test('a trouble of no part can be in the way', async () => {
  const snapshot = aSnapshot([anAccount()], null, { troubles: [{ code: 'login-locked' }] });
  const { code, out } = await told(snapshot);
  assert.equal(code, 1);
  assert.match(out, /^✗ .*\[login-locked\]\n/m);
  const json = await told(snapshot, { json: true });
  assert.equal(json.code, 1);
  assert.match(json.error, /^✗ .*\[login-locked\]\n/);
});

test('what is wrong with a part is told there, and not once more', async () => {
  const failures: readonly Failure[] = [{ code: 'config-readable-by-others', path, mode: '0644' }];
  const { code, out } = await told(aSnapshot([anAccount()], null, { troubles: failures }), { failures });
  assert.equal(code, 0);
  assert.match(out, /^⚠ Config file .*\n {2}.*\[config-readable-by-others\]\n/);
  assert.equal(out.split('config-readable-by-others').length, 2);
});

test('variables that come before the login are told by name, and in nobody’s way', async () => {
  const variables = {
    ANTHROPIC_API_KEY: 'sk-ant-api03-secret',
    CLAUDE_CODE_USE_VERTEX: '',
    HOME: '/home/ada',
  };
  const { code, out, error } = await told(aSnapshot([anAccount()]), { variables });
  assert.deepEqual([code, error], [0, '']);
  assert.match(out, /^⚠ ANTHROPIC_API_KEY is set \[environment\]\n {2}\S.*\nSigned in/m);
  assert.doesNotMatch(out, /secret|VERTEX/);
  const json = await told(aSnapshot([anAccount()]), { json: true, variables });
  assert.deepEqual((JSON.parse(json.out) as { environment: unknown }).environment, ['ANTHROPIC_API_KEY']);
});
