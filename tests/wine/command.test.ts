import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Wine } from '../support/wine/wine.ts';

// The terminal companion on Node for Windows, over Wine: not Windows. Nothing leaves this machine there.

let wine: Wine;
let profile = '';
before(async () => {
  wine = await Wine.start();
  profile = (await wine.node(['-p', 'os.homedir()'])).out.trim();
});
after(() => wine[Symbol.asyncDispose]());

const config = (expiresAt: string) => `providers:
  anthropic:
    oauth_credentials:
      - id: default
        client_id: 9d1c250a-e61b-44d9-88ed-5944d1962f5e
        access_token: sk-ant-oat01-wine
        refresh_token: sk-ant-ort01-wine
        expires_at: "${expiresAt}"
        scopes: [user:inference]
`;

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');

test('signed out, it says so', async () => {
  const { code, out, error } = await wine.latchkey(['status']);
  assert.deepEqual([code, out, error], [3, 'Signed out\n', '']);
  assert.equal((await wine.latchkey(['token'])).code, 3);
});

test('its files are where Windows keeps such', async () => {
  const { out } = await wine.latchkey(['doctor']);
  assert.ok(out.includes(`✓ Config file ${profile}\\.mcp-code-api\\config.yaml\n`), out);
  const appData = (await wine.node(['-p', 'process.env.APPDATA'])).out.trim();
  assert.match(appData, /^C:\\/);
  assert.ok(out.includes(`✓ Latchkey's own folder ${appData}\\Latchkey\n`), out);
  assert.match(out, /✓ Callback port 8765\n/);
  // There is no way out of there, and no keychain: both are told, and neither stops it.
  assert.match(out, /\[network-down\]/);
  assert.match(out, /\[keychain-unavailable\]/);
  assert.match(out, /Signed out\n$/);
});

test('signed in: status, token, exec with its environment and its exit code, without a word of Node’s', async () => {
  mkdirSync(wine.here(`${profile}\\.mcp-code-api`), { recursive: true });
  wine.write(`${profile}\\.mcp-code-api\\config.yaml`, config(inAnHour()));
  const status = await wine.latchkey(['status', '--json']);
  assert.deepEqual([status.code, status.error], [0, '']);
  const [account] = (JSON.parse(status.out) as { accounts: readonly Record<string, unknown>[] }).accounts;
  assert.deepEqual([account?.['id'], account?.['standing']], ['default', 'valid']);
  const token = await wine.latchkey(['token']);
  assert.deepEqual([token.code, token.out, token.error], [0, 'sk-ant-oat01-wine\n', '']);
  assert.ok(existsSync(wine.here(`${profile}\\AppData\\Roaming\\Latchkey\\accounts.json`)));

  const script =
    'console.log(process.env.CLAUDE_CODE_OAUTH_TOKEN, process.env.ANTHROPIC_API_KEY); process.exit(7)';
  const exec = await wine.latchkey(['exec', '--', 'node.exe', '-e', script], {
    ANTHROPIC_API_KEY: 'another',
    WINEPATH: Wine.file('.runtime/windows-node-22.23.3/bin'),
  });
  assert.deepEqual(exec, { code: 7, out: 'sk-ant-oat01-wine undefined\n', error: '' });
  const missing = await wine.latchkey(['exec', '--', 'no-such-program']);
  assert.deepEqual([missing.code, missing.error], [127, '✗ no-such-program was not found\n']);
  assert.match((await wine.latchkey(['env'])).out, /^\$env:CLAUDE_CODE_OAUTH_TOKEN = 'sk-ant-oat01-wine';$/m);
});

test('names that Windows keeps for devices are refused', async () => {
  for (const path of ['NUL', 'C:\\CON\\config.yaml', 'C:\\aux.yaml']) {
    const { code, error } = await wine.latchkey(['status'], { LATCHKEY_CONFIG_FILE: path });
    assert.equal(code, 2);
    assert.match(error, /LATCHKEY_CONFIG_FILE is not usable.*devices, such as CON or NUL/s);
  }
});

test('an account that is named like a device is one like any other', async () => {
  wine.write('C:\\devices.yaml', config(inAnHour()).replace('id: default', 'id: CON'));
  const { code, out } = await wine.latchkey(['token', '--account', 'CON'], {
    LATCHKEY_CONFIG_FILE: 'C:\\devices.yaml',
    LATCHKEY_DATA_DIR: 'C:\\devices',
  });
  assert.deepEqual([code, out], [0, 'sk-ant-oat01-wine\n']);
});
