import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { DAY, HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { temporaryFilesFor } from '../../../src-main/vault/files/atomic-write.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { crashAtRename } from './crash.ts';
import { block, codes, file, graces, isHeld, iso, text, times, twoPeople, write } from './kit.ts';

/** A renewal whose new text is whole in a temporary file, and nowhere else. */
async function crashed(stage: Stage, login = stage.login, dataDir = stage.dataDir) {
  const first = await stage.credential();
  stage.clock.advance(8 * HOUR);
  const crash = crashAtRename({ ...stage, dataDir });
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  await login.stop();
  crash();
  // The draft would do as well, for this Latchkey (`drafted.test.ts`).
  for (const path of await temporaryFilesFor(join(dataDir, 'rescue.json'))) await rm(path);
  return first;
}

async function goesOn(
  stage: Stage,
  first: { readonly refreshToken: string | null },
  { id = 'default', troubles = [] as readonly string[] } = {},
): Promise<void> {
  const later = await stage.open();
  await later.catchUp();
  for (let tries = 0; tries < 2; tries++) {
    stage.clock.advance(10 * SECOND);
    assert.match((await later.refresh(id)).kind, /^(adopted|refreshed)$/);
  }
  assert.equal(times(first.refreshToken), 1, 'a spent one was presented again');
  assert.deepEqual(codes(later, id), troubles);
  assert.deepEqual(
    later.snapshot.accounts.map((each) => each.id),
    [id],
  );
}

test('a crash while a renewal is synced, and another program writes the file before we look', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  await writeAsOthersDo(stage.configFile, `${await text(stage)}server:\n  port: 1\n`);
  await goesOn(stage, first);
});

test('… or the file’s time lies ahead', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  const ahead = new Date(Date.now() + HOUR);
  await utimes(stage.configFile, ahead, ahead);
  await goesOn(stage, first);
});

test('… or another program gives the entry another id', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  await writeAsOthersDo(stage.configFile, (await text(stage)).replace('id: default', 'id: work'));
  await goesOn(stage, first, { id: 'work' });
});

test('… or the file is made a link', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  const target = join(stage.folder, 'dotfiles', 'config.yaml');
  await mkdir(dirname(target));
  await rename(stage.configFile, target);
  await symlink(target, stage.configFile);
  await goesOn(stage, first);
});

test('… or the name is led to somebody else’s file: nothing is written over there, and ours goes on once it is back', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile, folder, clock } = stage;
  const [whole, grace] = [await text(stage), await graces(stage)];
  const hers = join(folder, 'grace.yaml');
  await writeFile(hers, file(block('default', grace, iso(clock.now() + 24 * HOUR))));
  await login.catchUp();
  const first = await crashed(stage);
  await rename(configFile, join(folder, 'ada.yaml'));
  await symlink(hers, configFile);
  const meanwhile = await stage.open();
  await meanwhile.catchUp();
  clock.advance(10 * SECOND);
  assert.equal((await meanwhile.refresh('default')).kind, 'refreshed');
  await meanwhile.stop();
  assert.equal(times(grace.refreshToken), 1, 'hers goes on');
  await rm(configFile);
  await writeFile(configFile, whole, { mode: 0o600 });
  await goesOn(stage, first);
});

test('… or nobody looks for days, and something else is written first', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  const [left = ''] = (await temporaryFilesFor(stage.configFile)).slice(-1);
  const daysAgo = new Date(Date.now() - 3 * DAY);
  for (const path of [left, stage.configFile]) await utimes(path, daysAgo, daysAgo);
  stage.clock.advance(3 * DAY);
  const writer = await stage.open();
  await writer.catchUp();
  await writer.keys.set(`sk-ant-api03-${'k'.repeat(95)}`, false);
  await writer.stop();
  await goesOn(stage, first);
});

test('… or the file is broken: what the temporary file has goes on', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  const whole = await text(stage);
  await writeFile(stage.configFile, `${whole}\t: [\n`);
  const meanwhile = await stage.open();
  await meanwhile.catchUp();
  stage.clock.advance(10 * SECOND);
  assert.match((await meanwhile.refresh('default')).kind, /^(adopted|refreshed)$/);
  await meanwhile.stop();
  await writeAsOthersDo(stage.configFile, whole);
  await goesOn(stage, first);
});

test('… or another program writes the file in place as we look', async (t) => {
  const stage = await signedIn(t);
  const first = await crashed(stage);
  const whole = await text(stage);
  const later = await stage.open();
  stage.clock.advance(10 * SECOND);
  await writeFile(stage.configFile, '');
  const written = delay(300).then(() => writeFile(stage.configFile, whole));
  await later.refresh('default');
  await written;
  await later.stop();
  await goesOn(stage, first);
});

