import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommandLink } from '../../../src-main/desktop/command-on-path/command-link.ts';
import { createCommandOnPath, type CommandFacts } from '../../../src-main/desktop/command-on-path/create.ts';
import { hasFolder, UserPath, withoutFolder } from '../../../src-main/desktop/command-on-path/user-path.ts';

// The files are real; Windows' registry is a text here, and macOS a person with other folders.

/** A person's folders, and an app in one of them. */
function stage() {
  const folder = mkdtempSync(join(tmpdir(), 'on-path-'));
  const shared = join(folder, 'shared');
  const own = join(folder, 'home', '.local', 'bin');
  const app = (name: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    const launcher = join(folder, name, 'latchkey');
    writeFileSync(launcher, `#!/bin/sh\necho "${name}: $*"\n`, { mode: 0o755 });
    return launcher;
  };
  return { folder, shared, own, app, home: join(folder, 'home') };
}

const say = (program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { encoding: 'utf8' }).trim();

test('a link in the shared folder where it can be written to, and gone again', async () => {
  const { shared, own, app } = stage();
  mkdirSync(shared);
  const command = new CommandLink({ target: app('app') }, [shared], own);
  const path = join(shared, 'latchkey');
  assert.deepEqual(await command.look(), { as: 'file', path, isOn: false });
  await command.set(true);
  assert.deepEqual(await command.look(), { as: 'file', path, isOn: true });
  assert.equal(say(path, 'status'), 'app: status');
  await command.set(true);
  await command.set(false);
  assert.ok(!existsSync(path));
  await command.set(false);
  assert.equal((await command.look()).isOn, false);
});

test('without a shared folder, or the right to write there, it is the person’s own, which is made', async (t) => {
  const { shared, own, app } = stage();
  const path = join(own, 'latchkey');
  const missing = new CommandLink({ target: app('app') }, [shared], own);
  await missing.set(true);
  assert.deepEqual(await missing.look(), { as: 'file', path, isOn: true });
  assert.ok(!existsSync(shared));
  await missing.set(false);
  if (process.getuid?.() === 0) {
    t.diagnostic('root may write anywhere: the right to is not tried');
    return;
  }
  mkdirSync(shared);
  chmodSync(shared, 0o500);
  await missing.set(true);
  assert.equal((await missing.look()).path, path);
});

test('what another program has put there stays', async () => {
  const { own, app } = stage();
  const path = join(own, 'latchkey');
  const command = new CommandLink({ target: app('app') }, [], own);
  mkdirSync(own, { recursive: true });
  for (const make of [
    () => writeFileSync(path, '#!/bin/sh\n'),
    () => symlinkSync(app('other'), path),
    () => mkdirSync(path),
  ]) {
    make();
    const before = lstatSync(path).ino;
    await assert.rejects(command.set(true), { code: 'taken' });
    await command.set(false);
    assert.equal(lstatSync(path).ino, before);
    assert.equal((await command.look()).isOn, false);
    rmSync(path, { recursive: true });
  }
});

test('the link of an app that was moved gives way', async () => {
  const { folder, own, app } = stage();
  await new CommandLink({ target: app('downloads') }, [], own).set(true);
  rmSync(join(folder, 'downloads'), { recursive: true });
  const command = new CommandLink({ target: app('applications') }, [], own);
  assert.equal((await command.look()).isOn, false);
  await command.set(true);
  assert.equal(readlinkSync(join(own, 'latchkey')), join(folder, 'applications', 'latchkey'));
});

/** As an app finds itself. */
const facts = (change: Partial<CommandFacts>): CommandFacts => ({
  packageKind: 'AppImage',
  platform: 'linux',
  home: '/home/ada',
  executable: '/tmp/.mount_Latchk/latchkey-app',
  resources: '/tmp/.mount_Latchk/resources',
  appImage: null,
  ...change,
});

