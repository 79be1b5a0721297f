import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { KeptCopy } from '../../../src-main/vault/keychain/keychain.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';

/** One that says yes, and may keep nothing all the same. */
class ForgetfulKeychain extends MemoryKeychain {
  isForgetful = false;

  override async keep(copies: readonly KeptCopy[]): Promise<void> {
    if (!this.isForgetful) await super.keep(copies);
  }
}

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: the keychain says that it took what a renewal brought, and does not have it`, async (t) => {
    const secrets = new ForgetfulKeychain();
    const stage = await signedIn(t, { secrets });
    await stage.login.storage.move('default', storage);
    stage.clock.advance(8 * HOUR);
    stage.onTokenRequest = () => {
      secrets.isForgetful = true;
      return Promise.resolve();
    };
    await stage.login.refresh('default');
    await stage.login.stop();
    stage.onTokenRequest = () => Promise.resolve();
    secrets.isForgetful = false;
    const later = await stage.open({ secrets });
    await later.catchUp();
    stage.clock.advance(8 * HOUR);
    assert.equal((await later.refresh('default')).kind, 'refreshed', 'what was brought is nowhere');
  });
}
