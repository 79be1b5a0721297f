import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, block, iso, kinds, renewedByAnother, settled, times, write } from './kit.ts';

for (const seen of ['before the command', 'by the renewal itself'] as const) {
  for (const [what, left, isTold] of [
    ['ten minutes are left', 10 * MINUTE, true],
    ['nobody knows what is left', 10 * MINUTE, false],
  ] as const) {
    test(`cron renews what another program has renewed, of which ${what}; seen ${seen}: once, at once`, async (t) => {
      const stage = await signedIn(t);
      const { clock } = stage;
      const theirs = await renewedByAnother(stage, await stage.credential());
      await stage.login.stop();
      const end = iso(clock.now() + 8 * HOUR);
      clock.advance(8 * HOUR - left);
      const cron = await stage.open();
      if (seen === 'by the renewal itself') await cron.catchUp();
      await write(stage, block('default', theirs, isTold ? end : ''));
      if (seen === 'before the command') await cron.catchUp();
      assert.equal((await cron.refresh('default')).kind, 'refreshed');
      assert.equal((account(cron).accessExpiresAt ?? 0) - clock.now() > 7 * HOUR, true);
      assert.equal((await cron.refresh('default')).kind, 'fresh');
      assert.equal(times(theirs.refreshToken), 1);
    });
  }
}

test('what another program has just renewed is the answer', async (t) => {
  const stage = await signedIn(t);
  const theirs = await renewedByAnother(stage, await stage.credential());
  await stage.login.stop();
  await write(stage, block('default', theirs, iso(stage.clock.now() + 8 * HOUR)));
  const cron = await stage.open();
  await cron.catchUp();
  assert.equal((await cron.refresh('default')).kind, 'adopted');
  assert.equal(times(theirs.refreshToken), 0);
});

test('the app lets whoever has it begin', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const theirs = await renewedByAnother(stage, await stage.credential());
  clock.advance(8 * HOUR - 10 * MINUTE);
  await write(stage, block('default', theirs, iso(clock.now() + 10 * MINUTE)));
  login.keep();
  await settled(login);
  assert.equal(kinds(login).at(-1), 'adopted');
  assert.equal(times(theirs.refreshToken), 0);
});
