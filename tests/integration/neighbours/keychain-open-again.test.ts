import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { accountOf, signedIn } from '../../support/login/signed-in.ts';
import { codes, presented, settled } from './kit.ts';

/** One that shows a dialogue to whoever asks it while it is locked. */
class DialogueKeychain extends MemoryKeychain {
  dialogues = 0;

  protected override asked(): Promise<void> {
    if (this.isLocked) this.dialogues += 1;
    return super.asked();
  }
}

/** Somebody's sign-in whose secrets the keychain alone has. */
async function hidden(t: TestContext) {
  const secrets = new DialogueKeychain();
  const stage = await signedIn(t, { secrets });
  await stage.login.storage.move('default', 'access-only');
  await stage.login.stop();
  const open = async () => {
    const login = await stage.open({ secrets });
    await login.catchUp();
    return login;
  };
  return { ...stage, secrets, open };
}

test('the keychain was locked at the start of an agent, and is opened: nobody has to press anything', async (t) => {
  const { secrets, clock, open } = await hidden(t);
  secrets.isLocked = true;
  const agent = await open();
  agent.keep();
  await settled(agent);
  assert.deepEqual(codes(agent), ['secret-locked']);
  secrets.isLocked = false;
  const before = presented.length;
  for (let hours = 0; hours < 10; hours++) {
    clock.advance(HOUR);
    await settled(agent, 50);
  }
  assert.equal(presented.length - before, 1);
  assert.deepEqual(codes(agent), []);
  assert.ok((accountOf(agent).accessExpiresAt ?? 0) > clock.now());
});

test('while it stays locked its dialogue is shown seldom, and ever more so', async (t) => {
  const { secrets, clock, open } = await hidden(t);
  clock.advance(8 * HOUR);
  secrets.isLocked = true;
  const login = await open();
  login.keep();
  await settled(login);
  const shownIn = async (minutes: number) => {
    const before = secrets.dialogues;
    for (let passed = 0; passed < minutes; passed += 5) {
      clock.advance(5 * MINUTE);
      await settled(login, 20);
    }
    return secrets.dialogues - before;
  };
  assert.equal(await shownIn(10), 0);
  const inAnHour = await shownIn(50);
  assert.ok(inAnHour >= 1 && inAnHour <= 2, `${inAnHour} dialogues in an hour`);
  const inADay = await shownIn(23 * 60);
  assert.ok(inADay >= 3 && inADay <= 6, `${inADay} dialogues in the day after`);
});

test('opened some minutes after an agent has started: it renews before long, and at once for whoever asks it', async (t) => {
  for (const isAsked of [false, true]) {
    const { secrets, clock, open } = await hidden(t);
    clock.advance(8 * HOUR);
    secrets.isLocked = true;
    const agent = await open();
    agent.keep();
    await settled(agent);
    clock.advance(6 * MINUTE);
    await settled(agent);
    secrets.isLocked = false;
    clock.advance(5 * MINUTE);
    await settled(agent);
    const before = presented.length;
    if (isAsked) await agent.accessToken('default', MINUTE);
    for (let minutes = 0; minutes < 30; minutes++) {
      clock.advance(MINUTE);
      await settled(agent, 20);
    }
    assert.equal(presented.length - before, 1);
  }
});

test('refused while it was locked: whoever asks for a token once it is open gets one at once', async (t) => {
  const { secrets, clock, open } = await hidden(t);
  clock.advance(8 * HOUR);
  secrets.isLocked = true;
  for (let times = 0; times < 6; times++) {
    const cron = await open();
    await assert.rejects(cron.accessToken('default', MINUTE), /secret-locked/);
    clock.advance(HOUR);
  }
  secrets.isLocked = false;
  const before = presented.length;
  await (await open()).accessToken('default', MINUTE);
  assert.equal(presented.length - before, 1);
});

test('a token that lasts is given out as it is: nobody is shown a dialogue for it', async (t) => {
  const { secrets, clock, open } = await hidden(t);
  secrets.isLocked = true;
  const agent = await open();
  const before = secrets.dialogues;
  for (let times = 0; times < 3; times++) {
    clock.advance(HOUR);
    await agent.accessToken('default', MINUTE);
  }
  assert.equal(secrets.dialogues, before);
});
