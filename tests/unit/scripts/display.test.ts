import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { displayAddresses, hasDisplay } from '../../../scripts/run/display.mjs';

test('DISPLAY names a local socket, in the file system or abstract, or a port of a host', () => {
  const local = [{ path: '/tmp/.X11-unix/X7' }, { path: '\0/tmp/.X11-unix/X7' }];
  assert.deepEqual(displayAddresses({ DISPLAY: ':7' }), local);
  assert.deepEqual(displayAddresses({ DISPLAY: ':7.1' }), local);
  assert.deepEqual(displayAddresses({ DISPLAY: 'unix:7' }), local);
  assert.deepEqual(displayAddresses({ DISPLAY: 'localhost:10.0' }), [{ host: 'localhost', port: 6010 }]);
});

test('WAYLAND_DISPLAY names a socket in the runtime folder, or anywhere', () => {
  const environment = { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1000' };
  assert.deepEqual(displayAddresses(environment), [{ path: '/run/user/1000/wayland-0' }]);
  assert.deepEqual(displayAddresses({ WAYLAND_DISPLAY: '/run/w' }), [{ path: '/run/w' }]);
});

test('neither set, or set to nothing sensible, names none', () => {
  assert.deepEqual(displayAddresses({}), []);
  assert.deepEqual(displayAddresses({ DISPLAY: '', WAYLAND_DISPLAY: '' }), []);
  assert.deepEqual(displayAddresses({ DISPLAY: 'nonsense' }), []);
});

test('there is a display only while its server answers', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-display-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const environment = { WAYLAND_DISPLAY: join(folder, 'wayland-0') };
  assert.equal(await hasDisplay(environment, 'linux'), false);
  const server = createServer().listen(environment.WAYLAND_DISPLAY);
  await once(server, 'listening');
  assert.equal(await hasDisplay(environment, 'linux'), true);
  server.close();
});

test('macOS and Windows always have one', async () => {
  assert.equal(await hasDisplay({}, 'darwin'), true);
  assert.equal(await hasDisplay({}, 'win32'), true);
});
