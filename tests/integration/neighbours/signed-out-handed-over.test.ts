import assert from 'node:assert/strict';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { hasLostAnswer, loginEnd } from '../../../src-main/domain/history.ts';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import {
  account,
  block,
  codes,
  graces,
  isHeld,
  iso,
  presented,
  received,
  renewedByAnother,
  renewedInCopy,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

/** Renewed in a copy of our config file, and signed out there: it waits for our file, which nobody has looked at since. */
async function handedOver(stage: Stage) {
  await stage.login.stop();
  const { copied, configFile, token } = await renewedInCopy(stage);
  await copied.signOut('default');
  await copied.stop();
  return { copy: configFile, token };
}

/** What is lost, and offered, is put back, lives, and was never presented before. */
async function isSaved(login: Login, { clock }: Stage, token: string, id = 'account-2'): Promise<void> {
  const [trouble] = account(login, id).troubles;
  assert.ok(trouble !== undefined && 'copy' in trouble && trouble.copy, JSON.stringify(trouble));
  await login.putBack(id);
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh(id)).kind, 'refreshed');
  assert.equal(presented.at(-1), token);
}

test('handed over to a file whose entry has another id by then: it goes on there', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const { token } = await handedOver(stage);
  await write(stage, block('work', ada, iso(stage.clock.now())));
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later, 'work'), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('work')).kind, 'refreshed');
  assert.equal(presented.at(-1), token);
});

for (const isLookedAt of [true, false]) {
  test(`… and somebody else’s is written over its entry ${isLookedAt ? 'later' : 'before anybody looks'}: offered under an id of its own`, async (t) => {
    const stage = await signedIn(t);
    stage.login.keep();
    await until('the service to tell whose it is', () => account(stage.login).owner ?? undefined);
    const grace = await graces(stage);
    const { token } = await handedOver(stage);
    const later = await stage.open();
    if (isLookedAt) await later.catchUp();
    await write(stage, block('default', grace, iso(stage.clock.now() + 8 * HOUR)));
    later.keep();
    await later.catchUp();
    await until('ours to be offered', () =>
      later.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0),
    );
    await isSaved(later, stage, token);
    assert.ok((await text(stage)).includes(String(grace.refreshToken)));
  });
}

test('… and somebody else signs in there: offered under an id of its own', async (t) => {
  const stage = await signedIn(t);
  const { token } = await handedOver(stage);
  const later = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await later.catchUp();
  await later.signIn();
  assert.equal(account(later).owner?.email, 'grace@example.org');
  await isSaved(later, stage, token);
});

test('… and another login gets its id there: offered under an id of its own', async (t) => {
  const stage = await signedIn(t);
  const { grace, at } = await twoPeople(stage);
  const { token } = await handedOver(stage);
  const later = await stage.open();
  await later.catchUp();
  await write(stage, block('default', grace, at));
  await later.catchUp();
  await isSaved(later, stage, token);
});

test('… and the two change places: it goes on under the other id', async (t) => {
  const stage = await signedIn(t);
  const { ada, grace, at } = await twoPeople(stage);
  const { token } = await handedOver(stage);
  const later = await stage.open();
  await later.catchUp();
  await write(stage, block('default', grace, at), block('work', ada, at));
  await later.catchUp();
  assert.ok((await text(stage)).includes(token));
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('work')).kind, 'refreshed');
  assert.equal(presented.at(-1), token);
});

test('what it was before is told beside the file: who has another data folder does not present it', async (t) => {
  const stage = await signedIn(t);
  const { refreshToken } = await stage.credential();
  const { token } = await handedOver(stage);
  const later = await stage.open();
  await later.catchUp();
  const container = await stage.open({ dataDir: join(stage.folder, 'elsewhere') });
  await container.catchUp();
  assert.equal((await container.refresh('default')).kind, 'entry-lost');
  assert.equal(times(refreshToken), 1);
  await isSaved(later, stage, token, 'default');
});

