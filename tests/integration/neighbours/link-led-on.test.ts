import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { account, block, file, graces, iso, received } from './kit.ts';

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

/** A config file that is a link into a store that nobody writes, to another file with every generation of the system. */
async function generations(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'generations-'));
  const store = join(root, 'store');
  for (const folder of [store, join(root, 'home')]) await mkdir(folder);
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', store]);
  t.after(async () => {
    execFileSync('umount', ['-l', store]);
    await rm(root, { recursive: true, force: true });
  });
  const configFile = join(root, 'home', 'config.yaml');
  /** The next generation, with a text of its own. */
  const lead = async (name: string, text: string) => {
    execFileSync('mount', ['-o', 'remount,rw', store]);
    await writeFile(join(store, name), text, { mode: 0o444 });
    execFileSync('mount', ['-o', 'remount,ro', store]);
    await symlink(join(store, name), `${configFile}.next`);
    await rename(`${configFile}.next`, configFile);
  };
  await lead('first', 'providers:\n  openai: {}\n');
  const stage = await signedIn(t, { configFile, dataDir: join(root, 'data') });
  return { stage, lead };
}

async function isRenewedHere(stage: Stage, login: Stage['login']) {
  await login.catchUp();
  stage.clock.advance(10 * SECOND);
  assert.deepEqual(
    login.snapshot.accounts.map(({ id, whereabouts }) => [id, whereabouts]),
    [['default', 'own-folder']],
  );
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(await stage.server.refreshTokenState(String(received.at(-1))), 'live');
}

test(
  'a sign-in that a file could not take outlives the next generations of that file',
  withMounts,
  async (t) => {
    const { stage, lead } = await generations(t);
    await isRenewedHere(stage, stage.login);
    await lead('second', 'providers:\n  gemini: {}\n');
    await isRenewedHere(stage, stage.login);
    await stage.login.stop();
    await lead('third', '');
    await isRenewedHere(stage, await stage.open());
  },
);

test('it takes nobody’s place in the next one', withMounts, async (t) => {
  const { stage, lead } = await generations(t);
  const grace = await graces(stage);
  await lead('second', file(block('default', grace, iso(grace.accessExpiresAt ?? 0))));
  await stage.login.catchUp();
  assert.equal(account(stage.login).whereabouts, 'config-file');
  assert.equal((await stage.credential()).refreshToken, grace.refreshToken);
  await lead('third', '');
  await stage.login.catchUp();
  assert.equal(account(stage.login).whereabouts, 'own-folder');
});

test('a sign-in that waits for a file that is broken stays with that, wherever the link leads meanwhile', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'profiles-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const [work, home, configFile] = ['work', 'home', 'config'].map((name) => join(root, `${name}.yaml`)) as [
    string,
    string,
    string,
  ];
  await writeFile(work, 'providers:\n\t: [\n');
  await writeFile(home, 'providers:\n  openai: {}\n');
  await symlink(work, configFile);
  const { login } = await signedIn(t, { configFile, dataDir: join(root, 'data') });
  const lead = async (to: string) => {
    await symlink(to, `${configFile}.next`);
    await rename(`${configFile}.next`, configFile);
    await login.catchUp();
  };
  await lead(home);
  await writeFile(work, 'providers:\n  gemini: {}\n');
  await lead(work);
  await login.catchUp();
  assert.doesNotMatch(await readFile(home, 'utf8'), /refresh_token/);
  assert.match(await readFile(work, 'utf8'), /refresh_token/);
});

test(
  'every generation holds the token that was written down once: what it was renewed to goes on in each, process by process',
  withMounts,
  async (t) => {
    const { stage, lead } = await generations(t);
    const first = await stage.credential();
    await stage.login.stop();
    const text = file(block('default', first, iso(stage.clock.now() + 8 * HOUR)));
    for (const name of ['second', 'third', 'fourth', 'fifth']) {
      await lead(name, text);
      const login = await stage.open();
      await login.catchUp();
      for (let times = 0; times < 2; times++) {
        stage.clock.advance(8 * HOUR);
        assert.equal((await login.refresh('default')).kind, 'refreshed', name);
      }
      assert.equal(await stage.server.refreshTokenState(String(received.at(-1))), 'live');
      await login.stop();
    }
  },
);
