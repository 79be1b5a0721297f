import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { times } from './kit.ts';

const readOnly = (path: string) => {
  execFileSync('mount', ['--bind', path, path]);
  execFileSync('mount', ['-o', 'remount,bind,ro', path]);
};
const full = (path: string) => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]);
  // Ends with an error, since it fills the disk.
  execFileSync('sh', ['-c', `dd if=/dev/zero of=${join(path, 'filling')} bs=4k 2>/dev/null || true`]);
};

for (const [what, makeDataDir] of [
  ['read-only as well', readOnly],
  ['on a full disk', full],
] as const) {
  test(
    `a container has the config file alone, read-only, and our folder is ${what}: nothing is sent`,
    { skip: mountsWork() ? false : 'no file system can be mounted here' },
    async (t) => {
      const stage = await signedIn(t);
      const { configFile, dataDir, clock } = stage;
      const { refreshToken } = await stage.credential();
      await stage.login.stop();
      readOnly(configFile);
      makeDataDir(dataDir);
      try {
        const login = await stage.open();
        await login.catchUp();
        clock.advance(8 * HOUR);
        const outcome = await login.refresh('default');
        assert.equal(outcome.kind, 'refused', JSON.stringify(outcome));
        assert.equal(times(refreshToken), 0);
        await login.stop();
      } finally {
        for (const path of [configFile, dataDir]) execFileSync('umount', ['-l', path]);
      }
    },
  );
}
