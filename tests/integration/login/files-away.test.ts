import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { presented, settled } from '../neighbours/kit.ts';

/** As a checkout that is built anew puts files of other names in the place of ours. */
function takeFilesAway(): void {
  registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) throw new Error(`not there any more: ${url}`);
      return next(url, context);
    },
  });
}

test('Latchkey’s own files go away while it runs, before its first refresh: it refreshes all the same', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  login.keep();
  await settled(login, 1000);
  takeFilesAway();
  const before = presented.length;
  clock.advance(8 * HOUR);
  await settled(login);
  assert.equal(presented.length - before, 1);
  assert.equal(login.snapshot.accounts[0]?.history.at(-1)?.kind, 'refreshed');
});
