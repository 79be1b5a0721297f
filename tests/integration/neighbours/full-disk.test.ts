import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { mountsWork } from '../../support/vault/mounts-work.ts';
import { block, graces, isHeld, iso, text, times, write } from './kit.ts';

const withMounts = { skip: mountsWork() ? false : 'no file system can be mounted here' };

/** Both folders on a disk of their own. */
async function onSmallDisk(t: TestContext, keychain?: MemoryKeychain) {
  const disk = await mkdtemp(join(tmpdir(), 'latchkey-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160k,mode=700', 'tmpfs', disk]);
  const files = { configFile: join(disk, 'shared', 'config.yaml'), dataDir: join(disk, 'data') };
  const stage = await signedIn(t, { ...files, ...(keychain === undefined ? {} : { keychain }) });
  t.after(() => {
    execFileSync('umount', ['-l', disk]);
    rmdirSync(disk);
  });
  const filling = join(disk, 'filling');
  return {
    stage,
    fill: () => assert.rejects(writeFile(filling, Buffer.alloc(512 * 1024)), { code: 'ENOSPC' }),
    makeRoom: () => rm(filling),
  };
}

for (const isAskedAgain of [false, true]) {
  test(
    `a full disk, a renewal that the keychain alone takes${isAskedAgain ? ', and one more that the service refuses' : ''}: whoever starts next presents nothing that is spent`,
    withMounts,
    async (t) => {
      const keychain = new MemoryKeychain();
      const { stage, fill, makeRoom } = await onSmallDisk(t, keychain);
      const { clock, login, server } = stage;
      const first = await stage.credential();
      await fill();
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
      await makeRoom();
      const later = await stage.open({ keychain });
      await later.catchUp();
      clock.advance(8 * HOUR);
      const outcome = await later.refresh('default');
      assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
      assert.equal(outcome.kind, 'refreshed');
    },
  );
}

test(
  'a full disk, and somebody else’s login over ours, whose last copy the keychain has: hers is not renewed over it',
  withMounts,
  async (t) => {
    const keychain = new MemoryKeychain();
    const { stage, fill } = await onSmallDisk(t, keychain);
    const { clock, login } = stage;
    const ours = await stage.credential();
    const grace = await graces(stage);
    await login.stop();
    await write(stage, block('default', grace, iso(clock.now() + HOUR)));
    await fill();
    const command = await stage.open({ keychain });
    await command.catchUp();
    clock.advance(8 * HOUR);
    await command.refresh('default');
    await command.stop();
    assert.notDeepEqual(await isHeld(ours.refreshToken, stage, keychain), []);
  },
);

test(
  'the disk is full when it is found out that a login over ours is somebody else’s: ours is offered once there is room',
  withMounts,
  async (t) => {
    const { stage, fill, makeRoom } = await onSmallDisk(t);
    const { clock, login } = stage;
    clock.advance(8 * HOUR);
    await login.refresh('default');
    clock.advance(10 * SECOND);
    const ours = await stage.credential();
    await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
    await login.catchUp();
    await login.stop();
    await fill();
    const app = await stage.open();
    app.keep();
    await app.catchUp();
    const offered = ({ snapshot }: Login) => snapshot.accounts.find(({ id }) => id !== 'default');
    await until('ours to be offered', () => offered(app));
    await app.stop();
    await makeRoom();
    const later = await stage.open();
    later.keep();
    await later.catchUp();
    const { id } = await until('ours to be offered', () => offered(later));
    await later.putBack(id);
    assert.ok((await text(stage)).includes(String(ours.refreshToken)));
  },
);
