import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { times } from './kit.ts';

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

for (const isAskedAgain of [false, true]) {
  test(
    `a full disk, a renewal that the keychain alone takes${isAskedAgain ? ', and one more that the service refuses' : ''}: whoever starts next presents nothing that is spent`,
    withMounts,
    async (t) => {
      const disk = await mkdtemp(join(tmpdir(), 'latchkey-disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=700', 'tmpfs', disk]);
      const files = { configFile: join(disk, 'shared', 'config.yaml'), dataDir: join(disk, 'data') };
      const keychain = new MemoryKeychain();
      const stage = await signedIn(t, { ...files, keychain });
      t.after(() => {
        execFileSync('umount', ['-l', disk]);
        rmdirSync(disk);
      });
      const { clock, login, server } = stage;
      const first = await stage.credential();
      const filling = join(disk, 'filling');
      await assert.rejects(writeFile(filling, Buffer.alloc(512 * 1024)), { code: 'ENOSPC' });
      clock.advance(8 * HOUR);
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      const second = keychain.copies.get('default')?.credential.refreshToken ?? null;
      assert.notEqual(second, first.refreshToken);
      if (isAskedAgain) {
        server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.down });
        clock.advance(8 * HOUR);
        assert.equal((await login.refresh('default')).kind, 'refused');
      }
      // The computer is started anew, and then there is room.
      await login.stop();
      await rm(filling);
      const later = await stage.open({ keychain });
      await later.catchUp();
      clock.advance(8 * HOUR);
      const outcome = await later.refresh('default');
      assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
      assert.equal(outcome.kind, 'refreshed');
    },
  );
}
