import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { until } from '../../support/desktop/until.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, type Stage } from '../../support/login/signed-in.ts';
import { block, codes, graces, iso, isHeld, kinds, renewedByAnother, text, times, write } from './kit.ts';

const REFUSED = { kind: 'answer', status: 400, body: { error: 'invalid_grant' } } as const;
const refuseOnce = ({ server }: Stage) => server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSED });
const givenBack = (login: Login) =>
  until('ours to be given back', () =>
    login.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0),
  );

/** Another program signs in as somebody else over ours. */
const overOurs = async (stage: Stage) =>
  write(stage, block('default', await graces(stage), iso(stage.clock.now() + 8 * HOUR)));

test('a login that was renewed before anybody told whose it is does not take the place of ours, given back', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const ours = await stage.credential();
  await overOurs(stage);
  await login.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  login.keep();
  const lost = await givenBack(login);
  await login.stop();
  const later = await stage.open();
  await later.catchUp();
  await later.putBack(lost.id);
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh(lost.id)).kind, 'refreshed');
  assert.equal(times(ours.refreshToken), 1);
  assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'spent', 'another one was renewed');
});

for (const keychain of [new MemoryKeychain(), undefined]) {
  const where = keychain === undefined ? 'without a keychain' : 'with a keychain';
  test(`nobody looks while ours is replaced, and that one is renewed before it is told whose it is, ${where}`, async (t) => {
    const kept = keychain === undefined ? {} : { keychain };
    const stage = await signedIn(t, kept);
    const { login, server, clock } = stage;
    const ours = await stage.credential();
    await login.stop();
    await overOurs(stage);
    const later = await stage.open(kept);
    await later.catchUp();
    clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    await later.stop();
    assert.notDeepEqual(await isHeld(ours.refreshToken, stage, keychain), [], 'ours is nowhere');
    const last = await stage.open(kept);
    last.keep();
    const { id } = await givenBack(last);
    await last.putBack(id);
    // It is over, and renewed at once.
    clock.advance(MINUTE);
    await until('ours to be renewed', () => (kinds(last, id).at(-1) === 'refreshed' ? true : undefined));
    await last.stop();
    assert.equal(times(ours.refreshToken), 1);
    assert.equal(await server.refreshTokenState(String(ours.refreshToken)), 'spent');
  });
}

test('another program renews ours while no app runs, we renew that, and it ends: ours is not given back', async (t) => {
  const stage = await signedIn(t);
  const { clock } = stage;
  await stage.login.stop();
  const renewed = await renewedByAnother(stage, await stage.credential());
  await write(stage, block('default', renewed, iso(clock.now() + 8 * HOUR)));
  const terminal = await stage.open();
  await terminal.catchUp();
  clock.advance(8 * HOUR);
  assert.equal((await terminal.refresh('default')).kind, 'refreshed');
  clock.advance(8 * HOUR);
  refuseOnce(stage);
  assert.equal((await terminal.refresh('default')).kind, 'refused');
  await terminal.signIn('default');
  assert.deepEqual(
    terminal.snapshot.accounts.map(({ id }) => id),
    ['default'],
  );
});

test('the same person signs in by a client that is not told, and the service does not renew that: ours is offered', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const ours = await stage.credential();
  const theirs = { ...(await stage.foreignCredential()), clientId: '' };
  login.keep();
  const asked = () => server.requests.filter(({ path }) => path.includes('profile')).length;
  const before = asked();
  await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
  await until(
    'its owner to be told',
    () => (kinds(login).includes('adopted') && asked() > before) || undefined,
  );
  await login.stop();
  refuseOnce(stage);
  clock.advance(8 * HOUR);
  const later = await stage.open();
  await later.catchUp();
  assert.equal((await later.refresh('default')).kind, 'refused');
  const { id } = await givenBack(later);
  assert.deepEqual(codes(later, id), ['entry-removed']);
  await later.putBack(id);
  clock.advance(8 * HOUR);
  assert.equal((await later.refresh(id)).kind, 'refreshed');
  assert.equal(times(ours.refreshToken), 1);
});

test('a successor whose client id is in upper case is ours', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const theirs = await stage.foreignCredential();
  const clientId = theirs.clientId.toUpperCase();
  await write(stage, block('default', { ...theirs, clientId }, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.deepEqual(codes(login), []);
});

test('an older version remembered of ours, which gave way, no more than which it was: it is given back', async (t) => {
  const stage = await signedIn(t);
  const { login, dataDir } = stage;
  const ours = await stage.credential();
  await overOurs(stage);
  await login.catchUp();
  await login.stop();
  const records = join(dataDir, 'accounts.json');
  const older = (key: string, value: unknown) => {
    const { digest, token } = (value ?? {}) as Record<string, unknown>;
    return key === 'tookOver' && value !== null ? { digest, token } : value;
  };
  const known = await readFile(records, 'utf8');
  assert.match(known, /"tookOver": *\{[^}]*"issuedBy"/);
  await writeFile(records, JSON.stringify(JSON.parse(known, older)));
  const app = await stage.open();
  app.keep();
  await app.putBack((await givenBack(app)).id);
  assert.ok((await text(stage)).includes(String(ours.refreshToken)));
});
