import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { signedIn } from '../../support/login/signed-in.ts';

/** ~/.mcp-code-api is a link to a folder on a disk of its own, which is not there at the next start. */
async function onAnotherDisk(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'disk-away-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  await mkdir(join(root, 'mnt', 'mcp'), { recursive: true });
  await mkdir(join(root, 'home'));
  await symlink(join(root, 'mnt', 'mcp'), join(root, 'home', '.mcp-code-api'));
  const configFile = join(root, 'home', '.mcp-code-api', 'config.yaml');
  const stage = await signedIn(t, { configFile, dataDir: join(root, 'data') });
  await stage.login.stop();
  const unmount = () => rename(join(root, 'mnt'), join(root, 'away'));
  const mount = () => rename(join(root, 'away'), join(root, 'mnt'));
  return { stage, unmount, mount };
}

test('a disk that is not there is no sign that somebody is signed out', async (t) => {
  const { stage, unmount } = await onAnotherDisk(t);
  await unmount();
  const next = await stage.open();
  await next.catchUp();
  const { accounts, isFileReadable } = next.snapshot;
  assert.ok(accounts.length > 0 || !isFileReadable, 'told as signed out, without any trouble');
});

test('who signs in while the disk is not there has that login when it is back', async (t) => {
  const { stage, unmount, mount } = await onAnotherDisk(t);
  await unmount();
  const next = await stage.open();
  await next.catchUp();
  await next.signIn();
  assert.equal(next.snapshot.signIn?.phase, 'succeeded');
  const rescue = JSON.parse(await readFile(join(stage.dataDir, 'rescue.json'), 'utf8')) as {
    credentials: { refreshToken: string }[];
  };
  const token = rescue.credentials[0]?.refreshToken ?? assert.fail('nothing waits');
  await next.stop();
  await mount();
  const last = await stage.open();
  await last.catchUp();
  await last.catchUp();
  const ids = last.snapshot.accounts.map(({ id }) => id);
  for (const id of ids) await last.putBack(id).catch(() => undefined);
  assert.equal(await stage.server.refreshTokenState(token), 'live');
  assert.ok((await readFile(stage.configFile, 'utf8')).includes(token), 'neither in the file nor offered');
});
