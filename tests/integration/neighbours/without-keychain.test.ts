import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { account, block, codes, graces, isHeld, iso, renewedIntoRescue, text, times, write } from './kit.ts';

/** Renews it, stops, and lets another program do its worst while no Latchkey runs; then puts back what is offered. */
async function whileNothingRuns(stage: Stage, worst: (old: string) => Promise<void>) {
  const { login, clock } = stage;
  const [first, old] = [await stage.credential(), await text(stage)];
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const second = await stage.credential();
  await login.stop();
  await worst(old);
  const later = await stage.open();
  await later.catchUp();
  const [trouble] = account(later).troubles;
  assert.ok(trouble !== undefined && 'copy' in trouble && trouble.copy, 'a copy is offered');
  await later.putBack('default');
  clock.advance(3 * SECOND);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
  assert.equal(await stage.server.refreshTokenState(second.refreshToken ?? ''), 'spent');
}

const WORST: Readonly<Record<string, (stage: Stage, old: string) => Promise<void>>> = {
  'writes an older entry over ours': ({ configFile }, old) => writeAsOthersDo(configFile, old),
  'takes the entry out': ({ configFile }) => writeAsOthersDo(configFile, 'providers: {}\n'),
  'removes the file': ({ configFile }) => rm(configFile),
  'takes it out, and our records are lost as well': async ({ configFile, dataDir }) => {
    await writeAsOthersDo(configFile, 'providers: {}\n');
    await rm(join(dataDir, 'accounts.json'));
  },
};
for (const [what, worst] of Object.entries(WORST)) {
  test(`no keychain, no Latchkey runs, and another program ${what}: the last login is offered`, async (t) => {
    const stage = await signedIn(t);
    await whileNothingRuns(stage, (old) => worst(stage, old));
  });
}

for (const keychain of [undefined, new MemoryKeychain()]) {
  test(`our records are lost, and somebody else signed in over ours meanwhile, ${keychain === undefined ? 'without' : 'with'} a keychain: ours is offered once theirs is refused`, async (t) => {
    const kept = keychain === undefined ? {} : { keychain };
    const stage = await signedIn(t, kept);
    const { login, server, clock, dataDir } = stage;
    const ours = await stage.credential();
    await login.stop();
    await writeFile(join(dataDir, 'accounts.json'), '\0'.repeat(500));
    await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
    const later = await stage.open(kept);
    await later.catchUp();
    assert.deepEqual([codes(later), later.snapshot.accounts.length], [[], 1]);
    clock.advance(8 * HOUR);
    await later.refresh('default');
    assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'live');
    assert.notDeepEqual(await isHeld(ours.refreshToken, stage, keychain), [], 'it is in no file any more');

    server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
    clock.advance(8 * HOUR);
    await later.refresh('default');
    assert.deepEqual(codes(later, 'account-2'), ['entry-removed']);
    await later.putBack('account-2');
    assert.ok((await text(stage)).includes(String(ours.refreshToken)));
  });
}

test('what waits in rescue.json outlives that file, though there is no keychain', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile, dataDir } = stage;
  const { first, second, whole } = await renewedIntoRescue(stage);
  await login.stop();
  await writeFile(join(dataDir, 'rescue.json'), '{"version": 2, "credenti');
  await writeAsOthersDo(configFile, whole);
  const later = await stage.open();
  await later.catchUp();
  await later.putBack('default');
  clock.advance(8 * HOUR);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'spent');
  assert.deepEqual(codes(later), []);
});

test('signed out, nothing of it is left, nor comes back', async (t) => {
  const stage = await signedIn(t);
  await stage.login.signOut('default');
  await stage.login.stop();
  assert.doesNotMatch(await text({ configFile: join(stage.dataDir, 'copies.json') }), /sk-ant/);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(later.snapshot.accounts, []);
});
