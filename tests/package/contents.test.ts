import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, existsSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../scripts/set-up/paths.mjs';
import { startApp } from '../support/desktop/app.ts';
import { OpenedUrls } from '../support/desktop/opened-urls.ts';
import { until } from '../support/desktop/until.ts';
import { approvingBrowser } from '../support/login/terminal.ts';
import { approve } from '../support/practice/approve.ts';
import { startPracticeServer } from '../support/practice/practice-server.ts';
import { packFolder } from './pack.ts';

// What `npm run dist` packs, for this platform, into a plain folder.

const run = promisify(execFile);
const program = (name: string) => join(root, 'node_modules', '.bin', name);
let unpacked = '';
let executable = '';

before(async () => {
  unpacked = await packFolder();
  executable = join(unpacked, 'latchkey-app');
});

test('the package holds the app, its pictures and keytar, and nothing else', async () => {
  const { stdout } = await run(program('asar'), ['list', join(unpacked, 'resources', 'app.asar')]);
  const files = stdout.split('\n').filter((name) => /\.[a-z]+$/i.test(name));
  const expected = [
    /^\/out\/(main|renderer\/assets)\/[\w-]+\.(js|css|svg)$/,
    /^\/out\/renderer\/assets\/[\w-]+\.js\.br$/,
    /^\/out\/preload\/preload\.cjs$/,
    /^\/out\/renderer\/index\.html$/,
    /^\/assets\/tray\/[\w-]+(@2x)?\.(png|ico)$/,
    /^\/assets\/app\/icons\/64x64\.png$/,
    /^\/package\.json$/,
    /^\/node_modules\/keytar\/(package\.json|lib\/keytar\.js|build\/Release\/keytar\.node)$/,
  ];
  assert.deepEqual(
    files.filter((name) => !expected.some((pattern) => pattern.test(name))),
    [],
  );
  for (const pattern of expected)
    assert.ok(
      files.some((name) => pattern.test(name)),
      String(pattern),
    );
});

test('each system has its own part of electron-updater', async () => {
  const built = readdirSync(join(root, 'out', 'main')).filter((name) => name.endsWith('.js'));
  const parts = ['safe-app-image-updater', 'MacUpdater', 'NsisUpdater'];
  const partsIn = (names: readonly string[]) =>
    parts.filter((part) => names.some((name) => name.includes(`${part}-`)));
  // As electron-builder.yml names them.
  assert.deepEqual(partsIn(built), parts);
  const { stdout } = await run(program('asar'), ['list', join(unpacked, 'resources', 'app.asar')]);
  assert.deepEqual(partsIn(stdout.split('\n')), ['safe-app-image-updater']);
});

test('a start loads three files, and of Node nothing that takes long', () => {
  const folder = join(root, 'out', 'main');
  const file = (start: string) => {
    const found = readdirSync(folder).filter((name) => name.startsWith(start) && name.endsWith('.js'));
    assert.equal(found.length, 1, `${start}: ${found.join(', ')}`);
    return readFileSync(join(folder, found[0] ?? ''), 'utf8');
  };
  const imported = (code: string) =>
    [...code.matchAll(/\b(?:from|import)\s*["']([^"']+)["']/g)].map(([, name = '']) => name);
  const ofApp = imported(file('app-'));
  const ofBoth = imported(file('shared-'));
  const own = (names: readonly string[]) => names.filter((name) => name.startsWith('.'));
  assert.match(own(ofApp).join(' '), /^\.\/shared-[\w-]+\.js$/);
  assert.deepEqual(own(ofBoth), []);
  // node:util, node:http, node:zlib and node:sqlite take milliseconds each.
  const quick = [
    ...[
      'electron',
      // Every process has loaded it before any code of ours.
      'node:buffer',
      'node:child_process',
      'node:crypto',
      'node:events',
      'node:fs',
      'node:fs/promises',
      'node:os',
    ],
    ...['node:path', 'node:process', 'node:stream/promises', 'node:timers/promises', 'node:url'],
  ];
  const others = [...ofApp, ...ofBoth].filter((name) => !name.startsWith('.') && !quick.includes(name));
  assert.deepEqual(others, []);
});

