import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { block, codes, graces, iso, text, write, twoPeople } from './kit.ts';

test('a sign-in leaves an adopted login of which nobody knows yet whose it is', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const grace = await graces(stage);
  await write(stage, block('default', grace, iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await login.signIn();
  assert.equal(await server.refreshTokenState(grace.refreshToken ?? ''), 'live');
  assert.ok((await text(stage)).includes(grace.refreshToken ?? ''), "Grace's login is gone");
});

test("signing out of an id that was swapped a moment ago removes nobody else's login", async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  // The person still sees Ada under `default`, and signs her out.
  await write(stage, block('default', grace, at), block('work', ada, at));
  await assert.rejects(login.signOut('default'), { name: 'FailureError' });
  assert.ok((await text(stage)).includes(grace.refreshToken ?? ''), 'somebody else was signed out');
});

test("one is renewed and signed out by two processes at once: the other's entry stays", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  await twoPeople(stage);
  const other = await stage.open();
  clock.advance(8 * HOUR);
  await Promise.all([login.refresh('default'), other.signOut('default'), login.refresh('work')]);
  await login.catchUp();
  assert.deepEqual(
    login.snapshot.accounts.map(({ id }) => id),
    ['work'],
  );
  assert.deepEqual(codes(login, 'work'), []);
  clock.advance(3 * SECOND);
  assert.equal((await login.refresh('work')).kind, 'refreshed');
});

test('a sign-in as somebody else while the same id is being renewed leaves two logins that live', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const other = await stage.open({
    openBrowser: (url) => approve(url, { person: GRACE.uuid }),
    callbackPort: 18_999,
  });
  clock.advance(8 * HOUR);
  await Promise.all([login.refresh('default'), other.signIn('default')]);
  await login.catchUp();
  assert.equal(login.snapshot.accounts.length, 2);
  for (const { id } of login.snapshot.accounts) {
    assert.deepEqual(codes(login, id), []);
    clock.advance(3 * SECOND);
    assert.equal((await login.refresh(id)).kind, 'refreshed');
  }
});
