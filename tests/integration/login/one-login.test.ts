import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { replaceEntry, signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';

/** What the practice server revokes a login for: a spent refresh token that comes back. Each test ends with that. */
async function lives({ server }: Stage, { refreshToken }: Credential): Promise<void> {
  assert.equal(await server.refreshTokenState(refreshToken ?? ''), 'live');
}

/** The ids, and the refresh tokens under them, as they stand in the file. */
async function tokensInFile(configFile: string): Promise<readonly (readonly [string, string])[]> {
  const text = await readFile(configFile, 'utf8');
  const entries = text.split(/^ *- id: /m).slice(1);
  return entries.map((entry) => [
    /^"?(.*?)"?$/m.exec(entry)?.[1] ?? '',
    /refresh_token: "?([\w-]*)/.exec(entry)?.[1] ?? '',
  ]);
}

/** Another entry with the same tokens, as somebody has who copies a block by hand. */
async function addTwin({ configFile }: Stage, id: string): Promise<void> {
  const text = await readFile(configFile, 'utf8');
  const block = text.slice(text.indexOf('      - id: default'));
  await writeAsOthersDo(configFile, `${text.trimEnd()}\n${block.replace('id: default', `id: ${id}`)}`);
}

const account = (login: Login, id: string) =>
  login.snapshot.accounts.find((each) => each.id === id) ?? assert.fail(`there is no ${id}`);
const codes = (login: Login, id: string) => account(login, id).troubles.map(({ code }) => code);
const kinds = (login: Login, id: string) => account(login, id).history.map(({ kind }) => kind);

test('a twin that has keys of another program is not taken out for the very same', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile } = stage;
  await addTwin(stage, 'work');
  await writeAsOthersDo(
    configFile,
    `${(await readFile(configFile, 'utf8')).trimEnd()}\n        models: [theirs]\n`,
  );
  await login.catchUp();
  assert.deepEqual(account(login, 'default').troubles, [{ code: 'login-shared', others: ['work'] }]);
  await login.keepOne('default');
  assert.match(await readFile(configFile, 'utf8'), /theirs/);
});

test('one login under two ids is renewed by one request, in one edit, and told', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  await addTwin(stage, 'work');
  await login.catchUp();
  assert.deepEqual(account(login, 'default').troubles, [
    { code: 'login-shared', others: ['work'], keep: 'default' },
  ]);
  assert.deepEqual(account(login, 'work').troubles, [
    { code: 'login-shared', others: ['default'], keep: 'default' },
  ]);
  // Whose it is, and until when, is known at once: it is the same.
  assert.equal(account(login, 'work').loginExpiresAt, account(login, 'default').loginExpiresAt);

  login.keep();
  const begun = server.tokenRequestsBegun;
  clock.advance(8 * HOUR);
  await until('both to be renewed', () =>
    login.snapshot.accounts.every(({ accessExpiresAt }) => (accessExpiresAt ?? 0) > clock.now() + HOUR)
      ? true
      : undefined,
  );
  // The other's turn comes within ten seconds: there is nothing left for it to do.
  clock.advance(15 * SECOND);
  await login.catchUp();
  await login.stop();
  assert.equal(server.tokenRequestsBegun, begun + 1);
  const [one, two] = await tokensInFile(configFile);
  assert.deepEqual([one?.[0], two?.[0]], ['default', 'work']);
  assert.equal(one?.[1], two?.[1]);
  await lives(stage, await stage.credential());
});

test('two ids of one login that are due at once ask once, in one process and in two', async (t) => {
  const stage = await signedIn(t);
  const { login, server, configFile } = stage;
  await addTwin(stage, 'work');
  await login.catchUp();
  const other = await stage.open();
  const begun = server.tokenRequestsBegun;
  const outcomes = await Promise.all([
    login.refresh('default'),
    login.refresh('work'),
    other.refresh('work'),
    other.refresh('default'),
  ]);
  assert.equal(server.tokenRequestsBegun, begun + 1);
  assert.equal(outcomes.filter(({ kind }) => kind === 'refreshed').length, 1);
  assert.ok(outcomes.every(({ kind }) => kind !== 'refused' && kind !== 'entry-lost'));
  const [one, two] = await tokensInFile(configFile);
  assert.equal(one?.[1], two?.[1]);
  await lives(stage, await stage.credential());
  for (const id of ['default', 'work']) assert.ok(kinds(login, id).includes('refreshed'), id);
});

