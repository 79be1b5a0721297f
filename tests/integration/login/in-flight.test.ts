import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { replaceEntry, signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';

/** What other programs do while the service is thinking. */
async function meanwhile(t: TestContext, doing: (stage: Stage, ours: Credential) => Promise<void>) {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  stage.onTokenRequest = async () => {
    stage.onTokenRequest = () => Promise.resolve();
    await doing(stage, ours);
  };
  const before = await readFile(stage.configFile, 'utf8');
  const outcome = await stage.login.refresh('default');
  return { stage, ours, before, outcome, text: await readFile(stage.configFile, 'utf8') };
}

const codes = ({ login }: Stage, id = 'default') =>
  login.snapshot.accounts.find((each) => each.id === id)?.troubles.map(({ code }) => code) ?? null;

/** Put back, also by a process that starts now and has no keychain: what we hold is on disk. */
async function canBePutBack(stage: Stage): Promise<void> {
  const restarted = await stage.open();
  await restarted.catchUp();
  await restarted.putBack('default');
  const { refreshToken } = await stage.credential();
  assert.equal(await stage.server.refreshTokenState(String(refreshToken)), 'live');
  stage.clock.advance(10 * SECOND);
  assert.equal((await restarted.refresh('default')).kind, 'refreshed');
  const { troubles } = restarted.snapshot.accounts[0] ?? assert.fail();
  assert.deepEqual(troubles, []);
}

test('somebody else’s login came under our id meanwhile: it is left alone, ours is kept, told and offered', async (t) => {
  let theirs: Credential | undefined;
  const { stage, text } = await meanwhile(t, async (at, ours) => {
    theirs = await at.foreignCredential();
    await replaceEntry(at.configFile, ours, theirs);
  });
  assert.ok(text.includes(String(theirs?.refreshToken)));
  assert.deepEqual(codes(stage), ['entry-replaced']);
  const begun = stage.server.tokenRequestsBegun;
  stage.clock.advance(10 * SECOND);
  assert.deepEqual(await stage.login.refresh('default'), { kind: 'entry-lost' });
  assert.equal(stage.server.tokenRequestsBegun, begun);
  await canBePutBack(stage);
});

test('another client’s entry came under our id meanwhile: likewise', async (t) => {
  const { stage, text } = await meanwhile(t, async ({ configFile }, ours) => {
    await replaceEntry(configFile, ours, {
      ...ours,
      clientId: 'another-client',
      accessToken: 'theirs',
      refreshToken: 'their-refresh',
    });
  });
  assert.match(text, /client_id: another-client/);
  assert.match(text, /their-refresh/);
  assert.deepEqual(codes(stage), ['entry-replaced']);
  await canBePutBack(stage);
});

test('our entry was removed meanwhile: it stays removed, ours is kept, told and offered', async (t) => {
  const { stage, text } = await meanwhile(t, ({ configFile }) =>
    writeAsOthersDo(configFile, 'providers:\n  openai:\n    api_key: theirs\n'),
  );
  assert.equal(text, 'providers:\n  openai:\n    api_key: theirs\n');
  assert.deepEqual(codes(stage), ['entry-removed']);
  await canBePutBack(stage);
});

test('our entry was given another id meanwhile: it gets the new pair, and what we know goes with it', async (t) => {
  const { stage, ours, text, outcome } = await meanwhile(t, async ({ configFile }) => {
    await writeAsOthersDo(
      configFile,
      (await readFile(configFile, 'utf8')).replace('id: default', 'id: work'),
    );
  });
  assert.equal(outcome.kind, 'refreshed');
  assert.ok(!text.includes(String(ours.refreshToken)));
  assert.match(text, /id: work/);
  assert.doesNotMatch(text, /id: default/);
  const [work = assert.fail(), ...others] = stage.login.snapshot.accounts;
  assert.deepEqual([work.id, others], ['work', []]);
  assert.deepEqual(work.troubles, []);
  assert.deepEqual(
    work.history.map(({ kind }) => kind),
    ['signed-in', 'refreshed'],
  );
  stage.clock.advance(10 * SECOND);
  assert.equal((await stage.login.refresh('work')).kind, 'refreshed');
});

test('our entry was given another id, and somebody else’s login came under ours', async (t) => {
  let theirs: Credential | undefined;
  const { stage, ours, text } = await meanwhile(t, async (at, own) => {
    theirs = await at.foreignCredential();
    const before = await readFile(at.configFile, 'utf8');
    const [head = '', entry = ''] = before.split(/(?= {6}- id: )/);
    const other = entry
      .replace(own.accessToken, theirs.accessToken)
      .replace(String(own.refreshToken), String(theirs.refreshToken));
    await writeAsOthersDo(at.configFile, `${head}${other}${entry.replace('id: default', 'id: work')}`);
  });
  assert.ok(!text.includes(String(ours.refreshToken)));
  assert.ok(text.includes(String(theirs?.refreshToken)));
  for (const id of ['default', 'work']) assert.deepEqual(codes(stage, id), [], id);
  stage.clock.advance(10 * SECOND);
  for (const id of ['default', 'work']) assert.equal((await stage.login.refresh(id)).kind, 'refreshed', id);
});

test('a second entry of our login appeared meanwhile: both get the new pair', async (t) => {
  const { stage, ours, text } = await meanwhile(t, async ({ configFile }) => {
    const before = await readFile(configFile, 'utf8');
    const entry = before.slice(before.indexOf('      - id: default')).replace('id: default', 'id: work');
    await writeAsOthersDo(configFile, `${before.trimEnd()}\n${entry}`);
  });
  assert.ok(!text.includes(String(ours.refreshToken)));
  assert.deepEqual(codes(stage, 'default'), ['login-shared']);
  assert.deepEqual(codes(stage, 'work'), ['login-shared']);
});

test('the file is gone meanwhile: that is a removed entry, and no file is made by itself', async (t) => {
  const stage = await signedIn(t);
  stage.onTokenRequest = () => rm(stage.configFile);
  assert.equal((await stage.login.refresh('default')).kind, 'refreshed');
  stage.onTokenRequest = () => Promise.resolve();
  await assert.rejects(readFile(stage.configFile), { code: 'ENOENT' });
  assert.deepEqual(codes(stage), ['entry-removed']);
  await canBePutBack(stage);
});

/** Whatever a refusal says, another program may have won the race for the refresh. */
const BELIEVED_LATE = {
  'invalid_grant in the flat shape': REFUSALS.invalidGrant,
  'a not_found_error': REFUSALS.gone,
  'a malformed request': REFUSALS.malformed,
  'an outage': REFUSALS.down,
  'a limit': REFUSALS.rateLimited,
} as const;

for (const [name, behaviour] of Object.entries(BELIEVED_LATE)) {
  test(`refused (${name}) while another program put a newer token there: that is taken`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, configFile } = stage;
    const theirs = await stage.foreignCredential();
    const ours = await stage.credential();
    server.setMood({ endpoint: 'token', times: 1, behaviour });
    stage.onTokenRequest = () => replaceEntry(configFile, ours, theirs);
    assert.deepEqual(await login.refresh('default'), { kind: 'adopted' });
    stage.onTokenRequest = () => Promise.resolve();
    assert.deepEqual(codes(stage), []);
    assert.equal((await stage.credential()).refreshToken, theirs.refreshToken);
    stage.clock.advance(10 * SECOND);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
  });
}

test('what was put back is not undone by the copy that was kept for it', async (t) => {
  const { stage } = await meanwhile(t, ({ configFile }) => writeAsOthersDo(configFile, 'providers: {}\n'));
  await canBePutBack(stage);
  assert.doesNotMatch(await readFile(join(stage.dataDir, 'rescue.json'), 'utf8'), /sk-ant/);
  await stage.login.catchUp();
  await stage.login.saveAgain();
  assert.deepEqual(codes(stage), []);
});
