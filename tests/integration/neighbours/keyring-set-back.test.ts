import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import type { Copy, KeptCopy } from '../../../src-main/vault/keychain/keychain.ts';
import { ENGLISH } from '../../../src-main/terminal/english.ts';
import { describeFailure } from '../../../src-main/words/failure-words.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn } from '../../support/login/signed-in.ts';
import { account, codes } from './kit.ts';

/** One that can be read, and takes nothing while its dialogue is put away. */
class ReadOnlyKeychain extends MemoryKeychain {
  takesNothing = false;

  override async keep(copies: readonly KeptCopy[]): Promise<void> {
    if (this.takesNothing) throw new FailureError({ code: 'keychain-unavailable', reason: 'locked' });
    await super.keep(copies);
  }
}

for (const storage of ['access-only', 'keychain'] as const) {
  test(`${storage}: the keyring is set back to an older one while we run: what we hold goes in again`, async (t) => {
    const secrets = new MemoryKeychain();
    const stage = await signedIn(t, { secrets });
    const { login, clock } = stage;
    await login.storage.move('default', storage);
    const backup = [...secrets.copies];
    clock.advance(8 * HOUR);
    await login.refresh('default');
    for (const [id, copy] of backup) secrets.copies.set(id, copy);
    clock.advance(8 * HOUR);
    assert.equal((await login.refresh('default')).kind, 'refreshed');
    const later = await stage.open({ secrets });
    await later.catchUp();
    assert.deepEqual(codes(later), []);
  });

  test(`${storage}: the keyring is emptied, and takes nothing just then: what we hold goes in later`, async (t) => {
    const secrets = new ReadOnlyKeychain();
    const stage = await signedIn(t, { secrets });
    const { login, clock } = stage;
    await login.storage.move('default', storage);
    secrets.copies.clear();
    secrets.takesNothing = true;
    clock.advance(8 * HOUR);
    await login.refresh('default');
    assert.deepEqual(codes(login), ['secret-locked']);
    secrets.takesNothing = false;
    await login.storage.askKeychain();
    assert.deepEqual(codes(login), []);
    assert.equal(secrets.copies.size, 1);
  });
}

/** One that says while it is closed that there is nothing in it, as KeePassXC does. */
class SilentKeychain extends MemoryKeychain {
  isClosed = false;

  override async read(): Promise<readonly Copy[]> {
    return this.isClosed ? [] : super.read();
  }
}

test('a password manager that is closed says that it has nothing: that is told as possible, and it goes on', async (t) => {
  const secrets = new SilentKeychain();
  const stage = await signedIn(t, { secrets });
  await stage.login.storage.move('default', 'access-only');
  await stage.login.stop();
  secrets.isClosed = true;
  const later = await stage.open({ secrets });
  await later.catchUp();
  const [trouble] = account(later).troubles;
  assert.match(describeFailure(ENGLISH, trouble ?? assert.fail()).explanation, /password manager/);
  secrets.isClosed = false;
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(codes(later), []);
});
