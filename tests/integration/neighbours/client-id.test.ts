import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { block, codes, graces, iso, text, times, write } from './kit.ts';

for (const [name, change] of [
  ['dropped', (all: string) => all.replace(/ *client_id:.*\n/, '')],
  ['empty', (all: string) => all.replace(/client_id:.*/, 'client_id: ""')],
  [
    'upper case',
    (all: string) => all.replace(/client_id: (.*)/, (_, id: string) => `client_id: ${id.toUpperCase()}`),
  ],
] as const) {
  test(`another program rewrites our entry, its client_id ${name}: it is renewed all the same, or told`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, configFile } = stage;
    await writeAsOthersDo(configFile, change(await text(stage)));
    await login.catchUp();
    clock.advance(8 * HOUR);
    const outcome = await login.refresh('default');
    assert.equal(outcome.kind, 'refreshed');
  });
}

test('another program renews ours and leaves the client out: its successor is renewed', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const ours = await stage.credential();
  const theirs = await stage.foreignCredential();
  await write(stage, block('default', { ...theirs, clientId: '""' }, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), []);
  clock.advance(8 * HOUR);
  assert.equal((await login.refresh('default')).kind, 'refreshed');
  assert.equal(times(ours.refreshToken), 0);
  assert.equal(await server.refreshTokenState(theirs.refreshToken ?? ''), 'spent');
  assert.match(await text(stage), new RegExp(`client_id: "?${ours.clientId}`));
});

test('somebody else signs in over ours and leaves the client out: ours is offered once it is known', async (t) => {
  const stage = await signedIn(t);
  const { login, server, clock } = stage;
  const ours = await stage.credential();
  await write(
    stage,
    block('default', { ...(await graces(stage)), clientId: '""' }, iso(clock.now() + 8 * HOUR)),
  );
  await login.catchUp();
  login.keep();
  const lost = await until('ours to be offered', () =>
    login.snapshot.accounts.find(({ id, troubles }) => id !== 'default' && troubles.length > 0),
  );
  assert.deepEqual(codes(login, lost.id), ['entry-removed']);
  assert.equal(await server.refreshTokenState(ours.refreshToken ?? ''), 'live');
});

test('one of another client is told, and neither taken for ours nor presented', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const theirs = { ...(await stage.foreignCredential()), clientId: '00000000-0000-4000-8000-000000000000' };
  await write(stage, block('default', theirs, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  clock.advance(8 * HOUR);
  assert.deepEqual(await login.refresh('default'), { kind: 'entry-lost' });
  assert.equal(times(theirs.refreshToken), 0);
});
