import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
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
  const run = async (work: () => Promise<void>, from = stage.configFile, to = inside.configFile) => {
    execFileSync('mount', ['--bind', from, to]);
    await work().finally(() => execFileSync('umount', ['-l', to]));
  };
  const start = async (changes: Partial<typeof inside> = {}) => {
    const login = await stage.open({ ...inside, ...changes });
    await login.catchUp();
    return login;
  };
  return { stage, inside, run, start };
}

async function isTold(login: Login): Promise<void> {
  const outcome = await login.refresh('default');
  const reason = outcome.kind === 'refused' && 'reason' in outcome.failure ? outcome.failure.reason : null;
  assert.equal(reason, 'replaced-outside', JSON.stringify(outcome));
  assert.equal(login.snapshot.isFileReadable, false);
}

test(
  'a single file is mounted, and renewed outside: what it holds is presented by nobody inside',
  withMounts,
  async (t) => {
    const { stage, run, start } = await withContainer(t);
    const { clock, login, server } = stage;
    const { refreshToken: old } = await stage.credential();
    const asksNothing = async (container: Login) => {
      await isTold(container);
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

/** What leaves what is mounted a name, by which alone it is told from what took its place. */
const REPLACED_BY = {
  'sed -i.bak': (file: string) => execFileSync('sed', ['-i.bak', '1s/^/# work\\n/', file]),
  'an editor that keeps a backup': async (file: string) => {
    await rename(file, `${file}~`);
    await cp(`${file}~`, file);
  },
  // It is replaced by the host's renewal.
  'a snapshot of hard links': (file: string) => execFileSync('cp', ['-l', file, `${file}.snapshot`]),
  'its folder, restored from a copy': async (file: string) => {
    await rename(dirname(file), `${dirname(file)}.old`);
    await cp(`${dirname(file)}.old`, dirname(file), { recursive: true });
  },
};
for (const [what, replace] of Object.entries(REPLACED_BY)) {
  for (const mounted of ['file', 'folder'] as const) {
    if (mounted === 'folder' && !what.startsWith('its folder')) continue;
    test(
      `a ${mounted} is mounted, and replaced outside by ${what}: nobody presents what is spent`,
      withMounts,
      async (t) => {
        const { stage, inside, run, start } = await withContainer(t);
        const { clock, login } = stage;
        const { refreshToken: old } = await stage.credential();
        const whole = (path: string) => (mounted === 'file' ? path : dirname(path));
        const work = async () => {
          const container = await start();
          await replace(stage.configFile);
          await login.catchUp();
          clock.advance(8 * HOUR);
          // Whoever comes first: before its renewal nobody sees that a snapshot was made.
          if (!what.startsWith('a snapshot')) await isTold(container);
          assert.equal((await login.refresh('default')).kind, 'refreshed');
          clock.advance(10 * SECOND);
          await isTold(container);
          await container.stop();
          await isTold(await start());
          assert.equal(times(old), 1);
        };
        await run(work, whole(stage.configFile), whole(inside.configFile));
      },
    );
  }
}

test(
  'the folder that is mounted is deleted and made anew outside: nobody presents what it held',
  withMounts,
  async (t) => {
    const { stage, inside, run, start } = await withContainer(t);
    const folder = dirname(stage.configFile);
    const work = async () => {
      const container = await start();
      await cp(folder, `${folder}.backup`, { recursive: true });
      await rm(folder, { recursive: true });
      await cp(`${folder}.backup`, folder, { recursive: true });
      stage.clock.advance(8 * HOUR);
      await isTold(container);
    };
    await run(work, folder, dirname(inside.configFile));
  },
);

test(
  'a file that was renamed outside, and is mounted by its new name, is believed',
  withMounts,
  async (t) => {
    const { stage, run, start } = await withContainer(t);
    const { configFile, clock, folder } = stage;
    await stage.login.stop();
    const renamed = `${configFile}.work`;
    const anew = join(folder, 'anew', 'config.yaml');
    await mkdir(dirname(anew));
    await writeFile(anew, '');
    await run(async () => {
      await (await start()).stop();
      await rename(configFile, renamed);
      // While the former one stands: the system would number it alike.
      await run(
        async () => {
          clock.advance(8 * HOUR);
          assert.equal((await (await start({ configFile: anew })).refresh('default')).kind, 'refreshed');
        },
        renamed,
        anew,
      );
    });
  },
);
