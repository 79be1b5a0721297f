import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { tokenTrace } from '../../../src-main/vault/credential-trace.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, text, times, write, renewedIntoRescue } from './kit.ts';

test('a renewed login that waits in rescue.json goes to its predecessor, though that has another id by then', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile } = stage;
  const { first, second, whole } = await renewedIntoRescue(stage);
  await writeAsOthersDo(configFile, whole.replace('id: default', 'id: work'));
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('work');
  assert.equal(times(first.refreshToken), 1);
  assert.equal(
    await server.refreshTokenState(second.refreshToken ?? ''),
    'spent',
    'it does not go where its predecessor is',
  );
});

test("an entry of another client that holds the same refresh token stays that client's", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const ada = await stage.credential();
  const at = iso(clock.now() + 8 * HOUR);
  await write(stage, block('default', ada, at), block('theirs', { ...ada, clientId: 'another-client' }, at));
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.ok((await text(stage)).includes('another-client'), "the other entry's client is overwritten");
});

test('what is spent is remembered also beside a thousand renewals of many logins', async (t) => {
  const stage = await signedIn(t);
  const { clock, configFile, dataDir } = stage;
  const first = await stage.credential();
  clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  const second = await stage.credential();
  await stage.login.stop();
  const vault = new Vault({ configFile, dataDir, keychain: null });
  // A hundred accounts for four days, or ten whose tokens last ten minutes for one.
  await vault.learn(
    Array.from({ length: 1_001 }, (_, at) => ({
      id: `account-${at % 100}`,
      present: { ...second, id: `account-${at % 100}`, accessToken: `a${at}`, refreshToken: `r${at + 100}` },
      spends: [tokenTrace(`r${at}`)],
      change: (record) => record,
    })),
  );
  await write(
    stage,
    block('default', second, iso(second.accessExpiresAt ?? 0)),
    block('pasted', first, iso(clock.now() + 8 * HOUR)),
  );
  const later = await stage.open();
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('pasted');
  assert.equal(times(first.refreshToken), 1, 'presented again');
});

for (const [name, id] of Object.entries({
  proto: '"__proto__"',
  nothing: '""',
  surrogate: '"\\uD800x"',
  lines: '"a\\nb\\u2028c"',
})) {
  test(`an entry under any text as id is kept, rescued and put back: ${name}`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, server } = stage;
    const [ada, grace] = [await stage.credential(), await graces(stage)];
    const at = iso(clock.now() + 8 * HOUR);
    await write(stage, block('default', ada, at), block(id, grace, at));
    await login.catchUp();
    const other = login.snapshot.accounts.find((each) => each.id !== 'default')?.id ?? assert.fail('none');
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh(other)).kind, 'refreshed');
    clock.advance(3 * SECOND);
    await login.catchUp();
    assert.deepEqual(codes(login, other), []);
    assert.equal((await login.refresh(other)).kind, 'refreshed');
    const later = await stage.open();
    await later.catchUp();
    assert.deepEqual(codes(later, other), []);
    clock.advance(3 * SECOND);
    // Into rescue.json and back.
    const whole = await text(stage);
    stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, `${whole}\n\t: [`);
    assert.equal((await later.refresh(other)).kind, 'refreshed');
    stage.onTokenRequest = () => Promise.resolve();
    await writeAsOthersDo(stage.configFile, whole);
    await later.catchUp();
    assert.equal(account(later, other).whereabouts, 'config-file');
    const { account: found } = await new Vault({ ...stage, keychain: null }).find(other);
    assert.equal(await server.refreshTokenState(found?.credential?.refreshToken ?? ''), 'live');
    assert.ok((await text(stage)).includes(ada.refreshToken ?? ''));
  });
}

for (const sample of ['YOUR_REFRESH_TOKEN', 'replace-me', 'ChangeMe']) {
  test(`a sample file is written over ours: ${sample} is no token, and ours is offered`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock } = stage;
    const ours = await stage.credential();
    const theirs = { ...ours, accessToken: 'YOUR_ACCESS_TOKEN', refreshToken: sample };
    await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
    await login.catchUp();
    assert.deepEqual(codes(login), ['entry-replaced']);
    clock.advance(8 * HOUR);
    await login.refresh('default');
    assert.equal(times(sample), 0);
    await login.putBack('default');
    assert.equal((await login.refresh('default')).kind, 'refreshed');
  });
}

for (const dummy of [
  'REDACTED',
  '"ENC[AES256_GCM,data:abcd,iv:xyz=,tag:1,type:str]"',
  'op://Private/Claude/token',
]) {
  test(`both tokens are ${dummy} for a while: that is no login, and ours goes on once it is back`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock } = stage;
    const whole = await text(stage);
    const hidden = whole.replace(/((?:access|refresh)_token: ).*/g, `$1${dummy}`);
    await writeAsOthersDo(stage.configFile, hidden);
    await login.catchUp();
    assert.deepEqual(codes(login), ['entry-replaced']);
    await writeAsOthersDo(stage.configFile, whole);
    await login.catchUp();
    assert.deepEqual(codes(login), []);
    await writeAsOthersDo(stage.configFile, hidden);
    await login.catchUp();
    await login.putBack('default');
    assert.deepEqual(
      login.snapshot.accounts.map(({ id }) => id),
      ['default'],
    );
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
  });
}

test('a placeholder in the place of the token is never sent', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const ada = await stage.credential();
  const whole = await readFile(configFile, 'utf8');
  await writeFile(configFile, whole.replace(ada.refreshToken ?? '', '${CLAUDE_REFRESH_TOKEN}'));
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.equal(times('${CLAUDE_REFRESH_TOKEN}'), 0, 'a placeholder was sent as if it were a token');
});
