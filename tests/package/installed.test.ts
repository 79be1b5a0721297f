import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { packageVersion } from '../../scripts/packaging/package-version.mjs';
import { startApp, type AppOptions, type RunningApp } from '../support/desktop/app.ts';
import { OpenedUrls } from '../support/desktop/opened-urls.ts';
import { listProcesses } from '../support/desktop/processes.ts';
import { findTrayItem } from '../support/desktop/tray.ts';
import { until } from '../support/desktop/until.ts';
import { approve } from '../support/practice/approve.ts';
import { startPracticeServer, type PracticeServer } from '../support/practice/practice-server.ts';
import { Machine } from './machine.ts';
import { packDeb, packFolder } from './pack.ts';

// The deb, as a person has it: installed, started from the menu, used, started with the session, removed.

const run = promisify(execFile);
const version = packageVersion();
let deb = '';

before(async () => {
  deb = packDeb(await packFolder(), version);
});

/** A person's home on the machine, and the practice account's servers. */
function personOf(server: PracticeServer) {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  return {
    home,
    config: join(home, '.config'),
    configFile: join(home, '.mcp-code-api', 'config.yaml'),
    environment: {
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
      LATCHKEY_TOKEN_URL: server.tokenUrl,
      LATCHKEY_API_URL: server.apiUrl,
    },
  };
}

/** What a menu entry, or an autostart entry, starts. */
function execOf(entry: string): string {
  const [, command = ''] = /^Exec="?([^"\n]+)"?$/m.exec(entry) ?? [];
  return command;
}

function startOn(
  machine: Machine,
  command: string,
  environment: AppOptions['environment'] & object,
): RunningApp {
  const [executable, ...args] = machine.on(command);
  return startApp({ executable, args, environment });
}

test('the menu entry, the icons and the command are where a desktop looks for them', async () => {
  const machine = new Machine();
  await machine.install(deb);
  const installed = (path: string) => join(machine.root, path);
  await run('desktop-file-validate', [installed('usr/share/applications/latchkey.desktop')]);
  for (const size of [16, 22, 24, 32, 48, 64, 128, 256, 512]) {
    const png = readFileSync(installed(`usr/share/icons/hicolor/${size}x${size}/apps/latchkey.png`));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
  }
  assert.ok(existsSync(installed('usr/share/icons/hicolor/scalable/apps/latchkey.svg')));
  assert.equal(readlinkSync(installed('usr/bin/latchkey')), '../../opt/Latchkey/latchkey');
  const copyright = readFileSync(installed('usr/share/doc/latchkey/copyright'), 'utf8');
  for (const inside of ['Latchkey contributors', 'react ', 'oauth4webapi ', 'LICENSES.chromium.html']) {
    assert.ok(copyright.includes(inside), inside);
  }
  const [man, ...manArgs] = machine.on('man', '--location', 'latchkey');
  assert.match((await run(man, manArgs)).stdout, /man1\/latchkey\.1\.gz/);
});

test('it is started from the menu, signs in by the tray, and answers on the path without display and Node', async () => {
  const machine = new Machine();
  await machine.install(deb);
  await using server = await startPracticeServer();
  const person = personOf(server);
  const urls = new OpenedUrls();
  const entry = readFileSync(join(machine.root, 'usr/share/applications/latchkey.desktop'), 'utf8');
  {
    await using app = startOn(machine, execOf(entry), { ...person.environment, ...urls.environment });
    const tray = await app.tray();
    await tray.clickMenuItem('Sign in with Claude');
    await approve(await urls.next());
    await tray.waitForMenuItem('Sign in again');

    const [program, ...args] = machine.on('latchkey', 'status');
    const bare = { ...person.environment, PATH: '/usr/bin:/bin' };
    const { stdout, stderr } = await run(program, args, { env: bare });
    assert.match(stdout, /^Signed in as ada@example\.org\n/);
    assert.equal(stderr, '');
    const [node, ...nodeArgs] = machine.on('node', '--version');
    await assert.rejects(run(node, nodeArgs, { env: bare }), 'there is no Node on that machine');
    assert.equal(await app.quit(), 0);
  }
});

test('it starts with the session once the person wants that, and no more when it is gone', async () => {
  const machine = new Machine();
  await machine.install(deb);
  await using server = await startPracticeServer();
  const person = personOf(server);
  const autostart = join(person.config, 'autostart', 'latchkey.desktop');
  {
    await using app = startOn(machine, '/opt/Latchkey/latchkey-app', person.environment);
    const tray = await app.tray();
    assert.ok(!existsSync(autostart), 'nobody has asked for it');
    await tray.clickMenuItem('Start at login');
    await until('the autostart entry', () => existsSync(autostart) || undefined);
    assert.equal(execOf(readFileSync(autostart, 'utf8')), '/opt/Latchkey/latchkey-app');
    assert.equal(await app.quit(), 0);
  }

  await startSession(machine, person.environment);
  const pid = await until('the app to be started by the session', runningApp);
  const tray = await findTrayItem(pid);
  await tray.clickMenuItem('Quit Latchkey');
  await until('its end', () => runningApp() === undefined || undefined);

  await machine.remove('latchkey');
  // The entry is the person's. A session passes over what is not there, without a word.
  assert.ok(existsSync(autostart));
  assert.equal(await startSession(machine, person.environment), '');
  assert.equal(runningApp(), undefined);
});

test('removing it takes away all that it brought, and nothing of the person', async () => {
  const machine = new Machine();
  const before = machine.folders();
  await machine.install(deb);
  await using server = await startPracticeServer();
  const person = personOf(server);
  const urls = new OpenedUrls();
  {
    await using app = startOn(machine, '/opt/Latchkey/latchkey-app', {
      ...person.environment,
      ...urls.environment,
    });
    const tray = await app.tray();
    await tray.clickMenuItem('Sign in with Claude');
    await approve(await urls.next());
    await tray.waitForMenuItem('Sign in again');
    assert.equal(await app.quit(), 0);
  }
  const kept = readFileSync(person.configFile, 'utf8');
  assert.notDeepEqual(machine.files(), []);

  await machine.remove('latchkey');
  assert.deepEqual(machine.files(), []);
  assert.deepEqual(machine.folders(), before);
  assert.equal(readFileSync(person.configFile, 'utf8'), kept);
  const data = readdirSync(join(person.config, 'Latchkey'));
  for (const name of ['accounts.json', 'settings.json']) assert.ok(data.includes(name), name);
});

/** Does what a desktop does at login: starts the entries of the autostart folders. Answers what it said meanwhile. */
async function startSession(machine: Machine, environment: NodeJS.ProcessEnv): Promise<string> {
  const [program, ...args] = machine.on('dex', '--autostart', '--environment', 'XFCE');
  const said = join(mkdtempSync(join(tmpdir(), 'session-')), 'said');
  // A file: what is started keeps it open.
  const output = openSync(said, 'w');
  const session = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  assert.deepEqual(await once(session, 'exit'), [0, null]);
  return readFileSync(said, 'utf8');
}

/** The main process of the installed app, where it runs. */
function runningApp(): number | undefined {
  return listProcesses().find(({ pid, zombie }) => {
    if (zombie) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === '/opt/Latchkey/latchkey-app\0';
    } catch {
      return false;
    }
  })?.pid;
}