test('handed over to a file on a disk that is away just then', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const { copied, token } = await renewedInCopy(stage);
  const folder = dirname(stage.configFile);
  await rename(folder, `${folder}-away`);
  await copied.signOut('default');
  await rename(`${folder}-away`, folder);
  const later = await stage.open();
  await later.catchUp();
  await isSaved(later, stage, token, 'default');
});

test('… and to one that another program takes away for a moment to write it anew', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const { copied, token } = await renewedInCopy(stage);
  const whole = await text(stage);
  await rm(stage.configFile);
  const signingOut = copied.signOut('default');
  await delay(300);
  await writeAsOthersDo(stage.configFile, whole);
  await signingOut;
  const later = await stage.open();
  await later.catchUp();
  await isSaved(later, stage, token, 'default');
});

test('… and one that was moved is offered it where it is now', async (t) => {
  const stage = await signedIn(t);
  const { token } = await handedOver(stage);
  const configFile = join(stage.folder, 'moved', 'config.yaml');
  await mkdir(dirname(configFile));
  await rename(stage.configFile, configFile);
  const later = await stage.open({ configFile });
  await later.catchUp();
  assert.ok(!(await text({ configFile })).includes(token));
  await isSaved(later, stage, token, 'default');
});

test('a login that is over is handed over to nobody', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const ada = await stage.credential();
  const { copied, token } = await renewedInCopy(stage);
  // Another program has presented it twice.
  await renewedByAnother(stage, { ...ada, refreshToken: token });
  await renewedByAnother(stage, { ...ada, refreshToken: token });
  stage.clock.advance(8 * HOUR);
  assert.equal((await copied.refresh('default')).kind, 'refused');
  await copied.signOut('default');
  assert.deepEqual(await isHeld(token, stage), []);
  const later = await stage.open();
  await later.catchUp();
  const [trouble] = account(later).troubles;
  assert.ok(trouble?.code === 'entry-replaced' && !trouble.copy, JSON.stringify(trouble));
});

test('… and who has signed out does not find it back by itself with an older file', async (t) => {
  const stage = await signedIn(t);
  const { twoAtFirst, copy, token } = await displacedAfterwards(stage);
  await writeAsOthersDo(copy, twoAtFirst);
  const restored = await stage.open({ configFile: copy });
  await restored.catchUp();
  assert.ok(
    !(await text({ configFile: copy })).includes(token),
    'it is written down where it was signed out',
  );
  stage.clock.advance(8 * HOUR);
  assert.equal((await restored.refresh('default')).kind, 'entry-lost');
  const later = await stage.open();
  await later.catchUp();
  await isSaved(later, stage, token);
});

/** What was handed over waits under an id of its own: somebody else’s login has got its id. */
async function displacedAfterwards(stage: Stage) {
  const { grace, at } = await twoPeople(stage);
  const twoAtFirst = await text(stage);
  const { copy, token } = await handedOver(stage);
  await write(stage, block('default', grace, at));
  const login = await stage.open();
  await login.catchUp();
  assert.equal(account(login, 'account-2').whereabouts, 'copy');
  await login.stop();
  return { twoAtFirst, copy, token };
}

test('nobody is signed out while it cannot be told who else has it', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const { copied, configFile, token } = await renewedInCopy(stage);
  const records = join(stage.dataDir, 'accounts.json');
  await rename(records, `${records}-away`);
  await mkdir(records);
  await assert.rejects(copied.signOut('default'), { message: 'data-not-writable' });
  assert.ok((await text({ configFile })).includes(token));
  await rm(records, { recursive: true });
  await rename(`${records}-away`, records);
  await copied.signOut('default');
  const later = await stage.open();
  await later.catchUp();
  await isSaved(later, stage, token, 'default');
});

