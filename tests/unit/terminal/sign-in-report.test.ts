import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { newSignIn, withStep, type SignIn } from '../../../src-main/domain/sign-in.ts';
import { failureLines } from '../../../src-main/terminal/failure-lines.ts';
import { painted } from '../../../src-main/terminal/line.ts';
import { introduction, signInLines, summary } from '../../../src-main/terminal/sign-in-report.ts';
import { NOW } from '../../support/snapshots.ts';

const context = {
  configFile: '~/.mcp-code-api/config.yaml',
  address: ['  Authorization URL: https://claude.ai/oauth/authorize?client_id=x'],
  opensBrowser: true,
  now: NOW,
};

const PLAIN = { colour: false, links: false };

/** Every line of a run, told change by change as the terminal hears it. */
function told(changes: readonly ((signIn: SignIn) => SignIn)[]): string {
  let signIn = newSignIn(1, 'default');
  return changes
    .flatMap((change) => {
      const before = signIn;
      signIn = change(before);
      return signInLines(before, signIn, context).map((line) => painted(line, PLAIN));
    })
    .join('\n');
}

const active = (id: Parameters<typeof withStep>[1]) => (signIn: SignIn) => withStep(signIn, id, 'active');
const done = (id: Parameters<typeof withStep>[1]) => (signIn: SignIn) => withStep(signIn, id, 'done');

test("a sign-in reads like the seed's", () => {
  const lines = told([
    active('pkce'),
    done('pkce'),
    active('callback-server'),
    (signIn) => ({ ...signIn, redirectUri: 'http://localhost:8765/callback' }),
    done('callback-server'),
    active('browser'),
    done('browser'),
    active('approval'),
    done('approval'),
    active('exchange'),
    done('exchange'),
    active('save'),
    done('save'),
    active('test'),
    (signIn) => withStep(signIn, 'test', 'warning', { code: 'test-forbidden', status: 403, message: 'no' }),
    done('done'),
  ]);
  assert.equal(
    lines,
    `
Step 1: Starting local callback server...
✓ Callback server started on http://localhost:8765/callback

Step 2: Building authorization URL...
✓ Authorization URL ready!

Step 3: Please authenticate in your browser:

  Authorization URL: https://claude.ai/oauth/authorize?client_id=x

Opening browser automatically...

Step 4: Waiting for authorization...
  (Complete the authentication in your browser)

✓ Authorization code received!

Step 5: Exchanging code for access token...
✓ Access token obtained!

Step 6: Saving tokens to config...
✓ Tokens saved to ~/.mcp-code-api/config.yaml

Step 7: Testing token...
⚠ Warning: The token test was refused
  Note: The service answered 403: “no”. This is expected: such tokens are restricted to Claude Code. The token was saved.`,
  );
});

test('a wait that the service asks for is one line, also where it asks for another one', () => {
  const waiting = (retryAt: number | null) => (signIn: SignIn) => ({ ...signIn, retryAt });
  const lines = told([
    active('exchange'),
    waiting(NOW + 2 * SECOND - 1),
    waiting(null),
    waiting(NOW + 8 * SECOND),
    waiting(null),
    done('exchange'),
  ]);
  assert.equal(
    lines,
    `
Step 5: Exchanging code for access token...
  Claude asks to wait 2 seconds; trying again by itself.
  Claude asks to wait 8 seconds; trying again by itself.
✓ Access token obtained!`,
  );
});

test('the introduction says where the credentials go and what they are for', () => {
  const text = introduction(context).join('\n');
  assert.match(text, /will be saved to:\n {2}~\/\.mcp-code-api\/config\.yaml/);
  assert.match(text, /primarily designed for Claude Code/);
});

test('the summary shows ten characters of a token, the expiry and what remains', () => {
  const lines = summary(
    {
      accessTokenStart: 'sk-ant-oat',
      refreshTokenStart: 'sk-ant-ort',
      accessExpiresAt: NOW + 23 * HOUR + 59 * MINUTE,
    },
    NOW,
  );
  assert.ok(lines.includes('  Access Token:  sk-ant-oat... (first 10 chars)'));
  assert.ok(lines.includes('  Expires:       2026-11-24 08:59:00 (23h 59m)'));
});

test('an end that nobody knows is no date', () => {
  const facts = { accessTokenStart: 'sk-ant-oat', refreshTokenStart: null, accessExpiresAt: null };
  assert.ok(summary(facts, NOW).includes('  Expires:       without a known end'));
});

test("the seed's troubles keep its words, with their codes", () => {
  const said = (failure: Failure) => failureLines(failure).join('\n');
  assert.match(said({ code: 'authorization-timeout', minutes: 5 }), /^\n✗ Authorization timeout \[auth/);
  assert.match(said({ code: 'access-denied' }), /✗ Access denied \[access-denied\]\n.*\(access_denied\)/);
});

test('what stands under the details of the window stands in brackets behind the words', () => {
  const [, title, explanation] = failureLines({ code: 'grant-refused' }, 'refresh');
  assert.equal(title, '✗ Your sign-in has ended [grant-refused]');
  assert.match(explanation ?? '', /Sign in once more to continue\. \(invalid_grant\)$/);
  const [, , down] = failureLines({ code: 'network-down', host: 'host.example', reason: 'ENOTFOUND' });
  assert.match(down ?? '', /try again\. \(host\.example: name not found\)$/);
});

const saved = (notice: Failure) =>
  told([active('save'), (signIn) => withStep(signIn, 'save', 'warning', notice)]);

test('what is told beside a save does not hide that the tokens are in the file', () => {
  assert.equal(
    saved({ code: 'config-made-private', path: '/home/ada/config.yaml', mode: '0644' }),
    `
Step 6: Saving tokens to config...
✓ Tokens saved to ~/.mcp-code-api/config.yaml
⚠ Warning: Your config file is yours alone now
  Note: Others could read /home/ada/config.yaml. Since there are secrets in it now, they cannot any more. (mode 0644 → 0600)`,
  );
  const unremembered: Failure = { code: 'data-not-writable', path: '/data', reason: 'EACCES' };
  assert.match(saved(unremembered), /✓ Tokens saved to/);
});

test('what kept them out of the file is told, and that they are safe', () => {
  const lines = saved({ code: 'config-not-yaml', path: '/home/ada/config.yaml', line: 6, column: 23 });
  assert.match(
    lines,
    /✓ Tokens kept safe, but not in the config file\n⚠ Warning: There is a mistake in the config file\n.*\(not valid YAML\)/,
  );
  assert.doesNotMatch(lines, /saved to/);
});
