import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { account, times } from './kit.ts';

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

/** A container that has the config file alone, mounted as a single file, and a data folder of its own. */
async function withContainer(t: TestContext) {
  const stage = await signedIn(t);
  const inside = {
    configFile: join(stage.folder, 'inside', 'config.yaml'),
    dataDir: join(stage.folder, 'own'),
  };
  await mkdir(dirname(inside.configFile));
  await writeFile(inside.configFile, '');
  /** What happens from one start of the container to its end. */
  const run = async (work: () => Promise<void>) => {
    execFileSync('mount', ['--bind', stage.configFile, inside.configFile]);
    await work().finally(() => execFileSync('umount', ['-l', inside.configFile]));
  };
  const start = async () => {
    const login = await stage.open(inside);
    await login.catchUp();
    return login;
  };
  return { stage, run, start };
}

test(
  'a single file is mounted, and renewed outside: what it holds is presented by nobody inside',
  withMounts,
  async (t) => {
    const { stage, run, start } = await withContainer(t);
    const { clock, login, server } = stage;
    const { refreshToken: old } = await stage.credential();
    const asksNothing = async (container: Login) => {
      const outcome = await container.refresh('default');
      const reason =
        outcome.kind === 'refused' && 'reason' in outcome.failure ? outcome.failure.reason : null;
      assert.equal(reason, 'replaced-outside', JSON.stringify(outcome));
      assert.equal(container.snapshot.isFileReadable, false);
      assert.equal(times(old), 1);
    };
    await run(async () => {
      const container = await start();
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      clock.advance(10 * SECOND);
      await asksNothing(container);
      await container.stop();
      // It would have a copy.
      await asksNothing(await start());
    });
    const { refreshToken } = await stage.credential();
    assert.equal(await server.refreshTokenState(String(refreshToken)), 'live');

    await run(async () => {
      const container = await start();
      clock.advance(10 * SECOND);
      assert.equal((await container.refresh('default')).kind, 'refreshed');
      assert.deepEqual(account(container).troubles, []);
    });
  },
);

test('a sign-in in there is kept, and written once the container is started anew', withMounts, async (t) => {
  const { stage, run, start } = await withContainer(t);
  await run(async () => {
    const container = await start();
    await stage.login.refresh('default');
    await container.signIn(null);
    assert.equal(container.snapshot.signIn?.phase, 'succeeded');
    await container.stop();
  });
  await run(async () => {
    const { accounts } = (await start()).snapshot;
    assert.deepEqual(
      accounts.map(({ whereabouts }) => whereabouts),
      ['config-file', 'config-file'],
    );
  });
});
