import assert from 'node:assert/strict';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { account, block, codes, file, graces, iso, text, times, renewedByAnother, settled } from './kit.ts';

const asRoot = { skip: process.getuid?.() === 0 ? false : 'needs root' };
/** What may not be read may not be watched either. */
const unwatched = { onWatchError: () => undefined };
const MOMENTS = ['before we start', 'while we run'] as const;

/** The rest of the test is an ordinary user's, who owns what is in the folder. */
async function asNobody(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'unread-'));
  await chown(folder, 65_534, 65_534);
  const become = (id: number) => {
    process.seteuid?.(0);
    process.setegid?.(id);
    process.seteuid?.(id);
  };
  become(65_534);
  t.after(async () => {
    become(0);
    await rm(folder, { recursive: true, force: true });
  });
  const asRootDo = async (work: () => Promise<void>) => {
    become(0);
    await work().finally(() => {
      become(65_534);
    });
  };
  return {
    files: { configFile: join(folder, 'shared', 'config.yaml'), dataDir: join(folder, 'data') },
    asRootDo,
  };
}

/** The keeper has its way until the token is over, twice. */
async function keeps(stage: Stage, login: Stage['login']) {
  await login.catchUp();
  login.keep();
  for (const wait of [8 * HOUR, 2 * MINUTE, 8 * HOUR, 2 * MINUTE]) {
    stage.clock.advance(wait);
    await settled(login);
  }
}

/** Nobody presents what another program has spent, and the person is told why. */
async function isLeftAlone(stage: Stage, login: Stage['login'], old: Credential, next: Credential) {
  await keeps(stage, login);
  assert.equal(times(old.refreshToken), 1);
  assert.equal(await stage.server.refreshTokenState(String(next.refreshToken)), 'live');
  const [why] = account(login).troubles.filter(({ code }) => code === 'config-unreadable');
  assert.ok(why !== undefined && 'reason' in why && why.reason === 'may-be-newer', JSON.stringify(why));
  assert.equal(login.snapshot.isFileReadable, false);
}

for (const moment of MOMENTS) {
  test(
    `a program of root's renews ours, and leaves a file that is root's alone ${moment}`,
    asRoot,
    async (t) => {
      const { files, asRootDo } = await asNobody(t);
      const stage = await signedIn(t, { ...files, ...unwatched });
      const first = await stage.credential();
      if (moment === 'before we start') await stage.login.stop();
      const next = await renewedByAnother(stage, first);
      const whole = file(block('default', next, iso(next.accessExpiresAt ?? 0)));
      await asRootDo(() => writeAsOthersDo(stage.configFile, whole));
      await assert.rejects(text(stage), { code: 'EACCES' });
      const login = moment === 'before we start' ? await stage.open(unwatched) : stage.login;
      await isLeftAlone(stage, login, first, next);
      await asRootDo(() => chown(stage.configFile, 65_534, 65_534));
      await login.catchUp();
      assert.equal((await login.refresh('default')).kind, 'refreshed');
      assert.equal(times(next.refreshToken), 1);
    },
  );

  test(`a renewal from another computer comes with the marks of a conflict ${moment}`, async (t) => {
    const stage = await signedIn(t);
    const first = await stage.credential();
    const ours = await text(stage);
    if (moment === 'before we start') await stage.login.stop();
    const next = await renewedByAnother(stage, first);
    const theirs = ours
      .replace(first.accessToken, next.accessToken)
      .replace(String(first.refreshToken), String(next.refreshToken));
    await writeFile(stage.configFile, `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> origin/main\n`);
    const login = moment === 'before we start' ? await stage.open() : stage.login;
    await isLeftAlone(stage, login, first, next);
    await writeAsOthersDo(stage.configFile, theirs);
    await login.catchUp();
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    assert.equal(times(next.refreshToken), 1);
  });
}