test('… or the file ends without a line break', async (t) => {
  const stage = await signedIn(t);
  await writeAsOthersDo(stage.configFile, `${await text(stage)}server:\n  port: 1`);
  await stage.login.catchUp();
  await goesOn(stage, await crashed(stage));
});

test('… or it ends so in our token', async (t) => {
  const stage = await signedIn(t);
  const found = /^ *refresh_token: .*\n/m.exec(await text(stage))?.[0] ?? assert.fail();
  const others = (await text(stage)).replace(found, '');
  await writeAsOthersDo(stage.configFile, `${others}${found.trimEnd()}`);
  await stage.login.catchUp();
  await goesOn(stage, await crashed(stage));
});

test('… or it is JSON without one', async (t) => {
  const stage = await signedIn(t);
  const { parse } = await import('yaml');
  await writeAsOthersDo(stage.configFile, JSON.stringify(parse(await text(stage))));
  await stage.login.catchUp();
  await goesOn(stage, await crashed(stage));
});

test('… or it was another Latchkey that renewed, once more than we have seen', async (t) => {
  const stage = await signedIn(t);
  await stage.login.stop();
  const dataDir = join(stage.folder, 'box-data');
  const box = await stage.open({ dataDir });
  await box.catchUp();
  stage.clock.advance(8 * HOUR);
  assert.equal((await box.refresh('default')).kind, 'refreshed');
  await goesOn(stage, await crashed(stage, box, dataDir));
});

test('… or another login has the same id, and comes first', async (t) => {
  const stage = await signedIn(t);
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(stage.clock.now() + 8 * HOUR);
  await write(stage, block('default', grace, at), block('default', ada, at));
  await stage.login.catchUp();
  await crashed(stage);
  await goesOn(stage, ada, { troubles: ['id-shared'] });
  assert.ok((await text(stage)).includes(String(grace.refreshToken)), 'hers is written over');
});

test('a crash while a renewal is synced into our own folder, since the config file is broken', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, dataDir } = stage;
  const [first, whole] = [await stage.credential(), await text(stage)];
  await writeFile(configFile, `${whole}\t: [`);
  clock.advance(8 * HOUR);
  const crash = crashAtRename(stage, join(dataDir, 'rescue.json'));
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  await login.stop();
  crash();
  const meanwhile = await stage.open();
  await meanwhile.catchUp();
  clock.advance(10 * SECOND);
  assert.match((await meanwhile.refresh('default')).kind, /^(adopted|refreshed)$/);
  await meanwhile.stop();
  await writeAsOthersDo(configFile, whole);
  await goesOn(stage, first);
});

test('a crash left of rescue.json what is in the config file since: signed out of, it does not come back', async (t) => {
  const stage = await signedIn(t);
  const { configFile, dataDir } = stage;
  const whole = await text(stage);
  const login = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await writeFile(configFile, `${whole}\t: [`);
  await login.signIn(null);
  const rescue = await readFile(join(dataDir, 'rescue.json'), 'utf8');
  await writeFile(join(dataDir, '.rescue.json.0a000001-0000-4000-8000-000000000000.tmp'), rescue);
  await writeAsOthersDo(configFile, whole);
  await login.catchUp();
  await login.signOut(login.snapshot.accounts.find(({ id }) => id !== 'default')?.id ?? assert.fail());
  await login.refresh('default');
  await login.catchUp();
  assert.deepEqual(
    login.snapshot.accounts.map(({ id }) => id),
    ['default'],
  );
});

for (const [what, rest] of [
  ['in zeros', '\0\0\0\0'],
  ['in the middle of a token', ''],
] as const) {
  test(`a power cut leaves a text that ends ${what}: it takes nobody’s place`, async (t) => {
    const stage = await signedIn(t);
    const { grace } = await twoPeople(stage);
    await stage.login.stop();
    const whole = await text(stage);
    const cut = whole.indexOf(grace.refreshToken ?? '') + 40;
    const name = '.config.yaml.0a000001-0000-4000-8000-000000000000.tmp';
    await writeFile(join(dirname(stage.configFile), name), whole.slice(0, cut) + rest);
    const later = await stage.open();
    await later.catchUp();
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    assert.equal((await later.refresh('work')).kind, 'refreshed');
    assert.equal(times(grace.refreshToken), 1);
  });
}

test('a crash while ours is put back over somebody else’s: theirs counts for no predecessor of ours', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const grace = await graces(stage);
  clock.advance(HOUR);
  await login.refresh('default');
  await write(stage, block('default', grace, iso(clock.now() - 2 * HOUR)));
  await login.catchUp();
  const crash = crashAtRename(stage);
  await login.putBack('default');
  await login.stop();
  crash();
  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(grace.refreshToken), 1, 'it stands there still, and goes on');
});

