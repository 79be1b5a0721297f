import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { until } from '../../support/desktop/until.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, block, codes, graces, iso, write } from './kit.ts';

test("a person may put Grace's login in the place of Ada's, and Ada's back", async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const [ada, grace] = [await stage.credential(), await graces(stage)];
  const at = iso(clock.now() + 8 * HOUR);
  login.keep();
  await write(stage, block('default', grace, at));
  await login.catchUp();
  await until('her name', () => (account(login).owner?.email === 'grace@example.org' ? true : undefined));
  await login.catchUp();
  await write(stage, block('default', ada, at));
  await login.catchUp();
  assert.deepEqual(codes(login), [], 'a living login is called old');
});
