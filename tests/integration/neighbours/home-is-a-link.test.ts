import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';

test('/home is a link (Silverblue, FreeBSD): the folder is removed, and the login is offered all the same', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'home-link-'));
  await mkdir(join(root, 'var', 'home', 'ada'), { recursive: true });
  t.after(() => rm(root, { recursive: true, force: true }));
  await symlink(join(root, 'var', 'home'), join(root, 'home'));
  const configFile = join(root, 'home', 'ada', '.mcp-code-api', 'config.yaml');
  const stage = await signedIn(t, { configFile, dataDir: join(root, 'data') });
  await stage.login.stop();
  await rm(dirname(configFile), { recursive: true });
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(
    later.snapshot.accounts.map(({ troubles }) => troubles.map(({ code }) => code)),
    [['entry-removed']],
  );
  await later.putBack('default');
  stage.clock.advance(10 * SECOND);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
});
