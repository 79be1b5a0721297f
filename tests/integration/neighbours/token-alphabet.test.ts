import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, accountOf } from '../../support/login/signed-in.ts';
import { presented } from './kit.ts';

for (const next of ['1|abcDEF0123456789', 'v1:abc:def', 'rt!abc$%&*', 'tök']) {
  test(`a refresh token of other letters is still a login: ${next}`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock } = stage;
    server.setMood({
      endpoint: 'token',
      times: 1,
      behaviour: { kind: 'change', fields: { refresh_token: next } },
    });
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    clock.advance(8 * HOUR);
    assert.equal(accountOf(login).refreshable, true, 'it is taken for not refreshable, for good');
    await login.refresh('default');
    assert.ok(presented.includes(next));
  });
}
for (const odd of [' ', '\n']) {
  test(`a refresh token with white space round it: ${JSON.stringify(odd)}`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock } = stage;
    const first = await stage.credential();
    const at = presented.length;
    server.setMood({
      endpoint: 'token',
      times: 1,
      behaviour: { kind: 'change', fields: { refresh_token: `sk-ant-ort01-next${odd}` } },
    });
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    clock.advance(8 * HOUR);
    await login.refresh('default');
    assert.equal(
      presented.slice(at).filter((each) => each === first.refreshToken).length,
      1,
      'the spent token was presented again',
    );
  });
}
