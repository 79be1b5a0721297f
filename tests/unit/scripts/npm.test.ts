import assert from 'node:assert/strict';
import { test } from 'node:test';
import { npmCommand, npmEnvironment } from '../../../scripts/set-up/npm.mjs';

test('the npm that runs us is used, with the Node it runs on', () => {
  const environment = { npm_execpath: '/opt/npm/bin/npm-cli.js', npm_node_execpath: '/usr/bin/node' };
  assert.deepEqual(npmCommand(environment, 'linux', '/checkout/node'), {
    command: '/usr/bin/node',
    args: ['/opt/npm/bin/npm-cli.js'],
  });
});

test('without it, or under another package manager, npm comes from the path', () => {
  const npm = { command: 'npm', args: [] };
  assert.deepEqual(npmCommand({}, 'linux', '/usr/bin/node'), npm);
  assert.deepEqual(npmCommand({ npm_execpath: '/opt/yarn.js' }, 'darwin', '/usr/bin/node'), npm);
});

test('on Windows npm is never started through npm.cmd, which needs a shell', () => {
  const { command, args } = npmCommand({}, 'win32', 'node.exe');
  assert.equal(command, 'node.exe');
  assert.match(args.join(' '), /npm-cli\.js$/);
});

test('npm keeps its configuration but not its silence', () => {
  const environment = {
    npm_config_registry: 'https://registry.example',
    npm_config_loglevel: 'silent',
    PATH: '/bin',
  };
  assert.deepEqual(npmEnvironment(environment), {
    npm_config_registry: 'https://registry.example',
    PATH: '/bin',
  });
});