test('who signs out where it is offered is not told that it has ended', async (t) => {
  const stage = await signedIn(t);
  const { token } = await handedOver(stage);
  const later = await stage.open();
  await later.catchUp();
  const { revocation } = await later.signOut('default');
  assert.deepEqual(await revocation, { outcome: 'not-asked', reason: 'others' });
  assert.deepEqual(await isHeld(token, stage), []);
  assert.equal(await stage.server.refreshTokenState(token), 'live');
});

test('of two ids that were signed out of one after the other nothing is left', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const token = received.at(-1) ?? '';
  const whole = (await text(stage)).trimEnd();
  await writeAsOthersDo(stage.configFile, `${whole}\n${block('work', first, iso(clock.now()))}\n`);
  await login.catchUp();
  await login.signOut('default');
  assert.deepEqual(account(login, 'work').whereabouts, 'copy');
  await login.signOut('work');
  assert.deepEqual(await isHeld(token, stage), []);
});

/** Renewed in a copy of the file, and signed out of there after so many answers were lost. */
async function lostInCopy(stage: Stage, answers: number): Promise<string> {
  await stage.login.stop();
  const { copied, token } = await renewedInCopy(stage);
  stage.clock.advance(8 * HOUR);
  stage.server.setMood({ endpoint: 'token', times: 2, behaviour: { kind: 'lose-answer' } });
  for (let tries = 0; tries < answers; tries++) {
    await copied.refresh('default');
    stage.clock.advance(MINUTE);
  }
  await copied.signOut('default');
  await copied.stop();
  return token;
}

test('an answer was lost of what is handed over: where the next one is lost as well it is presented no more', async (t) => {
  const stage = await signedIn(t);
  const token = await lostInCopy(stage, 1);
  const later = await stage.open();
  await later.catchUp();
  await later.putBack('default');
  stage.clock.advance(HOUR);
  await later.refresh('default');
  assert.equal(times(token), 2);
  assert.equal(loginEnd(account(later).history), 'uncertain');
});

test('what two answers were lost of is handed over to nobody', async (t) => {
  const stage = await signedIn(t);
  const token = await lostInCopy(stage, 2);
  assert.deepEqual(await isHeld(token, stage), []);
});

test('an answer was lost of what another program wrote over a login that stands in another file: it counts there', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  await stage.login.stop();
  const configFile = join(stage.folder, 'work', 'config.yaml');
  const at = iso(stage.clock.now() + 8 * HOUR);
  await write({ configFile }, block('default', ada, at));
  const copied = await stage.open({ configFile });
  await copied.catchUp();
  const next = await renewedByAnother(stage, ada);
  await write({ configFile }, block('default', next, at));
  await copied.catchUp();
  stage.clock.advance(8 * HOUR);
  stage.server.setMood({ endpoint: 'profile', behaviour: { kind: 'answer', status: 503 } });
  stage.server.setMood({ endpoint: 'token', times: 2, behaviour: { kind: 'lose-answer' } });
  await copied.refresh('default');
  await copied.signOut('default');
  await copied.stop();
  const later = await stage.open();
  await later.catchUp();
  assert.ok(hasLostAnswer(account(later).history));
});

test('handed over to an account whose own login had ended: it begins anew', async (t) => {
  const stage = await signedIn(t);
  const invalid = { kind: 'answer', status: 400, body: { error: 'invalid_grant' } } as const;
  const configFile = join(stage.folder, 'work', 'config.yaml');
  await mkdir(dirname(configFile));
  await writeAsOthersDo(configFile, await text(stage));
  const copied = await stage.open({ configFile });
  await copied.catchUp();
  stage.clock.advance(8 * HOUR);
  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: invalid });
  assert.equal((await stage.login.refresh('default')).kind, 'refused');
  assert.equal((await copied.refresh('default')).kind, 'refreshed');
  const token = received.at(-1) ?? '';
  await copied.signOut('default');
  const later = await stage.open();
  await later.catchUp();
  await isSaved(later, stage, token, 'default');
});