test('an AppImage is started as the command, whatever its name, and known again after it was moved', async () => {
  const { folder, home, own } = stage();
  const appImage = join(folder, 'Ada\'s $(echo) "Latchkey".AppImage');
  writeFileSync(appImage, '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nprintf "%s|" "$@"\n', {
    mode: 0o755,
  });
  const command = createCommandOnPath(facts({ home, appImage }));
  await command?.set(true);
  const path = join(own, 'latchkey');
  assert.equal(say(path, 'exec', '--', 'a b', '$HOME'), 'exec|--|a b|$HOME|');
  assert.equal((await command?.look())?.isOn, true);

  const moved = createCommandOnPath(facts({ home, appImage: join(folder, 'Latchkey.AppImage') }));
  assert.equal((await moved?.look())?.isOn, false);
  await moved?.set(true);
  assert.match(readFileSync(path, 'utf8'), /Latchkey\.AppImage' .*--command -- "\$@"\n$/);
});

test('the options of an AppImage’s command are those of the package’s launcher', async () => {
  const launcher = readFileSync(new URL('../../../assets/app/latchkey.sh', import.meta.url), 'utf8');
  const { home, own } = stage();
  await createCommandOnPath(facts({ home, appImage: '/x' }))?.set(true);
  const [, options] = /'\/x' (.*)\n/.exec(readFileSync(join(own, 'latchkey'), 'utf8')) ?? [];
  assert.ok(options !== undefined && launcher.includes(` ${options}\n`), options);
});

test('nothing is offered where a package manager has it, and to what is gone tomorrow', async () => {
  for (const packageKind of ['deb', 'rpm', 'npm', 'checkout'] as const) {
    assert.equal(createCommandOnPath(facts({ packageKind })), null);
  }
  const mac = { packageKind: 'macOS', platform: 'darwin' } as const;
  for (const place of ['/Volumes/Latchkey', '/private/var/folders/x/AppTranslocation/1/d']) {
    const executable = `${place}/Latchkey.app/Contents/MacOS/Latchkey`;
    assert.equal(createCommandOnPath(facts({ ...mac, executable })), null);
  }
  const { home, folder } = stage();
  const executable = '/Applications/Latchkey.app/Contents/MacOS/Latchkey';
  const resources = '/Applications/Latchkey.app/Contents/Resources';
  assert.notEqual(createCommandOnPath(facts({ ...mac, home, executable, resources })), null);
  const tar = createCommandOnPath(
    facts({ packageKind: 'tar.gz', home, executable: join(folder, 'latchkey-app') }),
  );
  await tar?.set(true);
  assert.equal(readlinkSync(join(home, '.local', 'bin', 'latchkey')), join(folder, 'latchkey'));
});

const BIN = 'C:\\Users\\Ada\\AppData\\Local\\Programs\\latchkey\\bin';

test('on Windows a folder of the person’s path, which is left as it was otherwise', async () => {
  const before = '%USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;C:\\Werkzeug für Ödön;;D:\\x';
  let path = before;
  const asked: string[] = [];
  const registry = (script: string, value: string) => {
    if (!script.includes('SetValue')) {
      asked.push('read');
      return Promise.resolve(Buffer.from(path).toString('base64'));
    }
    asked.push('write');
    path = Buffer.from(value, 'base64').toString();
    return Promise.resolve('');
  };
  const command = new UserPath(BIN, registry);
  assert.deepEqual(await command.look(), { as: 'folder', path: BIN, isOn: false });
  await command.set(true);
  assert.equal(
    path,
    `%USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;C:\\Werkzeug für Ödön;D:\\x;${BIN}`,
  );
  await command.set(true);
  assert.equal(path.split(BIN).length, 2, 'once');
  assert.deepEqual(await command.look(), { as: 'folder', path: BIN, isOn: true });
  await command.set(false);
  assert.equal(path, '%USERPROFILE%\\AppData\\Local\\Microsoft\\WindowsApps;C:\\Werkzeug für Ödön;D:\\x');
  assert.deepEqual(asked, ['read', 'read', 'write', 'read', 'write', 'read', 'write'], 'looking asks once');
  await assert.rejects(new UserPath('C:\\a;b\\bin', registry).set(true), { code: 'EINVAL' });
  await assert.rejects(new UserPath('C:\\%a%\\bin', registry).set(true), { code: 'EINVAL' });
});

test('a folder is known on the path however it is written', () => {
  for (const written of [BIN, BIN.toUpperCase(), `${BIN}\\`, `"${BIN}"`, BIN.replaceAll('\\', '/')]) {
    assert.ok(hasFolder(`C:\\x;${written};D:\\y`, BIN), written);
    assert.equal(withoutFolder(`C:\\x;${written};D:\\y`, BIN), 'C:\\x;D:\\y');
  }
  assert.ok(!hasFolder('', BIN));
  assert.equal(withoutFolder('C:\\x;;D:\\y;', BIN), 'C:\\x;;D:\\y;', 'nothing else is tidied');
});
