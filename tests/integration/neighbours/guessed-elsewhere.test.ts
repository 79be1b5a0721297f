import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import {
  account,
  block,
  codes,
  graces,
  iso,
  presented,
  renewedByAnother,
  spentBeside,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

type Credential = Awaited<ReturnType<typeof graces>>;

const isOffered = (login: Login, id = 'default') =>
  account(login, id).troubles.some((each) => 'copy' in each && each.copy);
const sibling = (stage: Stage, name: string) => ({ configFile: join(stage.folder, name, 'config.yaml') });

/** In another config file one login is written over the other one, and looked at where nobody tells whose it is. */
async function writtenOver(stage: Stage, name: string, first: Credential, second: Credential) {
  const at = iso(stage.clock.now() + 8 * HOUR);
  const files = sibling(stage, name);
  await write(files, block('default', first, at));
  const there = await stage.open(files);
  await there.catchUp();
  await write(files, block('default', second, at));
  await there.catchUp();
  return { there, ...files };
}

/** The service tells whose everything is that is known of a file. */
async function told(login: Login): Promise<void> {
  login.keep();
  await login.catchUp();
  await until('the service to tell whose they are', () =>
    login.snapshot.accounts.every(({ owner }) => owner !== null) ? true : undefined,
  );
}

/** What stands in our file is ours still: neither offered anything in its place, nor written over, and renewed once told. */
async function isLeft(stage: Stage, login: Login, ada: Credential): Promise<void> {
  await login.catchUp();
  assert.ok(!isOffered(login), 'another one is offered in its place');
  await login.putBack('default').catch(() => undefined);
  assert.ok((await text(stage)).includes(String(ada.refreshToken)), 'ours was written over');
}

async function isRenewed({ clock }: Stage, login: Login, ada: Credential): Promise<void> {
  clock.advance(10 * SECOND);
  const before = times(ada.refreshToken);
  await login.refresh('default');
  assert.deepEqual([before, times(ada.refreshToken)], [0, 1], JSON.stringify(account(login).troubles));
  assert.equal(account(login).owner?.email, 'ada@example.org');
  assert.deepEqual(codes(login), []);
}

test('Grace’s login, ours under another id, is written over Ada’s in a second file: it is not offered in the first one', async (t) => {
  const stage = await signedIn(t);
  const { ada, grace } = await twoPeople(stage);
  await told(stage.login);
  const { there } = await writtenOver(stage, 'work', ada, grace);
  await isLeft(stage, stage.login, ada);
  there.keep();
  await until('ours to be given back', () => there.snapshot.accounts.find(({ id }) => id !== 'default'));
  await stage.login.catchUp();
  await isRenewed(stage, stage.login, ada);
});

test('… nor from a third file, where it is known to be hers', async (t) => {
  const stage = await signedIn(t);
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const files = sibling(stage, 'hers');
  await write(files, block('default', grace, iso(stage.clock.now() + 8 * HOUR)));
  const hers = await stage.open(files);
  await told(hers);
  await writtenOver(stage, 'work', ada, grace);
  await isLeft(stage, stage.login, ada);
});

for (const isKnown of [false, true]) {
  test(`what was written over Ada’s in a second file is signed out there before anybody has told whose it is${isKnown ? ', and stands in the first one under another id' : ''}: Ada’s in the first one is renewed`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, configFile } = stage;
    const [ada, grace] = [await stage.credential(), await graces(stage)];
    const at = iso(clock.now() + 8 * HOUR);
    const { there } = await writtenOver(stage, 'work', ada, grace);
    const more = isKnown ? [block('work', grace, at)] : [];
    await write(stage, block('default', ada, at), ...more);
    await there.signOut('default');
    await there.stop();
    await login.catchUp();
    const beside = await readFile(spentBeside(configFile), 'utf8').catch(() => '');
    assert.equal(beside, '', 'a guess is told beside the file');
    login.keep();
    await login.catchUp();
    await until('ours to be given back', () => (codes(login).length === 0 ? true : undefined));
    await isRenewed(stage, login, ada);
    const container = await stage.open({ dataDir: join(stage.folder, 'data-2') });
    await container.catchUp();
    assert.deepEqual(codes(container), []);
  });
}

