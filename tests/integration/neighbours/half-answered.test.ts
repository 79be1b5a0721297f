import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { times } from './kit.ts';

for (const [what, fields] of Object.entries({
  'no access token': { access_token: null },
  'an access token in a list': { access_token: ['x'] },
  'a token with a line break at its end': { access_token: 'sk-ant-oat01-abc\n' },
})) {
  test(`a 200 answer with ${what} and a new refresh token`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock } = stage;
    const first = await stage.credential();
    login.keep();
    server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'change', fields } });
    clock.advance(8 * HOUR);
    await login.refresh('default');
    clock.advance(10 * 60_000);
    await login.refresh('default');
    assert.equal(times(first.refreshToken), 1, 'the answer told that it is spent');
  });
}