test('a twin that turns up with a spent token is told, never presented, and put right at a wish', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  const before = await readFile(configFile, 'utf8');
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const renewed = await stage.credential();
  const old = before.slice(before.indexOf('      - id: default')).replace('id: default', 'id: work');
  await writeAsOthersDo(configFile, `${(await readFile(configFile, 'utf8')).trimEnd()}\n${old}`);

  // Also where nobody has ever seen that id, and in a process that starts now.
  const restarted = await stage.open();
  await restarted.catchUp();
  assert.deepEqual(account(restarted, 'work').troubles, [
    { code: 'entry-replaced', path: configFile, copy: false },
  ]);
  clock.advance(9 * HOUR);
  const begun = server.tokenRequestsBegun;
  assert.deepEqual(await restarted.refresh('work'), { kind: 'entry-lost' });
  assert.equal(server.tokenRequestsBegun, begun);
  await lives(stage, renewed);
});

test('a twin that another program left behind is not presented, and gets the new pair at a wish', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  await addTwin(stage, 'work');
  await login.catchUp();
  const ours = await stage.credential();
  // A program that renews the one and knows nothing of the other.
  const elsewhere = await stage.open({
    configFile: join(stage.folder, 'elsewhere', 'config.yaml'),
    dataDir: join(stage.folder, 'elsewhere', 'data'),
  });
  await mkdir(join(stage.folder, 'elsewhere'), { recursive: true });
  await copyFile(configFile, join(stage.folder, 'elsewhere', 'config.yaml'));
  await elsewhere.catchUp();
  clock.advance(10 * SECOND);
  assert.equal((await elsewhere.refresh('default')).kind, 'refreshed');
  const [theirs] = await tokensInFile(join(stage.folder, 'elsewhere', 'config.yaml'));
  const text = await readFile(configFile, 'utf8');
  const [head = '', first = '', second = ''] = text.split(/(?= {6}- id: )/);
  const renewedFirst = (await readFile(join(stage.folder, 'elsewhere', 'config.yaml'), 'utf8')).split(
    /(?= {6}- id: )/,
  )[1];
  assert.notEqual(renewedFirst, first);
  await writeAsOthersDo(configFile, `${head}${renewedFirst ?? ''}${second}`);

  await login.catchUp();
  assert.ok(kinds(login, 'default').includes('adopted'));
  assert.ok(codes(login, 'work').includes('entry-replaced'));
  // What another program put there may be anybody's, until the service has told.
  const app = await stage.open();
  app.keep();
  await until('whose it is to be told', () => account(app, 'work').whereabouts === 'copy' || undefined);
  await app.stop();
  const begun = server.tokenRequestsBegun;
  clock.advance(9 * HOUR);
  assert.deepEqual(await login.refresh('work'), { kind: 'entry-lost' });
  assert.equal(server.tokenRequestsBegun, begun);

  await login.putBack('work');
  const inFile = await tokensInFile(configFile);
  assert.deepEqual(inFile, [
    ['default', theirs?.[1]],
    ['work', theirs?.[1]],
  ]);
  assert.ok(!(await readFile(configFile, 'utf8')).includes(String(ours.refreshToken)));
  assert.equal((await login.refresh('work')).kind, 'refreshed');
  assert.deepEqual(codes(login, 'work'), ['login-shared']);
});

test('a refusal of one id is one of its twin, too: a dead token is not presented again', async (t) => {
  const stage = await signedIn(t);
  const { login, server } = stage;
  await addTwin(stage, 'work');
  await login.catchUp();
  server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  assert.equal((await login.refresh('default')).kind, 'refused');
  const begun = server.tokenRequestsBegun;
  assert.deepEqual(await login.refresh('work'), { kind: 'refused', failure: { code: 'grant-refused' } });
  assert.equal(server.tokenRequestsBegun, begun);
});

test('after a rescue and a restart twins still are one login', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  await addTwin(stage, 'work');
  await login.catchUp();
  const whole = await readFile(configFile, 'utf8');
  stage.onTokenRequest = () => writeAsOthersDo(configFile, 'providers: [\n');
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  stage.onTokenRequest = () => Promise.resolve();
  await writeAsOthersDo(configFile, whole);

  const restarted = await stage.open();
  await restarted.catchUp();
  const [one, two] = await tokensInFile(configFile);
  assert.equal(one?.[1], two?.[1]);
  await lives(stage, await stage.credential());
  clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh('work')).kind, 'refreshed');
  assert.deepEqual(
    await tokensInFile(configFile).then((all) => new Set(all.map(([, token]) => token)).size),
    1,
  );
  assert.equal(server.tokenRequestsBegun, 3);
});

