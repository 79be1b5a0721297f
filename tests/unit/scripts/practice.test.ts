import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvesByItself, practiceEnvironment, practiceFolder } from '../../../scripts/run/practice.mjs';
import { withoutDisplay } from '../../../scripts/run/terminal.mjs';
import { browserCommand } from '../../../src-main/login/open-browser.ts';

test('practice has a folder of its own where each platform keeps the data of programs', () => {
  assert.equal(practiceFolder('linux', {}, '/home/ada'), '/home/ada/.local/share/latchkey-practice');
  assert.equal(practiceFolder('linux', { XDG_DATA_HOME: '/data' }, '/home/ada'), '/data/latchkey-practice');
  assert.equal(
    practiceFolder('linux', { XDG_DATA_HOME: 'relative' }, '/home/ada'),
    '/home/ada/.local/share/latchkey-practice',
  );
  assert.equal(
    practiceFolder('darwin', {}, '/Users/ada'),
    '/Users/ada/Library/Application Support/Latchkey Practice',
  );
  assert.equal(
    practiceFolder('win32', { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'C:\\Users\\ada'),
    'C:\\Users\\ada\\AppData\\Roaming\\Latchkey Practice',
  );
});

test('practice goes to its own server, config file and data folder, and hands on nothing else', () => {
  const line = JSON.stringify({
    authorizeUrl: 'http://localhost:1/authorize',
    tokenUrl: 'http://localhost:1/token',
    apiUrl: 'http://localhost:1/api',
    controlKey: 'not for the app',
  });
  assert.deepEqual(practiceEnvironment(line, '/practice'), {
    LATCHKEY_AUTHORIZE_URL: 'http://localhost:1/authorize',
    LATCHKEY_TOKEN_URL: 'http://localhost:1/token',
    LATCHKEY_API_URL: 'http://localhost:1/api',
    LATCHKEY_CONFIG_FILE: '/practice/config.yaml',
    LATCHKEY_DATA_DIR: '/practice/data',
  });
});

test('without a display practice approves by itself, also where a display is named that does not answer', () => {
  const variables = { DISPLAY: ':99', WAYLAND_DISPLAY: 'wayland-9', BROWSER: 'firefox', ...approvesByItself };
  assert.match(browserCommand('linux', variables)?.join(' ') ?? '', /practice-browser\.mjs$/);
});

test('practice in the terminal says what it is; a real sign-in does not call itself practice', () => {
  assert.match(withoutDisplay(true), /practice.*approves by itself\. No real account is touched\.\n$/);
  assert.doesNotMatch(withoutDisplay(false), /practi/);
});
