import assert from 'node:assert/strict';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { programEnvironment } from '../../../scripts/set-up/environment.mjs';
import { binFolder } from '../../../scripts/set-up/paths.mjs';

test("the packages' programs come first on the path, once", () => {
  const once = [binFolder, '/usr/bin', '/bin'].join(delimiter);
  assert.equal(programEnvironment({ PATH: ['/usr/bin', '/bin'].join(delimiter) })['PATH'], once);
  assert.equal(programEnvironment({ PATH: ['/usr/bin', '/bin', binFolder].join(delimiter) })['PATH'], once);
  assert.deepEqual(Object.keys(programEnvironment({ Path: '/bin' })), ['Path']);
});

test('what npm and editors leave in an environment is gone, everything else stays', () => {
  const environment = programEnvironment({
    PATH: '',
    HOME: '/home/ada',
    LATCHKEY_DATA_DIR: '/data',
    HTTPS_PROXY: 'http://proxy.example',
    npm_config_user_agent: 'npm/11',
    npm_lifecycle_event: 'start',
    INIT_CWD: '/checkout',
    NODE_ENV: 'production',
    ELECTRON_RUN_AS_NODE: '1',
  });
  assert.deepEqual(Object.keys(environment).sort(), ['HOME', 'HTTPS_PROXY', 'LATCHKEY_DATA_DIR', 'PATH']);
});
