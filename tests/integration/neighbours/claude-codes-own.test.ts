import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import {
  block,
  codes,
  file,
  iso,
  isHeld,
  kinds,
  renewedByAnother,
  settled,
  text,
  times,
  write,
} from './kit.ts';

/** Claude Code's login in its own file, and a copy of it in a config file, as how-tos advise. */
async function pasted(stage: Stage, theirs: Credential, configFile: string, id = 'default') {
  const claudeCodeFile = join(stage.folder, '.credentials.json');
  await claudeCodeHas(claudeCodeFile, theirs.refreshToken);
  await writeAsOthersDo(configFile, file(block(id, theirs, iso(stage.clock.now() + 8 * HOUR))));
  return claudeCodeFile;
}

const claudeCodeHas = (path: string, refreshToken: string | null) =>
  writeFile(path, JSON.stringify({ claudeAiOauth: { accessToken: 'sk-ant-oat01-theirs', refreshToken } }));

/** A day in which the keeper looks whenever something may be due, and there is somebody to tell. */
async function aDay(login: Login, { clock }: Stage) {
  login.onNotification(() => undefined);
  login.keep();
  for (let hours = 0; hours < 24; hours += 4) {
    clock.advance(4 * HOUR);
    await settled(login, 50);
    clock.advance(2 * MINUTE);
    await settled(login, 50);
  }
}

for (const where of ['a new config file', 'the place of ours'] as const) {
  test(`Claude Code’s own login in ${where} is left to Claude Code, and told once`, async (t) => {
    const stage = await signedIn(t);
    await stage.login.stop();
    const theirs = await stage.foreignCredential();
    const isNew = where === 'a new config file';
    const configFile = isNew ? join(stage.folder, 'new', 'config.yaml') : stage.configFile;
    const dataDir = isNew ? join(stage.folder, 'new-data') : stage.dataDir;
    const claudeCodeFile = await pasted(stage, theirs, configFile);
    const files = { configFile, dataDir, claudeCodeFile };
    const login = await stage.open(files);
    await login.catchUp();
    assert.deepEqual(codes(login), [], 'it is as good as any other while its token lasts');
    await aDay(login, stage);
    assert.deepEqual(login.snapshot.troubles, [], 'it is no copy of ours');
    await login.stop();
    assert.deepEqual(codes(login), ['not-refreshable']);
    // The same person's, and still no successor of ours.
    if (!isNew) assert.deepEqual(codes(login, 'account-2'), ['entry-removed']);
    const since = kinds(login).slice(kinds(login).lastIndexOf('adopted'));
    assert.deepEqual(
      since.filter((kind) => kind !== 'woke'),
      ['adopted', 'refused', 'notified'],
    );

    // From then on its file tells nothing, and what was pasted is spent.
    await claudeCodeHas(claudeCodeFile, 'sk-ant-ort01-renewed');
    const later = await stage.open(files);
    await aDay(later, stage);
    assert.deepEqual(await later.refresh('default'), {
      kind: 'refused',
      failure: { code: 'not-refreshable' },
    });
    assert.equal(times(theirs.refreshToken), 0, 'its refresh token was spent behind its back');

    await later.signIn('default');
    assert.deepEqual(codes(later), []);
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
  });
}

test('Claude Code’s own login, pasted while we run and renewed by Claude Code before we would, is left to it', async (t) => {
  const stage = await signedIn(t);
  const theirs = await stage.foreignCredential();
  const claudeCodeFile = join(stage.folder, '.credentials.json');
  const login = await stage.open({ claudeCodeFile });
  await pasted(stage, theirs, stage.configFile);
  await login.catchUp();
  assert.deepEqual(codes(login), [], 'it is as good as any other while its token lasts');
  await claudeCodeHas(claudeCodeFile, 'sk-ant-ort01-renewed');
  await aDay(login, stage);
  await login.stop();
  const later = await stage.open({ claudeCodeFile });
  await aDay(later, stage);
  assert.equal(times(theirs.refreshToken), 0, 'what Claude Code had spent was presented');
  assert.deepEqual(codes(later), ['not-refreshable']);
});

