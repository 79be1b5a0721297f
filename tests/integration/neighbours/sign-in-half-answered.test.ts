import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../../support/login/signed-in.ts';
import { codes } from './kit.ts';

test('a sign-in brings what renews a login and no access token: that is asked for with it', async (t) => {
  const { login, server } = await signedIn(t);
  await login.signOut('default');
  const behaviour = { kind: 'change', fields: { access_token: null } } as const;
  server.setMood({ endpoint: 'token', times: 1, behaviour });
  await login.signIn();
  assert.equal(login.snapshot.signIn?.phase, 'succeeded', 'the login lives, and is nowhere');
  assert.deepEqual(codes(login), []);
});
