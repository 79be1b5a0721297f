import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { letAge, signedIn } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';
import { firstOutput, startChild } from '../../support/vault/child.ts';
import { letNoLocksThrough, lockFilter } from '../../support/vault/lockless.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

const canSandbox = spawnSync('bwrap', ['--ro-bind', '/', '/', 'true']).status === 0;

/** Below the time for which the credentials' lock is waited for. */
const within = { timeout: 120_000 };

for (const as of ['ENOLCK', 'ENOSYS'] as const) {
  test(
    `a home folder that lets no locks through (${as}): a sign-in is stored, and renewed`,
    { skip: canSandbox ? false : 'bubblewrap cannot be run here', ...within },
    async (t) => {
      const stage = await signedIn(t);
      await stage.login.stop();
      for (const folder of [dirname(stage.configFile), stage.dataDir]) await rm(folder, { recursive: true });
      const filter = join(stage.folder, 'filter');
      await writeFile(filter, lockFilter(as));
      const run = (...words: string[]) =>
        terminal.runIn(
          (program) => [
            'sh',
            '-c',
            `exec bwrap --dev-bind / / --seccomp 9 "$@" 9<${filter}`,
            'sh',
            ...program,
          ],
          words,
          variablesOf(stage, 18_872),
        );
      const signedInThere = await run('login');
      assert.equal(signedInThere.code, 0, signedInThere.error);
      const first = await stage.credential();
      await letAge(stage, 9 * HOUR);
      const { code, out, error } = await run('token');
      assert.equal(code, 0, error);
      const second = await stage.credential();
      assert.notEqual(second.refreshToken, first.refreshToken);
      assert.equal(out, `${second.accessToken}\n`);
    },
  );
}

for (const as of ['ENOLCK', 'ENOSYS'] as const) {
  test(
    `the config folder alone lets no locks through (${as}): our own folder's is held instead`,
    within,
    async (t) => {
      const stage = await signedIn(t);
      const { login, clock, configFile, dataDir, server } = stage;
      letNoLocksThrough(t.mock, dirname(configFile), as);
      const first = await stage.credential();
      let held: Promise<void> | undefined;
      stage.onTokenRequest = async () => {
        held = firstOutput(startChild(t, 'hold-lock.ts', join(dataDir, '.login.lock')));
        assert.equal(await Promise.race([held, delay(1_000, 'not yet')]), 'not yet');
      };
      clock.advance(9 * HOUR);
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      const second = await stage.credential();
      await held;
      assert.notEqual(second.refreshToken, first.refreshToken);
      assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
    },
  );
}

test(
  'our own folder alone lets no locks through: the lock beside the config file is held',
  within,
  async (t) => {
    const stage = await signedIn(t);
    const { login, clock, dataDir, server } = stage;
    letNoLocksThrough(t.mock, dataDir, 'ENOLCK');
    clock.advance(9 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    assert.equal(await server.refreshTokenState((await stage.credential()).refreshToken ?? ''), 'live');
  },
);