test('… also where the command alone is there: it asks before it renews', async (t) => {
  const stage = await signedIn(t);
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const { there } = await writtenOver(stage, 'work', ada, grace);
  await there.signOut('default');
  await there.stop();
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-replaced']);
  await isRenewed(stage, later, ada);
});

test('… and where a person puts back what was signed out over hers, Ada’s is offered once it is told', async (t) => {
  const stage = await signedIn(t);
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const { there } = await writtenOver(stage, 'work', ada, grace);
  await there.signOut('default');
  await there.stop();
  await stage.login.stop();
  // A second copy may lie in a keychain that is locked.
  await rm(join(stage.dataDir, 'copies.json'));
  const command = await stage.open();
  await command.catchUp();
  await command.putBack('default');
  assert.ok((await text(stage)).includes(String(grace.refreshToken)));
  await command.stop();
  const later = await stage.open();
  later.keep();
  await later.catchUp();
  const { id } = await until('ours to be given back', () =>
    later.snapshot.accounts.find((each) => each.id !== 'default' && isOffered(later, each.id)),
  );
  await later.putBack(id);
  assert.ok((await text(stage)).includes(String(ada.refreshToken)));
});

test('… and where that was Ada’s, renewed by another program, the first file is offered it', async (t) => {
  const stage = await signedIn(t);
  const ada = await stage.credential();
  const next = await renewedByAnother(stage, ada);
  presented.length = 0;
  const { there, configFile } = await writtenOver(stage, 'work', ada, next);
  await there.signOut('default');
  assert.ok(!(await text({ configFile })).includes(String(next.refreshToken)));
  await there.stop();
  const later = await stage.open();
  await later.catchUp();
  assert.ok(isOffered(later), 'the one that lives is nowhere');
  await later.putBack('default');
  stage.clock.advance(10 * SECOND);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(presented, [next.refreshToken]);
});

test('… and where nobody has what it was written over, that is told when it comes back: it may have been renewed', async (t) => {
  const stage = await signedIn(t);
  const grace = await graces(stage);
  await stage.login.signOut('default');
  const mine = await stage.foreignCredential();
  const { there, configFile } = await writtenOver(stage, 'work', mine, grace);
  await there.signOut('default');
  await write({ configFile }, block('default', mine, iso(stage.clock.now() + 8 * HOUR)));
  await there.catchUp();
  assert.deepEqual(codes(there), ['entry-replaced']);
  presented.length = 0;
  await there.refresh('default');
  assert.deepEqual(presented, []);
});

test('… but not where it is known of another file that it was renewed to that', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const ada = await stage.credential();
  const next = await renewedByAnother(stage, ada);
  const { there } = await writtenOver(stage, 'work', ada, next);
  await write(stage, block('default', next, iso(clock.now() + 8 * HOUR)));
  login.keep();
  await login.catchUp();
  await until('the service to tell whose it is', () =>
    readFile(spentBeside(configFile)).catch(() => undefined),
  );
  await there.signOut('default');
  const files = sibling(stage, 'backup');
  await write(files, block('default', ada, iso(clock.now() + 8 * HOUR)));
  const backup = await stage.open(files);
  await backup.catchUp();
  presented.length = 0;
  clock.advance(8 * HOUR);
  await backup.refresh('default');
  assert.ok(!presented.includes(String(ada.refreshToken)), 'it is spent');
});

test('a login of nobody known under two ids is renewed under one, and told whose it is: signed out there, the other one is offered it', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const mine = await stage.foreignCredential();
  await login.signOut('default');
  await login.stop();
  const later = await stage.open();
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', mine, at), block('work', mine, at));
  await later.catchUp();
  clock.advance(HOUR);
  const next = await renewedByAnother(stage, mine);
  await write(stage, block('default', mine, at), block('work', next, iso(clock.now() + 8 * HOUR)));
  await later.catchUp();
  await told(later);
  await later.catchUp();
  assert.ok(isOffered(later));
  await later.signOut('work');
  assert.ok(isOffered(later), 'the one that lives is nowhere');
  await later.putBack('default');
  clock.advance(10 * SECOND);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(presented.at(-1), next.refreshToken);
});
