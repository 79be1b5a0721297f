import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { DEFAULT_SETTINGS } from '../../../src-main/domain/settings.ts';
import { readEnvironment } from '../../../src-main/login/environment.ts';
import { areAllLoopback, otherHosts, reachesAnthropic } from '../../../src-main/oauth/endpoints.ts';

const read = (variables: Record<string, string> = {}, platform: NodeJS.Platform = 'linux') =>
  readEnvironment(variables, platform, '/home/ada');

test('the defaults are those of the contract', () => {
  const { endpoints, callbackPort, configFile, dataDir } = read();
  assert.equal(endpoints.authorizeUrl.href, 'https://claude.ai/oauth/authorize');
  assert.equal(endpoints.tokenUrls[0]?.href, 'https://platform.claude.com/v1/oauth/token');
  assert.equal(endpoints.apiUrl.origin, 'https://api.anthropic.com');
  assert.equal(callbackPort ?? DEFAULT_SETTINGS.callbackPort, 8765);
  assert.equal(configFile, '/home/ada/.mcp-code-api/config.yaml');
  assert.equal(dataDir, '/home/ada/.config/Latchkey');
  assert.equal(otherHosts(endpoints), null);
  assert.ok(reachesAnthropic(endpoints));
});

test("the data folder is Electron's per-user folder", () => {
  assert.equal(read({ XDG_CONFIG_HOME: '/xdg' }).dataDir, '/xdg/Latchkey');
  assert.equal(read({}, 'darwin').dataDir, '/home/ada/Library/Application Support/Latchkey');
});

test('a name that Windows keeps for devices is refused there', () => {
  for (const variable of ['LATCHKEY_CONFIG_FILE', 'LATCHKEY_DATA_DIR']) {
    for (const path of [
      'NUL',
      'C:\\ada\\con',
      'C:\\aux.d\\config.yaml',
      'D:/COM1/x',
      'lpt¹.txt',
      'C:\\nul .yaml',
    ]) {
      const refusal = (error: unknown) =>
        error instanceof FailureError &&
        error.failure.code === 'environment-invalid' &&
        error.failure.variable === variable &&
        error.failure.reason === 'reserved-name';
      assert.throws(() => read({ [variable]: path }, 'win32'), refusal, path);
      assert.ok(read({ [variable]: path }), path);
    }
    for (const path of ['C:\\console\\null.yaml', 'C:\\com10\\auxiliary', 'C:\\a.con\\prn-1']) {
      assert.ok(read({ [variable]: path }, 'win32'), path);
    }
  }
});

test('Claude Code’s own login is where it has its folder', () => {
  assert.equal(read().claudeCodeFile, '/home/ada/.claude/.credentials.json');
  assert.equal(read({ CLAUDE_CONFIG_DIR: '/elsewhere' }).claudeCodeFile, '/elsewhere/.credentials.json');
});

test('an empty variable counts as not set', () => {
  assert.deepEqual(read({ LATCHKEY_TOKEN_URL: '', LATCHKEY_CALLBACK_PORT: '' }), read());
});

test('http is taken to loopback only, and other hosts are named', () => {
  const { endpoints } = read({
    LATCHKEY_AUTHORIZE_URL: 'http://127.0.0.1:9000/oauth/authorize',
    LATCHKEY_TOKEN_URL: 'http://[::1]:9000/token',
    LATCHKEY_API_URL: 'http://localhost:9000',
  });
  assert.ok(areAllLoopback(endpoints));
  assert.ok(!reachesAnthropic(endpoints));
  assert.deepEqual(otherHosts(endpoints), ['127.0.0.1:9000', '[::1]:9000', 'localhost:9000']);
});

const BAD: readonly (readonly [string, string])[] = [
  ['LATCHKEY_TOKEN_URL', 'http://example.org/token'],
  ['LATCHKEY_TOKEN_URL', 'http://127.0.0.1.example.org/token'],
  ['LATCHKEY_TOKEN_URL', 'http://localhost.example.org/token'],
  ['LATCHKEY_TOKEN_URL', 'https://ada:secret@example.org/token'],
  ['LATCHKEY_TOKEN_URL', 'https://example.org/token#x'],
  ['LATCHKEY_TOKEN_URL', 'file:///etc/passwd'],
  ['LATCHKEY_AUTHORIZE_URL', 'javascript:alert(1)'],
  ['LATCHKEY_API_URL', 'not a url'],
  ['LATCHKEY_CALLBACK_PORT', '0'],
  ['LATCHKEY_CALLBACK_PORT', '65536'],
  ['LATCHKEY_CALLBACK_PORT', '8765; rm'],
];

for (const [variable, value] of BAD) {
  test(`refused by name, without quoting the value: ${variable}=${value}`, () => {
    assert.throws(
      () => read({ [variable]: value }),
      (error) => {
        assert.ok(error instanceof FailureError && error.failure.code === 'environment-invalid');
        assert.equal(error.failure.variable, variable);
        assert.ok(!error.failure.reason.includes(value));
        return true;
      },
    );
  });
}