test('what only the keychain holds is known to be newer for a twin, too', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock, configFile } = stage;
  await addTwin(stage, 'work');
  await login.catchUp();
  const whole = await readFile(configFile, 'utf8');
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const renewed = await stage.credential();
  // As after a crash that came before anything was on disk: only the keychain knows.
  const fresh = { configFile, dataDir: join(stage.folder, 'fresh-data'), keychain };
  await writeAsOthersDo(configFile, whole);
  const restarted = await stage.open(fresh);
  await restarted.catchUp();
  clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh('work')).kind, 'refreshed');
  const [one, two] = await tokensInFile(configFile);
  assert.equal(one?.[1], two?.[1]);
  assert.equal(await server.refreshTokenState(String(renewed.refreshToken)), 'spent');
  await lives(stage, { ...renewed, refreshToken: one?.[1] ?? '' });
});

const STRANGE_IDS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '',
  'a\u0000b',
  'ü '.repeat(40_000),
];

for (const id of STRANGE_IDS) {
  test(`any text is an id: ${JSON.stringify(id.slice(0, 20))}`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock, configFile } = stage;
    const text = await readFile(configFile, 'utf8');
    const renamed = text.replace('id: default', `id: ${JSON.stringify(id)}`);
    await writeAsOthersDo(configFile, renamed);
    await login.catchUp();
    // It is the login we know, under another name.
    assert.deepEqual(
      login.snapshot.accounts.map((each) => each.id),
      [id],
    );
    assert.ok(!kinds(login, id).includes('removed'));
    assert.equal((await login.refresh(id)).kind, 'refreshed');

    // A backup comes back: the spent token is never presented, however often one asks, in whatever process.
    await writeAsOthersDo(configFile, renamed);
    const begun = server.tokenRequestsBegun;
    for (let times = 0; times < 3; times++) {
      clock.advance(HOUR);
      const restarted = await stage.open();
      await restarted.catchUp();
      assert.deepEqual(await restarted.refresh(id), { kind: 'entry-lost' });
    }
    assert.equal(server.tokenRequestsBegun, begun);
    await login.putBack(id);
    clock.advance(10 * SECOND);
    assert.equal((await login.refresh(id)).kind, 'refreshed');
  });
}

test('of two entries with one id none is left with a spent token, and the file keeps both', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const text = await readFile(configFile, 'utf8');
  const [head = '', entry = ''] = text.split(/(?= {6}- id: )/);
  await writeAsOthersDo(configFile, `${head}      - id: default\n        client_id: theirs\n${entry}`);
  await login.catchUp();
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const renewed = await stage.credential();
  const after = await readFile(configFile, 'utf8');
  assert.equal(after.split('id: default').length, 3);
  assert.ok(after.includes(String(renewed.refreshToken)));

  // Twice the same, and twice different.
  await writeAsOthersDo(configFile, `${after.trimEnd()}\n${after.split(/(?= {6}- id: )/)[2] ?? ''}`);
  await login.catchUp();
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const tokens = (await tokensInFile(configFile)).map(([, token]) => token).filter((token) => token !== '');
  assert.equal(new Set(tokens).size, 1);
  assert.equal(tokens.length, 2);
  const theirs = await stage.foreignCredential();
  const twice = await readFile(configFile, 'utf8');
  const at = twice.lastIndexOf('      - id: default');
  await writeAsOthersDo(
    configFile,
    twice.slice(0, at) + twice.slice(at).replace(String(tokens[0]), String(theirs.refreshToken)),
  );
  await login.catchUp();
  assert.ok(codes(login, 'default').includes('id-shared'));
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.ok((await readFile(configFile, 'utf8')).includes(String(theirs.refreshToken)));
  await lives(stage, await stage.credential());
});

test('knowledge belongs to one config file: two over one data folder never meet', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile, dataDir } = stage;
  const ours = await stage.credential();
  const second = join(stage.folder, 'second', 'config.yaml');
  const other = await stage.open({ configFile: second, dataDir });
  await other.signIn();
  await other.catchUp();
  assert.deepEqual(
    other.snapshot.accounts.map(({ troubles }) => troubles),
    [[]],
  );
  await login.catchUp();
  assert.deepEqual(account(login, 'default').troubles, []);

  // One of the first waits in the rescue file: it must not be written over the second's.
  const [whole, seconds] = [await readFile(configFile, 'utf8'), await readFile(second, 'utf8')];
  stage.onTokenRequest = () => writeAsOthersDo(configFile, 'providers: [\n');
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  stage.onTokenRequest = () => Promise.resolve();
  const restarted = await stage.open({ configFile: second, dataDir });
  await restarted.catchUp();
  await restarted.saveAgain();
  assert.equal(await readFile(second, 'utf8'), seconds);
  assert.deepEqual(account(restarted, 'default').troubles, []);
  await writeAsOthersDo(configFile, whole);
  await login.catchUp();
  assert.notEqual((await stage.credential()).refreshToken, ours.refreshToken);
  await lives(stage, await stage.credential());
});