test('the fuses are flipped: it is nobody’s Node and runs nothing but its own code', async () => {
  const { stdout } = await run(program('electron-fuses'), ['read', '--app', executable]);
  const fuses = new Map(
    [...stdout.matchAll(/(\w+) is (Enabled|Disabled)/g)].map(([, name, is]) => [name, is]),
  );
  assert.equal(fuses.get('RunAsNode'), 'Disabled');
  assert.equal(fuses.get('EnableNodeOptionsEnvironmentVariable'), 'Disabled');
  assert.equal(fuses.get('EnableNodeCliInspectArguments'), 'Disabled');
  assert.equal(fuses.get('EnableEmbeddedAsarIntegrityValidation'), 'Enabled');
  assert.equal(fuses.get('OnlyLoadAppFromAsar'), 'Enabled');
  assert.equal(fuses.get('GrantFileProtocolExtraPrivileges'), 'Disabled');
});

test('without a display and without Node it answers as the command, and opens nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  await using server = await startPracticeServer();
  const environment = {
    // No Node is there, and no screen.
    PATH: '/usr/bin:/bin',
    HOME: folder,
    LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
    LATCHKEY_TOKEN_URL: server.tokenUrl,
    LATCHKEY_API_URL: server.apiUrl,
    LATCHKEY_CONFIG_FILE: join(folder, 'config.yaml'),
    LATCHKEY_DATA_DIR: join(folder, 'data'),
    BROWSER: approvingBrowser,
  };
  const command = async (...words: string[]) => {
    const ended = await run(join(unpacked, 'latchkey'), words, { cwd: folder, env: environment }).catch(
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );
    return { code: 'code' in ended ? ended.code : 0, out: ended.stdout, error: ended.stderr };
  };
  assert.deepEqual(await command('status'), { code: 3, out: 'Signed out\n', error: '' });
  const login = await command('login', '--json');
  assert.equal(login.code, 0, login.error);
  const status = await command('status');
  assert.deepEqual([status.code, status.error], [0, '']);
  assert.match(status.out, /^Signed in as ada@example\.org\n/);
  const token = (await command('token')).out;
  assert.match(token, /^sk-ant-oat01-\S+\n$/);
  const words = ['sh', '-c', 'printenv CLAUDE_CODE_OAUTH_TOKEN; env | cut -d= -f1; exit 9'];
  const executed = await command('exec', '--', ...words);
  assert.equal(executed.code, 9);
  assert.ok(executed.out.startsWith(token));
  assert.doesNotMatch(executed.out, /CHROME|ELECTRON|DBUS/, 'its environment is the command’s own');
  // What looks like an option of Chromium's is the command's, too.
  assert.deepEqual(
    (await command('exec', '--', 'echo', '--remote-debugging-port=1', '--', '-x')).out,
    '--remote-debugging-port=1 -- -x\n',
  );
  assert.equal((await command('practice')).code, 2, 'no package has the practice server');
  // The keychain's helper wants Electron to go on, which then finds neither screen nor bus.
  const doctor = await command('doctor');
  assert.match(doctor.out, /System keychain\n {2}.*\[keychain-unavailable\]/);
  assert.equal(doctor.error, '');
  // Chromium's fonts, where the system's own cache of them is of the past.
  rmSync(join(folder, '.cache', 'fontconfig'), { recursive: true, force: true });
  if (existsSync(join(folder, '.cache'))) rmdirSync(join(folder, '.cache'));
  const left = readdirSync(folder).filter((name) => !name.endsWith('.lock'));
  assert.deepEqual(left.toSorted(), ['config.yaml', 'data']);
});

test('it signs in, and keeps a second copy in the keychain', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'packaged-'));
  const configFile = join(folder, 'config.yaml');
  await using server = await startPracticeServer();
  const urls = new OpenedUrls();
  await using app = startApp({
    executable,
    environment: {
      LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
      LATCHKEY_TOKEN_URL: server.tokenUrl,
      LATCHKEY_API_URL: server.apiUrl,
      LATCHKEY_CONFIG_FILE: configFile,
      LATCHKEY_DATA_DIR: join(folder, 'data'),
      // No fuse covers it: any certificate would do.
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      ...urls.environment,
    },
  });
  const tray = await app.tray();
  await tray.clickMenuItem('Sign in with Claude');
  await approve(await urls.next());
  await tray.waitForMenuItem('Sign in again');
  assert.match(readFileSync(configFile, 'utf8'), /access_token: sk-ant-oat01-/);
  const copy = await until('the copy in the keyring', async () => {
    const found = await run('secret-tool', [
      'lookup',
      'service',
      `Latchkey ${configFile}`,
      'account',
      'default',
    ]);
    return found.stdout === '' ? undefined : found.stdout;
  });
  assert.match(copy, /sk-ant-ort01-/);
  assert.equal(await app.quit(), 0);
});
