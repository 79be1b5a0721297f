import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { text, times } from './kit.ts';

/** What a process that slept remembers of the id is another person's login, and nobody can read the file as it wakes. */
for (const storage of ['config-file', 'access-only', 'keychain'] as const) {
  test(`somebody else signs in while a process sleeps: it goes on with theirs (${storage})`, async (t) => {
    const [keychain, secrets] = [new MemoryKeychain(), new MemoryKeychain()];
    const stage = await signedIn(t, { keychain, secrets });
    const { login: asleep, clock, configFile } = stage;
    const adas = await stage.credential();
    const other = await stage.open({
      keychain,
      secrets,
      callbackPort: 18_850,
      openBrowser: (url) => approve(url, { person: GRACE.uuid }),
    });
    await other.signOut('default');
    await other.signIn('default');
    if (storage !== 'config-file') await other.storage.move('default', storage);
    await other.stop();
    const whole = await text(stage);
    await writeAsOthersDo(configFile, `${whole}\n\t: [`);
    clock.advance(7.9 * HOUR);
    await asleep.resume();
    await asleep.catchUp();
    await asleep.refresh('default');
    assert.equal(times(adas.refreshToken), 0);
    const given = await asleep.accessToken('default', SECOND).catch(() => null);
    assert.notEqual(given, adas.accessToken);

    await writeAsOthersDo(configFile, whole);
    await asleep.catchUp();
    await asleep.stop();
    const later = await stage.open({ keychain, secrets });
    await later.catchUp();
    clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
  });
}
