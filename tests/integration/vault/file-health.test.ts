import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { syncServiceOf } from '../../../src-main/domain/synced-folder.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { temporaryFolder } from '../../support/vault/sample.ts';

/** A vault over a config file at this place in a folder of its own. */
async function stage(t: TestContext, place: string, text = 'a: 1\n') {
  const folder = await temporaryFolder(t);
  const configFile = join(folder, place);
  await mkdir(dirname(configFile), { recursive: true });
  await writeFile(configFile, text, { mode: 0o600 });
  const vault = new Vault({ configFile, dataDir: join(folder, 'data'), keychain: null, settleMs: 50 });
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const codes = async () => (await vault.health.look()).map(({ code }) => code);
  return { folder, configFile, vault, git, codes };
}

test('an ordinary place is healthy, and so is none at all', async (t) => {
  const { vault } = await stage(t, '.mcp-code-api/config.yaml');
  assert.deepEqual(await vault.health.look(), []);
  const nowhere = new Vault({
    configFile: '/nowhere/Dropbox/config.yaml',
    dataDir: '/nowhere/data',
    keychain: null,
  });
  assert.deepEqual(await nowhere.health.look(), []);
});

test('a git work tree that does not ignore the file is told, and one press has it ignored here alone', async (t) => {
  const { folder, configFile, vault, git, codes } = await stage(t, 'dots/[a] b/config.yaml');
  git('init', '-q');
  assert.deepEqual(await vault.health.look(), [
    { code: 'file-in-git', path: configFile, folder, tracked: false },
  ]);
  await writeFile(join(folder, '.git', 'info', 'exclude'), '# mine');
  await vault.health.excludeFromGit();
  assert.deepEqual(await codes(), []);
  assert.equal(
    await readFile(join(folder, '.git', 'info', 'exclude'), 'utf8'),
    '# mine\n/dots/\\[a\\] b/config.yaml\n/dots/\\[a\\] b/.config.yaml.latchkey*\n',
  );
  assert.equal(git('status', '--porcelain').trim(), '');
  await vault.health.excludeFromGit();
  assert.deepEqual(await codes(), [], 'a second time nothing is added');
});

test('a .gitignore is enough, and a file that git tracks already is told apart', async (t) => {
  const { folder, configFile, vault, git, codes } = await stage(t, 'config.yaml');
  git('init', '-q');
  await writeFile(join(folder, '.gitignore'), '*.yaml\n');
  assert.deepEqual(await codes(), []);
  git('add', '-f', 'config.yaml');
  assert.deepEqual(await vault.health.look(), [
    { code: 'file-in-git', path: configFile, folder, tracked: true },
  ]);
});

test('a further work tree of a repository is mended in the repository', async (t) => {
  const { folder, git } = await stage(t, 'first.txt');
  git('init', '-q');
  git('add', 'first.txt');
  git('commit', '-q', '-m', 'x');
  const other = join(folder, 'other');
  git('worktree', 'add', '-q', other);
  const configFile = join(other, 'config.yaml');
  await writeFile(configFile, 'a: 1\n');
  const vault = new Vault({ configFile, dataDir: join(folder, 'data'), keychain: null });
  assert.deepEqual(
    (await vault.health.look()).map(({ code }) => code),
    ['file-in-git'],
  );
  await vault.health.excludeFromGit();
  assert.deepEqual(await vault.health.look(), []);
});

test('where the file really lies counts, not where a link to it does', async (t) => {
  const { folder, git } = await stage(t, 'Dropbox/config.yaml');
  git('init', '-q', 'tree');
  const link = join(folder, 'tree', 'config.yaml');
  await symlink(join(folder, 'Dropbox', 'config.yaml'), link);
  const vault = new Vault({ configFile: link, dataDir: join(folder, 'data'), keychain: null });
  assert.deepEqual(await vault.health.look(), [{ code: 'file-synced', path: link, service: 'Dropbox' }]);
});

test('our own folder is told where it is copied and the config file is not', async (t) => {
  const { folder, vault, codes } = await stage(t, '.mcp-code-api/config.yaml');
  await mkdir(join(folder, 'data', '.stfolder'), { recursive: true });
  const own = { code: 'file-synced', path: join(folder, 'data'), service: 'Syncthing', own: true };
  assert.deepEqual(await vault.health.look(), [own]);
  await mkdir(join(folder, '.stfolder'));
  assert.deepEqual(await codes(), ['file-synced']);
  const [both] = await vault.health.look();
  assert.ok(both !== undefined && !('own' in both));
});

test('a folder that a service copies is known by its name, or by what the service left in it', async (t) => {
  const { folder, configFile, vault } = await stage(t, 'work/deep/config.yaml');
  await mkdir(join(folder, 'work', '.stfolder'));
  assert.deepEqual(await vault.health.look(), [
    { code: 'file-synced', path: configFile, service: 'Syncthing' },
  ]);
  const named: readonly (readonly [folder: string, service: string | null])[] = [
    ['/home/ada/Dropbox/x', 'Dropbox'],
    ['/home/ada/Dropbox (Work)', 'Dropbox'],
    ['C:\\Users\\ada\\OneDrive - Example\\x', 'OneDrive'],
    ['/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/My Drive', 'Google Drive'],
    ['/Users/ada/Library/Mobile Documents/com~apple~CloudDocs', 'iCloud'],
    ['/home/ada/Nextcloud', 'Nextcloud'],
    ['/home/ada/dropbox-notes', null],
    ['/home/ada/.mcp-code-api', null],
  ];
  for (const [path, service] of named) assert.equal(syncServiceOf(path), service, path);
});

test('items that nobody can read are told by their place, and stay as they are', async (t) => {
  const text =
    'providers:\n  anthropic:\n    oauth_credentials:\n      - id: a\n        access_token: t\n      - nonsense\n      - id: c\n';
  const { configFile, vault } = await stage(t, 'config.yaml', text);
  const { troubles, accounts } = await vault.load();
  assert.deepEqual(troubles, [
    {
      code: 'entries-unreadable',
      path: configFile,
      at: 'oauth_credentials[1], oauth_credentials[2]',
    },
  ]);
  assert.deepEqual(
    accounts.map(({ id }) => id),
    ['a'],
  );
  assert.equal(await readFile(configFile, 'utf8'), text);
});
