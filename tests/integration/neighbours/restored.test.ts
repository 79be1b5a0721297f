import assert from 'node:assert/strict';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { until } from '../../support/desktop/until.ts';
import { GRACE } from '../../support/practice/people.ts';
import {
  account,
  block,
  codes,
  graces,
  iso,
  received,
  renewedIntoRescue,
  text,
  times,
  write,
} from './kit.ts';

/** Of each loss that is told, whether a copy is offered. */
const copies = (login: Login) =>
  account(login).troubles.map((each) => each.code === 'entry-replaced' && each.copy);

test('what a stale program put the spent token in the place of is offered also after a restart, without a keychain', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const second = await stage.credential();
  await writeAsOthersDo(stage.configFile, whole);
  await login.catchUp();
  assert.deepEqual(copies(login), [true]);
  await login.stop();
  const later = await stage.open();
  await later.catchUp();
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
  assert.deepEqual(copies(later), [true], 'the copy that was offered is lost with the process');
  await later.putBack('default');
  assert.ok((await text(stage)).includes(second.refreshToken ?? ''));
  const rescue = await text({ configFile: join(stage.dataDir, 'rescue.json') }).catch(() => '');
  assert.doesNotMatch(rescue, /sk-ant/);
});

test('…also where a process without a copy has noticed the loss first', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const second = await stage.credential();
  await writeAsOthersDo(stage.configFile, whole);
  await rm(join(stage.dataDir, 'copies.json'));
  const other = await stage.open();
  await other.catchUp();
  assert.deepEqual(copies(other), [false]);
  await login.catchUp();
  await login.stop();
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(copies(later), [true]);
  await later.putBack('default');
  assert.equal((await stage.credential()).refreshToken, second.refreshToken);
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
});

test('home comes back from a backup that is two renewals old: the last one, of the keychain, is used', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock, dataDir, folder, configFile } = stage;
  const first = await stage.credential();
  const whole = await text(stage);
  await cp(dataDir, join(folder, 'before'), { recursive: true });
  for (let times = 0; times < 2; times++) {
    clock.advance(8 * HOUR);
    await login.refresh('default');
  }
  await login.stop();
  const third = await stage.credential();
  await rm(dataDir, { recursive: true });
  await cp(join(folder, 'before'), dataDir, { recursive: true });
  await writeFile(configFile, whole);
  const later = await stage.open({ keychain });
  await later.catchUp();
  clock.advance(3 * SECOND);
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented, its successor could be read');
  assert.equal(await server.refreshTokenState(third.refreshToken ?? ''), 'spent');
});

test('a login that waits in the data folder outlives that folder in the keychain', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, server, clock, dataDir, configFile } = stage;
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  const first = await stage.credential();
  stage.onTokenRequest = () => writeAsOthersDo(configFile, `${whole}\n\t: [`);
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  const second = await stage.credential();
  await rm(dataDir, { recursive: true });
  await writeAsOthersDo(configFile, whole);
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'spent');
});

test('the data folder comes back from a backup that was made while a login waited in it: what waits is of the past', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile, dataDir, folder } = stage;
  const { second, whole } = await renewedIntoRescue(stage);
  await cp(dataDir, join(folder, 'before'), { recursive: true });
  await writeAsOthersDo(configFile, whole);
  await login.catchUp();
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await login.stop();
  const third = await stage.credential();
  await rm(dataDir, { recursive: true });
  await cp(join(folder, 'before'), dataDir, { recursive: true });
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  await later.putBack('default');
  clock.advance(8 * HOUR);
  await later.refresh('default');
  assert.equal(times(second.refreshToken), 1, 'the spent one was presented');
  assert.equal(await server.refreshTokenState(third.refreshToken ?? ''), 'spent');
});

test('a Latchkey with another data folder, which was not there at the renewal, does not present what came back', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock, configFile, folder } = stage;
  const elsewhere = { dataDir: join(folder, 'data-of-another') };
  const other = await stage.open(elsewhere);
  await other.catchUp();
  await other.stop();
  const first = await stage.credential();
  const whole = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  const second = await stage.credential();
  await writeAsOthersDo(configFile, whole);
  const later = await stage.open(elsewhere);
  await later.catchUp();
  assert.deepEqual(await later.refresh('default'), { kind: 'entry-lost' });
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
  assert.equal(await server.refreshTokenState(second.refreshToken ?? ''), 'live');
});

test('ours gets another id while it is renewed, an older file comes back, and somebody else signs in over it: ours is put back', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { clock, login } = stage;
  const older = await text(stage);
  const grace = await graces(stage);
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, older.replace('default', 'work'));
  await login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  const renewed = received.at(-1) ?? '';
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  login.keep();
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await until('whose it is to be told', () =>
    account(login).owner?.email === GRACE.email ? true : undefined,
  );
  await login.catchUp();
  for (const { id } of login.snapshot.accounts) await login.putBack(id).catch(() => undefined);
  assert.ok((await text(stage)).includes(renewed), 'ours is not there');
  assert.equal((await text(stage)).split(String(grace.refreshToken)).length, 2, 'hers stands there twice');
});
