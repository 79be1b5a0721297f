import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { EMPTY_RECORD, Vault } from '../../../src-main/vault/vault.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import {
  block,
  codes,
  graces,
  isHeld,
  iso,
  presented,
  received,
  text,
  times,
  twoPeople,
  write,
} from './kit.ts';

test('what is offered after a swap and its undoing is the login of that account', async (t) => {
  const stage = await signedIn(t);
  const { login, clock } = stage;
  const { ada, grace, at } = await twoPeople(stage);
  await write(stage, block('default', grace, at), block('work', ada, at));
  await login.catchUp();
  clock.advance(3 * HOUR);
  await login.refresh('default');
  await write(stage, block('default', ada, at), block('work', grace, at));
  await login.catchUp();
  await login.putBack('work');
  assert.ok(
    !(await text(stage)).slice((await text(stage)).indexOf('id: work')).includes(String(ada.refreshToken)),
    'Ada’s login is put back as Grace’s',
  );
  assert.ok(received.length > 0);
});

test('an entry is removed and another is given its id, then all is as before: nothing is lost', async (t) => {
  const keychain = new MemoryKeychain();
  const stage = await signedIn(t, { keychain });
  const { login, clock } = stage;
  const { ada, at } = await twoPeople(stage);
  clock.advance(3 * HOUR);
  await login.refresh('work');
  const g1 = received.at(-1) ?? '';
  await write(stage, block('work', ada, at));
  await login.catchUp();
  assert.notDeepEqual(
    await isHeld(g1, stage, keychain),
    [],
    'Grace’s living login is on no disk any more, and in no keychain',
  );
});

test('the twin of a login is renewed while its entry is out of the file for a moment', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile } = stage;
  const whole = await text(stage);
  const ada = await stage.credential();
  await writeAsOthersDo(
    configFile,
    `${whole.trimEnd()}\n${whole.slice(whole.indexOf('      - id: default')).replace('id: default', 'id: work')}`,
  );
  const both = await text(stage);
  await login.catchUp();
  clock.advance(8 * HOUR);
  stage.onTokenRequest = () => writeAsOthersDo(configFile, whole);
  await login.refresh('work');
  stage.onTokenRequest = () => Promise.resolve();
  await writeAsOthersDo(configFile, both);
  await login.catchUp();
  presented.length = 0;
  clock.advance(10 * SECOND);
  await login.refresh('work');
  await login.refresh('default');
  assert.equal(times(ada.refreshToken), 0);
});

test('another program signs in while what is put back is read from the keychain: that is offered in turn', async (t) => {
  let reads = 0;
  let during = () => Promise.resolve();
  class Slow extends MemoryKeychain {
    override async read() {
      // The first is for what is lost, and comes before anything is looked at.
      if (++reads === 2) await during();
      return super.read();
    }
  }
  const keychain = new Slow();
  const stage = await signedIn(t, { keychain });
  const grace = await graces(stage);
  await writeAsOthersDo(stage.configFile, 'providers:\n  anthropic: {}\n');
  await stage.login.catchUp();
  await stage.login.stop();
  const later = await stage.open({ keychain });
  reads = 0;
  during = () => write(stage, block('default', grace, iso(stage.clock.now() + 8 * HOUR)));
  await later.putBack('default');
  await later.catchUp();
  assert.ok(reads >= 2);
  assert.notDeepEqual(await isHeld(grace.refreshToken, stage, keychain), [], 'hers is nowhere any more');
});

test('neither what is put back nor a sign-in is written over what nobody has looked at', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const ours = await stage.credential();
  await login.stop();
  const [one, two] = [await graces(stage), await graces(stage)];
  await write(stage, block('default', one, iso(clock.now() + 8 * HOUR)));
  const whole = await text(stage);
  const vault = new Vault({ ...stage, keychain: null });
  assert.equal(await vault.putBack('default', ours, null, (old) => old), false);
  const answer = { credential: { ...two, id: 'default' }, sent: null, at: clock.now() };
  const change = () => EMPTY_RECORD;
  assert.equal((await vault.store({ ...answer, over: 'another', change }, null)).isInFile, false);
  assert.equal(await text(stage), whole);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-replaced']);
  await later.putBack('default');
  assert.ok((await text(stage)).includes(String(two.refreshToken)), 'what the sign-in brought was lost');
  assert.notDeepEqual(await isHeld(one.refreshToken, stage), []);
});
