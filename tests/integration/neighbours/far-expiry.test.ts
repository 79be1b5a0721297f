import { test } from 'node:test';
import { DAY } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { block, graces, write } from './kit.ts';

test("another program's login is renewed although its expires_at is years ahead", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const grace = await graces(stage);
  await write(stage, block('default', grace, '2099-01-01T00:00:00Z'));
  login.keep();
  await login.catchUp();
  clock.advance(27 * DAY);
  await until('the renewal', async () =>
    (await stage.server.refreshTokenState(grace.refreshToken ?? '')) === 'spent' ? true : undefined,
  );
  await until('the new token in the file', async () =>
    (await stage.credential()).refreshToken === grace.refreshToken ? undefined : true,
  );
});