for (const folder of ['.claude-work', join('.config', 'claude')]) {
  test(`Claude Code’s own login in ~/${folder}, which a shell alone knows of, is left to it`, async (t) => {
    const stage = await signedIn(t);
    await stage.login.stop();
    const theirs = await stage.foreignCredential();
    const home = join(stage.folder, 'home');
    const first = join(home, '.claude', '.credentials.json');
    const second = join(home, folder, '.credentials.json');
    for (const path of [first, second]) await mkdir(dirname(path), { recursive: true });
    await writeFile(join(home, '.claude.json'), '{}');
    await claudeCodeHas(first, 'sk-ant-ort01-of-the-first-account');
    await claudeCodeHas(second, theirs.refreshToken);
    const login = await stage.open({ claudeCodeFile: first, home });
    await write(stage, block('theirs', theirs, iso(stage.clock.now() + 8 * HOUR)));
    await login.catchUp();
    await claudeCodeHas(second, 'sk-ant-ort01-renewed');
    await aDay(login, stage);
    assert.equal(times(theirs.refreshToken), 0, 'what Claude Code had spent was presented');
    assert.deepEqual(codes(login, 'theirs'), ['not-refreshable']);
  });
}

test('a login of ours that somebody gave Claude Code is renewed as ever', async (t) => {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  const claudeCodeFile = await pasted(stage, ours, stage.configFile);
  const login = await stage.open({ claudeCodeFile });
  await login.catchUp();
  await aDay(login, stage);
  await until('it to be renewed', () => (times(ours.refreshToken) === 1 ? true : undefined));
});

test('… and it is told that Claude Code has it, as long as that could end it', async (t) => {
  const stage = await signedIn(t);
  const claudeCodeFile = join(stage.folder, '.credentials.json');
  const login = await stage.open({ claudeCodeFile });
  const found = async () => {
    const checks = await login.checkUp();
    const told = checks.flatMap(({ failures }) => failures);
    return told.filter(({ code }) => code === 'login-copied');
  };
  const copied = [{ code: 'login-copied', path: claudeCodeFile }];
  assert.deepEqual(await found(), []);
  const first = await stage.credential();
  await claudeCodeHas(claudeCodeFile, first.refreshToken);
  assert.deepEqual(await found(), copied);
  for (let renewals = 0; renewals < 2; renewals++) {
    stage.clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    assert.deepEqual(await found(), copied, 'what it would present is spent');
  }
  await login.signIn('default');
  assert.deepEqual(await found(), [], 'the login that it had a copy of is over');

  await claudeCodeHas(claudeCodeFile, (await stage.credential()).refreshToken);
  login.keep();
  await until('it to be told in the window', () =>
    login.snapshot.troubles.some(({ code }) => code === 'login-copied') ? true : undefined,
  );
  await claudeCodeHas(claudeCodeFile, 'sk-ant-ort01-got-by-login');
  assert.deepEqual(await found(), []);
});

for (const content of ['', '{"claudeAiOauth": null}', '{"mcpOAuth": {}}']) {
  test(`what another program wrote is renewed where Claude Code’s file holds ${content === '' ? 'nothing' : content}`, async (t) => {
    const stage = await signedIn(t);
    const theirs = await stage.foreignCredential();
    const claudeCodeFile = await pasted(stage, theirs, stage.configFile);
    await writeFile(claudeCodeFile, content);
    const login = await stage.open({ claudeCodeFile });
    await login.catchUp();
    stage.clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
  });
}

test('Claude Code’s login stands over ours, a cron job finds that, and then the service tells whose it is: ours, put back, is renewed', async (t) => {
  const stage = await signedIn(t);
  const { server, clock } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const theirs = await stage.foreignCredential();
  const claudeCodeFile = await pasted(stage, theirs, stage.configFile);
  // By cron: nobody asks whose it is.
  for (const wait of [0, HOUR]) {
    clock.advance(wait);
    const cron = await stage.open({ claudeCodeFile });
    await cron.catchUp();
    if (wait > 0) await cron.refresh('default');
    await cron.stop();
  }
  const app = await stage.open({ claudeCodeFile });
  app.keep();
  await app.catchUp();
  await settled(app, 150);
  await app.catchUp();
  assert.deepEqual(codes(app, 'account-2'), ['entry-removed']);
  await app.putBack('account-2');
  await app.catchUp();
  for (const wait of [2 * MINUTE, 8 * HOUR, 2 * MINUTE, 8 * HOUR]) {
    clock.advance(wait);
    await settled(app, 150);
  }
  const outcome = await app.refresh('account-2');
  assert.equal(
    times(ours.refreshToken),
    1,
    `never renewed: ${JSON.stringify(outcome)} ${kinds(app, 'account-2').join()}`,
  );
  assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'spent');
});

test('Claude Code’s own login stands over ours, and only cron jobs run: ours is offered all the same', async (t) => {
  const stage = await signedIn(t);
  const { clock } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const theirs = await stage.foreignCredential();
  const claudeCodeFile = await pasted(stage, theirs, stage.configFile);
  let last = stage.login;
  for (const wait of [0, 8 * HOUR, 8 * HOUR, 8 * HOUR]) {
    clock.advance(wait);
    last = await stage.open({ claudeCodeFile });
    await last.catchUp();
    for (const { id } of last.snapshot.accounts) await last.refresh(id);
    await last.stop();
  }
  assert.ok(
    last.snapshot.accounts.some(({ id }) => id !== 'default'),
    `ours is offered nowhere: ${JSON.stringify(last.snapshot.accounts.map(({ id, troubles }) => [id, troubles]))}; held in ${(await isHeld(ours.refreshToken, stage)).join()}`,
  );
});

