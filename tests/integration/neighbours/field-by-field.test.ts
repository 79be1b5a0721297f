import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, renewedByAnother, settled, times, write } from './kit.ts';

// Whoever writes an entry field by field (an editor that saves by itself, `sed -i`, `yq -i`, `lineinfile`) writes the access
// token first, and the refresh token seconds later. Between them the file makes sense, and is looked at.

async function stageOf(t: TestContext) {
  const stage = await signedIn(t);
  // Else nobody asks whose a login is.
  stage.login.keep();
  return { stage, ours: await stage.credential(), at: iso(stage.clock.now() + 8 * HOUR) };
}

/** Its fields one after the other, over those of `ours`; we look after each. */
async function writeFields(
  stage: Stage,
  ours: Credential,
  theirs: Credential,
  write: (now: Credential) => Promise<void>,
): Promise<void> {
  for (const now of [{ ...theirs, refreshToken: ours.refreshToken }, theirs]) {
    await write(now);
    await stage.login.catchUp();
    await settled(stage.login);
    await stage.login.catchUp();
  }
}

async function isRenewed(stage: Stage, credential: Credential, id = 'default') {
  stage.clock.advance(8 * HOUR);
  assert.equal((await stage.login.refresh(id)).kind, 'refreshed');
  assert.equal(times(credential.refreshToken), 1);
  assert.deepEqual(codes(stage.login, id), []);
}

test('a script renews ours field by field: theirs goes on', async (t) => {
  const { stage, ours, at } = await stageOf(t);
  const theirs = await renewedByAnother(stage, ours);
  await writeFields(stage, ours, theirs, (now) => write(stage, block('default', now, at)));
  await isRenewed(stage, theirs);
  assert.equal(times(ours.refreshToken), 1, 'by the script alone');
});

test('somebody pastes a login over one that has ended: what was pasted goes on', async (t) => {
  const { stage, ours, at } = await stageOf(t);
  await renewedByAnother(stage, ours);
  stage.clock.advance(8 * HOUR);
  const refused = await stage.login.refresh('default');
  assert.equal(refused.kind === 'refused' && refused.failure.code, 'grant-refused');
  const pasted = await stage.foreignCredential();
  await writeFields(stage, ours, pasted, (now) => write(stage, block('default', now, at)));
  await isRenewed(stage, pasted);
});

for (const when of ['between the fields', 'once all is there'] as const) {
  test(`somebody pastes another person’s login over ours, which is told ${when}: both go on`, async (t) => {
    const { stage, ours, at } = await stageOf(t);
    const theirs = await graces(stage);
    if (when === 'between the fields') {
      await writeFields(stage, ours, theirs, (now) => write(stage, block('default', now, at)));
    } else {
      await write(stage, block('default', { ...theirs, refreshToken: ours.refreshToken }, at));
      await stage.login.catchUp();
      await write(stage, block('default', theirs, at));
      await stage.login.catchUp();
    }
    const offered = await until('ours to be offered', async () => {
      await stage.login.catchUp();
      return stage.login.snapshot.accounts.find(({ whereabouts }) => whereabouts === 'copy')?.id;
    });
    await stage.login.putBack(offered);
    stage.clock.advance(10 * SECOND);
    await isRenewed(stage, ours, offered);
    assert.match((await stage.login.refresh('default')).kind, /^(refreshed|fresh)$/);
    assert.equal(times(theirs.refreshToken), 1);
    assert.equal(account(stage.login).owner?.email, 'grace@example.org');
  });
}

test('somebody copies the block of ours for another person’s login, and pastes the tokens one after the other: both go on', async (t) => {
  const { stage, ours, at } = await stageOf(t);
  const theirs = await graces(stage);
  const both = (work: Credential) => write(stage, block('default', ours, at), block('work', work, at));
  await both(ours);
  await stage.login.catchUp();
  await writeFields(stage, ours, theirs, both);
  await isRenewed(stage, theirs, 'work');
  await isRenewed(stage, ours);
  assert.equal(account(stage.login, 'work').owner?.email, 'grace@example.org');
});

test('a file that is cut in the middle of the refresh token is told as damaged still', async (t) => {
  const { stage, ours, at } = await stageOf(t);
  await write(stage, block('default', { ...ours, refreshToken: ours.refreshToken?.slice(0, 60) ?? '' }, at));
  await stage.login.catchUp();
  assert.deepEqual(codes(stage.login), ['entry-replaced']);
});
