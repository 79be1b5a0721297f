import assert from 'node:assert/strict';
import { access, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { cutShort, journalOf } from './crash.ts';
import { block, codes, graces, iso, renewedIntoRescue, spentBeside, text, times, write } from './kit.ts';

const changes = {
  'has vanished': ({ configFile }: { readonly configFile: string }) => rm(configFile),
  'was written by somebody else': async ({ configFile }: { readonly configFile: string }, before: string) =>
    writeAsOthersDo(configFile, `# mine\n${before}`),
  'is without us': ({ configFile }: { readonly configFile: string }) =>
    writeAsOthersDo(configFile, 'providers:\n  openai:\n    api_key: kept\n'),
};

for (const [name, change] of Object.entries(changes)) {
  test(`what only the journal of a write that was cut short has is kept where the file ${name}`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock, configFile, dataDir } = stage;
    const before = await text(stage);
    const first = await stage.credential();
    clock.advance(8 * HOUR);
    await login.refresh('default');
    await login.stop();
    const second = await stage.credential();
    // As killed in the middle of writing: nothing but the journal knows the new one.
    const journal = journalOf(configFile);
    await writeFile(journal, JSON.stringify({ version: 1, before, after: await text(stage) }), {
      mode: 0o600,
    });
    await rm(spentBeside(configFile));
    await rm(dataDir, { recursive: true });
    await change(stage, before);

    const later = await stage.open();
    await later.catchUp();
    await assert.rejects(access(journal));
    await later.putBack('default');
    clock.advance(3 * SECOND);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
    assert.equal(await server.refreshTokenState(String(second.refreshToken)), 'spent');
    if (name === 'was written by somebody else') assert.match(await text(stage), /^# mine/);
  });
}

test('a journal from a backup puts nothing spent over what waits', async (t) => {
  const stage = await signedIn(t);
  const { second, whole } = await renewedIntoRescue(stage);
  await stage.login.stop();
  const { configFile } = stage;
  const journal = journalOf(configFile);
  await writeFile(journal, JSON.stringify({ version: 1, before: '', after: whole }), { mode: 0o600 });
  await writeAsOthersDo(configFile, `# mine\n${whole}`);
  const later = await stage.open();
  await later.catchUp();
  await assert.rejects(access(journal));
  assert.deepEqual(codes(later), []);
  assert.ok((await text(stage)).includes(String(second.refreshToken)), 'it waits no more');
});

test('…and the journal stays while it can be kept nowhere', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, dataDir } = stage;
  const before = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await login.stop();
  const journal = journalOf(configFile);
  await writeFile(journal, JSON.stringify({ version: 1, before, after: await text(stage) }), { mode: 0o600 });
  await rm(configFile);
  await rm(dataDir, { recursive: true });
  await writeFile(dataDir, 'no folder');
  const later = await stage.open();
  await later.catchUp();
  assert.equal(later.snapshot.isFileReadable, false);
  assert.ok(later.snapshot.troubles.some(({ code }) => code === 'data-not-writable'));
  await access(journal);
});

test('a journal has ours that was put back over somebody else’s, who writes hers again: hers goes on', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const grace = await graces(stage);
  clock.advance(HOUR);
  await login.refresh('default');
  await write(stage, block('default', grace, iso(clock.now() - 2 * HOUR)));
  await login.catchUp();
  const before = await cutShort(stage, async () => {
    await login.putBack('default');
    await login.stop();
  });
  await writeAsOthersDo(configFile, `# mine\n${before}`);
  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(grace.refreshToken), 1);
});

test('… or a sign-in of whom nobody tells, over ours: ours is offered still', async (t) => {
  const stage = await signedIn(t);
  const { server, clock, configFile } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const unknown = { kind: 'answer', status: 403, body: {} } as const;
  server.setMood({ endpoint: 'profile', times: 5, behaviour: unknown });
  const untold = { kind: 'change', fields: { account: null, organization: null } } as const;
  server.setMood({ endpoint: 'token', times: 1, behaviour: untold });
  const again = await stage.open({ openBrowser: (url) => approve(url, { person: GRACE.uuid }) });
  await again.catchUp();
  const before = await cutShort(stage, async () => {
    await again.signIn('default');
    await again.stop();
  });
  server.setMood({ endpoint: 'profile', behaviour: { kind: 'well' } });
  await writeAsOthersDo(configFile, `# mine\n${before}`);
  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  for (const { id } of later.snapshot.accounts) await later.refresh(id);
  for (const { id } of later.snapshot.accounts) await later.putBack(id).catch(() => undefined);
  const isThere = (await text(stage)).includes(String(ours.refreshToken));
  assert.ok(isThere || times(ours.refreshToken) === 1, 'neither offered nor renewed');
});

test('… or ours that was renewed beside another login of the same id: that is not written over', async (t) => {
  const stage = await signedIn(t);
  const { clock, login, configFile } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', grace, at), block('default', ada, at));
  await login.catchUp();
  clock.advance(8 * HOUR);
  const before = await cutShort(stage, async () => {
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    await login.stop();
  });
  await writeAsOthersDo(configFile, `# mine\n${before}`);
  const later = await stage.open();
  await later.catchUp();
  assert.ok((await text(stage)).includes(String(grace.refreshToken)));
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.equal(times(ada.refreshToken), 1, 'a spent one was presented again');
});

for (const isCaughtUp of [true, false]) {
  test(`… or ours that was renewed, and its entry has another id since: it goes on there (${isCaughtUp ? 'caught up' : 'at once'})`, async (t) => {
    const stage = await signedIn(t);
    const { clock, login, configFile } = stage;
    const first = await stage.credential();
    clock.advance(8 * HOUR);
    const before = await cutShort(stage, async () => {
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      await login.stop();
    });
    await writeAsOthersDo(configFile, before.replace('id: default', 'id: work'));
    const later = await stage.open();
    if (isCaughtUp) await later.catchUp();
    for (let tries = 0; tries < 2; tries++) {
      clock.advance(10 * SECOND);
      assert.match((await later.refresh('work')).kind, /^(adopted|refreshed)$/);
    }
    assert.equal(times(first.refreshToken), 1, 'a spent one was presented again');
  });
}

test('… or what another program has renewed since: that goes on', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, server } = stage;
  const before = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await login.stop();
  const second = await stage.credential();
  await writeFile(journalOf(configFile), JSON.stringify({ version: 1, before, after: await text(stage) }), {
    mode: 0o600,
  });
  const { clientId: client_id, refreshToken: refresh_token } = second;
  const answer = await fetch(server.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'refresh_token', client_id, refresh_token }),
  });
  const next = (await answer.json()) as { access_token: string; refresh_token: string };
  const third = { ...second, accessToken: next.access_token, refreshToken: next.refresh_token };
  await write(stage, block('default', third, iso(clock.now() + 8 * HOUR)));
  const later = await stage.open();
  await later.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
});