test('ours is taken out for Claude Code’s under another id: ours is offered', async (t) => {
  const stage = await signedIn(t);
  const { clock } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const theirs = await stage.foreignCredential();
  clock.advance(HOUR);
  const claudeCodeFile = await pasted(stage, theirs, stage.configFile, 'claude-code');
  const app = await stage.open({ claudeCodeFile });
  app.keep();
  await app.catchUp();
  await settled(app, 150);
  await app.catchUp();
  await app.putBack('default');
  assert.ok(
    (await text(stage)).includes(String(ours.refreshToken)),
    JSON.stringify(app.snapshot.accounts.map(({ id, troubles }) => [id, troubles])),
  );
});

test('Claude Code’s login was written over ours, and its access token is over when the app starts: ours is offered', async (t) => {
  const stage = await signedIn(t);
  const { server, clock } = stage;
  const ours = await stage.credential();
  await stage.login.stop();
  const theirs = await stage.foreignCredential();
  const claudeCodeFile = await pasted(stage, theirs, stage.configFile);
  clock.advance(9 * HOUR);
  const over = {
    kind: 'answer',
    status: 401,
    body: { type: 'error', error: { type: 'authentication_error', message: 'OAuth token has expired.' } },
  } as const;
  server.setMood({ endpoint: 'profile', behaviour: over });
  for (let starts = 0; starts < 2; starts++) {
    const app = await stage.open({ claudeCodeFile });
    app.keep();
    await app.catchUp();
    await settled(app, 150);
    clock.advance(2 * MINUTE);
    await settled(app, 150);
    await app.catchUp();
    await app.stop();
    if (starts === 0) continue;
    const shown = JSON.stringify(app.snapshot.accounts.map(({ id, troubles }) => [id, troubles]));
    assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'live');
    assert.ok(
      app.snapshot.accounts.some(({ id }) => id !== 'default'),
      `ours is not offered: ${shown}; held in ${(await isHeld(ours.refreshToken, stage)).join()}`,
    );
  }
});

test('a login of ours that somebody gave Claude Code is signed out of here: it is not revoked', async (t) => {
  const stage = await signedIn(t);
  const { refreshToken } = await stage.credential();
  const claudeCodeFile = join(stage.folder, '.credentials.json');
  await claudeCodeHas(claudeCodeFile, refreshToken);
  const login = await stage.open({ claudeCodeFile });
  await login.catchUp();
  const said = await login.signOut('default');
  await delay(500);
  assert.equal(await stage.server.refreshTokenState(String(refreshToken)), 'live', JSON.stringify(said));
});

test('what another program renewed is given to Claude Code later: what it took the place of is not offered', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const first = await stage.credential();
  const second = await renewedByAnother(stage, first);
  await write(stage, block('default', second, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await login.stop();
  const claudeCodeFile = join(stage.folder, '.credentials.json');
  await claudeCodeHas(claudeCodeFile, second.refreshToken);
  clock.advance(8 * HOUR);
  const command = await stage.open({ claudeCodeFile });
  assert.deepEqual(await command.refresh('default'), {
    kind: 'refused',
    failure: { code: 'not-refreshable' },
  });
  await command.catchUp();
  assert.deepEqual(
    command.snapshot.accounts.map(({ id }) => id),
    ['default'],
  );
});

for (const isApp of [true, false]) {
  test(`Claude Code’s login is pasted again whenever Claude Code has renewed it (${isApp ? 'the app runs' : 'only terminals'}): ours alone is offered`, async (t) => {
    const stage = await signedIn(t);
    const { server, clock } = stage;
    await stage.login.stop();
    let theirs = await stage.foreignCredential();
    const login = await stage.open({ claudeCodeFile: await pasted(stage, theirs, stage.configFile) });
    if (isApp) login.keep();
    for (let pastes = 0; pastes < 3; pastes++) {
      if (pastes > 0) theirs = await renewedByAnother(stage, theirs);
      await pasted(stage, theirs, stage.configFile);
      await login.catchUp();
      await settled(login);
      clock.advance(7 * HOUR);
    }
    assert.deepEqual(
      login.snapshot.accounts.map(({ id }) => id),
      ['default', 'account-2'],
    );
    assert.equal(await server.refreshTokenState(String(theirs.refreshToken)), 'live');
  });
}
