import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { account, block, iso, kinds, text, twoPeople, write, renewedByAnother } from './kit.ts';

for (const wasAway of [false, true]) {
  test(`another program renews an entry that ${wasAway ? 'was away for a while' : 'was always there'}, and the one of somebody else is lost then: that is offered`, async (t) => {
    const stage = await signedIn(t);
    const { clock, login, server } = stage;
    const { ada, grace, at } = await twoPeople(stage);
    const whole = await text(stage);
    if (wasAway) {
      await write(stage, block('work', grace, at));
      await login.catchUp();
      await writeAsOthersDo(stage.configFile, whole);
      await login.catchUp();
      assert.deepEqual(kinds(login).slice(-2), ['removed', 'put-back']);
    }
    // The service does not tell whose it is, as where a token has not got the scope.
    server.setMood({ endpoint: 'profile', times: 99, behaviour: REFUSALS.scopeMissing });
    clock.advance(HOUR);
    const second = await renewedByAnother(stage, ada);
    const end = iso(clock.now() + 8 * HOUR);
    await write(stage, block('default', second, end), block('work', grace, at));
    await login.catchUp();
    await write(stage, block('default', second, end));
    await login.catchUp();
    assert.deepEqual(account(login, 'work').troubles, [
      { code: 'entry-removed', path: stage.configFile, copy: true },
    ]);
    await login.putBack('work');
    assert.ok((await text(stage)).includes(String(grace.refreshToken)));
  });
}