test('a crash while somebody signs in over ours, of whom nobody tells who it is: ours is offered still', async (t) => {
  const stage = await signedIn(t);
  const { server, clock } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const unknown = { kind: 'answer', status: 403, body: {} } as const;
  server.setMood({ endpoint: 'profile', times: 5, behaviour: unknown });
  const untold = { kind: 'change', fields: { account: null, organization: null } } as const;
  server.setMood({ endpoint: 'token', times: 1, behaviour: untold });
  const again = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await again.catchUp();
  const crash = crashAtRename(stage);
  await again.signIn('default');
  await again.stop();
  crash();
  server.setMood({ endpoint: 'profile', behaviour: { kind: 'well' } });
  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  for (const { id } of later.snapshot.accounts) await later.refresh(id);
  for (const { id } of later.snapshot.accounts) await later.putBack(id).catch(() => undefined);
  const isThere = (await text(stage)).includes(String(ours.refreshToken));
  assert.ok(isThere || times(ours.refreshToken) === 1, 'neither offered nor renewed');
});

test('killed while another account is signed out, and signed in anew since: what was there before is no renewal of that', async (t) => {
  const stage = await signedIn(t);
  const { clock } = stage;
  const { ada } = await twoPeople(stage);
  const crash = crashAtRename(stage);
  await stage.login.signOut('work');
  await stage.login.stop();
  crash();
  clock.advance(HOUR);
  const login = await stage.open();
  await login.catchUp();
  await login.signIn('default');
  const fresh = await stage.credential();
  clock.advance(HOUR);
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.deepEqual([times(ada.refreshToken), times(fresh.refreshToken)], [0, 1]);
});

test('killed while a renewal is synced, and the next to look has a data folder that knows nothing: the renewal counts', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  stage.clock.advance(8 * HOUR);
  const crash = crashAtRename(stage);
  assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
  await stage.login.stop();
  crash();
  stage.clock.advance(10_000);
  const fresh = await stage.open({ dataDir: join(stage.folder, 'fresh') });
  await fresh.catchUp();
  await fresh.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
});

const temporary = (path: string) =>
  join(dirname(path), `.${basename(path)}.0a000001-0000-4000-8000-000000000000.tmp`);

for (const [what, cut] of [
  ['whole', (whole: string) => `# mine\n${whole}`],
  ['half', (whole: string) => whole.slice(0, -30)],
  [
    'half, and its rest in zeros',
    (whole: string) => `${whole.slice(0, whole.indexOf('expires_at'))}\0\0\0\0`,
  ],
  ['cut within a token', (whole: string) => whole.slice(0, whole.indexOf('sk-ant-ort') + 60)],
] as const) {
  test(`killed while something else was written, and signed out: a text that is ${what} keeps no token of it`, async (t) => {
    const stage = await signedIn(t);
    const { grace } = await twoPeople(stage);
    const ours = await stage.credential();
    const copies = join(stage.dataDir, 'copies.json');
    for (const path of [stage.configFile, copies]) {
      const left = cut(await readFile(path, 'utf8'));
      await writeFile(temporary(path), left, { mode: 0o600 });
    }
    await stage.login.catchUp();
    await stage.login.signOut('default');
    for (const token of [ours.accessToken, ours.refreshToken])
      assert.deepEqual(await isHeld(token, stage), []);
    stage.clock.advance(8 * HOUR);
    assert.equal((await stage.login.refresh('work')).kind, 'refreshed');
    assert.equal(times(grace.refreshToken), 1);
  });
}

test('… renewed since, and signed out: nor what is spent', async (t) => {
  const stage = await signedIn(t);
  const first = await stage.credential();
  const whole = await text(stage);
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  await writeFile(temporary(stage.configFile), whole.slice(0, -30), { mode: 0o600 });
  await stage.login.signOut('default');
  assert.deepEqual(await isHeld(first.refreshToken, stage), []);
});

test('… and signed out: half a text with a token that nobody knows stays', async (t) => {
  const stage = await signedIn(t);
  const grace = await graces(stage);
  const at = iso(stage.clock.now() + 8 * HOUR);
  const half = file(block('default', await stage.credential(), at), block('work', grace, at)).slice(0, -10);
  await writeFile(temporary(stage.configFile), half, { mode: 0o600 });
  await stage.login.signOut('default');
  assert.deepEqual(await isHeld(grace.refreshToken, stage), [temporary(stage.configFile)]);
});