for (const encoding of ['utf16le', 'utf16be'] as const) {
  test(`ours is renewed in a file that is saved as ${encoding}, as by PowerShell`, async (t) => {
    const stage = await signedIn(t);
    const first = await stage.credential();
    const next = await renewedByAnother(stage, first);
    const whole = Buffer.from(
      `\ufeff${file(block('default', next, iso(next.accessExpiresAt ?? 0)))}`,
      'utf16le',
    );
    await writeFile(stage.configFile, encoding === 'utf16le' ? whole : whole.swap16());
    await isLeftAlone(stage, stage.login, first, next);
  });
}

test('what nobody else has written is renewed all the same while it cannot be read', asRoot, async (t) => {
  const { files } = await asNobody(t);
  const stage = await signedIn(t, { ...files, ...unwatched });
  const first = await stage.credential();
  await chmod(stage.configFile, 0);
  await keeps(stage, stage.login);
  await stage.login.stop();
  await keeps(stage, await stage.open(unwatched));
  const { refreshToken } = await stage.credential();
  assert.equal(await stage.server.refreshTokenState(String(refreshToken)), 'live');
  assert.notEqual(refreshToken, first.refreshToken);
});

/** Ways in which a person breaks a file that holds this login and another one's. */
const BREAKS: readonly ((whole: string) => string)[] = [
  (whole) => `${whole}\t: [`,
  (whole) => whole.slice(0, whole.lastIndexOf('scopes') + 12),
  (whole) => whole.replace(/expires_at: ".*?"/, 'expires_at: "x'),
  () => 'providers: [\n',
];
for (const [at, broken] of BREAKS.entries()) {
  test(`a file that was broken by hand keeps nobody from being renewed (${at})`, async (t) => {
    const stage = await signedIn(t);
    const grace = await graces(stage);
    const ada = block('default', await stage.credential(), iso(stage.clock.now() + 8 * HOUR));
    await writeAsOthersDo(
      stage.configFile,
      file(ada, block('work', grace, iso(stage.clock.now() + 8 * HOUR))),
    );
    await stage.login.catchUp();
    await writeFile(stage.configFile, broken(await text(stage)));
    await keeps(stage, stage.login);
    await stage.login.stop();
    const later = await stage.open();
    await keeps(stage, later);
    await settled(later);
    const kept = await readFile(join(stage.dataDir, 'rescue.json'), 'utf8');
    for (const { refreshToken } of (JSON.parse(kept) as { credentials: Credential[] }).credentials) {
      assert.equal(await stage.server.refreshTokenState(String(refreshToken)), 'live');
    }
    assert.deepEqual(
      later.snapshot.accounts.map(({ troubles }) => troubles),
      [[], []],
    );
  });
}

/** What looks like a refresh token, and is none that anybody has got since. */
const OTHERS: readonly ((theirs: Credential) => string)[] = [
  (theirs) => block('theirs', { ...theirs, clientId: 'somebody-elses-client' }, iso(0)),
  ({ refreshToken }) => `# of last year: ${String(refreshToken)}`,
];
for (const [at, others] of OTHERS.entries()) {
  test(`what stood beside ours before the file was broken keeps nobody from being renewed (${at})`, async (t) => {
    const stage = await signedIn(t);
    const theirs = await graces(stage);
    const ours = block('default', await stage.credential(), iso(stage.clock.now() + 8 * HOUR));
    await writeAsOthersDo(stage.configFile, file(ours, others(theirs)));
    await stage.login.catchUp();
    await writeFile(stage.configFile, `${await text(stage)}\t: [`);
    await keeps(stage, stage.login);
    assert.deepEqual(codes(stage.login), []);
  });
}

for (const sample of ['sk-ant-ort01-...', 'sk-ant-ort01-your-refresh-token']) {
  test(`a note that says ${sample} in a broken file keeps nobody from being renewed`, async (t) => {
    const stage = await signedIn(t);
    await writeFile(stage.configFile, `${await text(stage)}# refresh_token: ${sample}\n\t: [\n`);
    await keeps(stage, stage.login);
    assert.deepEqual(codes(stage.login), []);
  });
}