test('a config file is the same one through a link, and what is spent is so in every file', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile, dataDir } = stage;
  const link = join(stage.folder, 'link.yaml');
  await symlink(configFile, link);
  const through = await stage.open({ configFile: link, dataDir });
  await through.catchUp();
  assert.deepEqual(kinds(through, 'default'), kinds(login, 'default'));

  const copy = join(stage.folder, 'copy', 'config.yaml');
  await mkdir(dirname(copy));
  await copyFile(configFile, copy);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const begun = server.tokenRequestsBegun;
  const copied = await stage.open({ configFile: copy, dataDir });
  await copied.catchUp();
  clock.advance(9 * HOUR);
  assert.deepEqual(await copied.refresh('default'), { kind: 'entry-lost' });
  assert.equal(server.tokenRequestsBegun, begun);
  await lives(stage, await stage.credential());
});

test('another program’s successor is one also when it is over already', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const theirs = { ...(await stage.foreignCredential()), accessExpiresAt: clock.now() - SECOND };
  await replaceEntry(configFile, await stage.credential(), theirs);
  await login.catchUp();
  assert.deepEqual(codes(login, 'default'), []);
  clock.advance(10 * SECOND);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
});

test('of two ids with the very same login one is taken out, and the other goes on', async (t) => {
  const stage = await signedIn(t);
  const { login, server, configFile } = stage;
  const credential = await stage.credential();
  const before = await readFile(configFile, 'utf8');
  await addTwin(stage, 'work');
  await login.catchUp();
  await login.keepOne('work');
  assert.equal(login.snapshot.accounts.length, 2, 'the first is the one that stays');
  await login.keepOne('default');
  assert.equal(await readFile(configFile, 'utf8'), before);
  assert.deepEqual(
    login.snapshot.accounts.map(({ id, troubles }) => [id, troubles]),
    [['default', []]],
  );
  assert.equal(await server.refreshTokenState(String(credential.refreshToken)), 'live');
  stage.clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  const next = await stage.open();
  await next.catchUp();
  assert.deepEqual(
    next.snapshot.accounts.map(({ id }) => id),
    ['default'],
  );
});

test('… not where they differ in anything that counts', async (t) => {
  const changes: readonly ((text: string) => string)[] = [
    // Of the same refresh token, another access token.
    (text) => text.replace(/(id: work\n(?:.*\n)*? *access_token: )\S+/, '$1sk-ant-oat01-another'),
    (text) => text.replace(/(id: work\n *client_id: )\S+/, '$1another-client'),
  ];
  for (const change of changes) {
    const stage = await signedIn(t);
    await addTwin(stage, 'work');
    const text = change(await readFile(stage.configFile, 'utf8'));
    await writeAsOthersDo(stage.configFile, text);
    await stage.login.catchUp();
    const [trouble] = account(stage.login, 'default').troubles;
    if (trouble?.code === 'login-shared') assert.equal(trouble.keep, undefined);
    await stage.login.keepOne('default');
    assert.equal(await readFile(stage.configFile, 'utf8'), text);
  }
});

test('… nor where another program renews one of them just then', async (t) => {
  const stage = await signedIn(t);
  const { login, configFile } = stage;
  const renewed = await stage.foreignCredential();
  await addTwin(stage, 'work');
  await login.catchUp();
  const text = await readFile(configFile, 'utf8');
  const at = text.indexOf('id: work');
  const changed =
    text.slice(0, at) +
    text
      .slice(at)
      .replace(/access_token: \S+/, `access_token: ${renewed.accessToken}`)
      .replace(/refresh_token: \S+/, `refresh_token: ${String(renewed.refreshToken)}`);
  await writeAsOthersDo(configFile, changed);
  await login.keepOne('default');
  assert.equal(await readFile(configFile, 'utf8'), changed);
  assert.equal(await stage.server.refreshTokenState(String(renewed.refreshToken)), 'live');
});
