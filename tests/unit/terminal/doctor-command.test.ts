import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { doctorCommand } from '../../../src-main/terminal/doctor-command.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

/** What doctor says of a snapshot, and of a config file with these failures. */
async function told(snapshot: Snapshot, { json = false, failures = [] as readonly Failure[] } = {}) {
  const [out, error]: [string[], string[]] = [[], []];
  const login = {
    snapshot,
    checkUp: () => Promise.resolve([{ part: 'config-file', about: '/config.yaml', failures } as const]),
    summaryFacts: () => Promise.resolve(null),
  };
  const code = await doctorCommand(
    login,
    { account: null, json },
    {
      out: (line) => out.push(line),
      error: (line) => error.push(line),
      interactive: false,
      now: () => NOW,
    },
  );
  return { code, out: out.join('\n'), error: error.join('\n') };
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
    /^Signed in(.*\n)+ {2}⚠ .*\[expiry-not-understood\]\n {4}Its end stands in .* \(expires_at: soon\)/m,
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
