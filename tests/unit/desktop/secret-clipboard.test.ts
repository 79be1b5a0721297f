import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecretClipboard } from '../../../src-main/desktop/secret-clipboard.ts';
import { MINUTE } from '../../../src-main/domain/instant.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function setUp() {
  const clock = new FakeClock(0);
  const system = { text: 'what was there' };
  const secrets = new SecretClipboard(
    {
      readText: () => Promise.resolve(system.text),
      writeConcealed: (text) => {
        system.text = text;
        return Promise.resolve();
      },
      clear: () => (system.text = ''),
    },
    (milliseconds, call) => clock.after(milliseconds, call),
  );
  return { clock, system, secrets };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a secret leaves the clipboard after a minute, and not sooner', async () => {
  const { clock, system, secrets } = setUp();
  await secrets.copy('a secret');
  clock.advance(MINUTE - 1);
  await settle();
  assert.equal(system.text, 'a secret');
  assert.equal(secrets.isHolding, true);
  clock.advance(1);
  await settle();
  assert.equal(system.text, '');
  assert.equal(secrets.isHolding, false);
});

test('what a person has copied since stays', async () => {
  const { clock, system, secrets } = setUp();
  await secrets.copy('a secret');
  system.text = 'a recipe';
  clock.advance(MINUTE);
  await settle();
  assert.equal(system.text, 'a recipe');
});

test('a second secret has a minute of its own', async () => {
  const { clock, system, secrets } = setUp();
  await secrets.copy('the first');
  clock.advance(MINUTE / 2);
  await secrets.copy('the second');
  clock.advance(MINUTE - 1);
  await settle();
  assert.equal(system.text, 'the second');
  clock.advance(1);
  await settle();
  assert.equal(system.text, '');
});

test('at a quit it is taken away at once, and no timer is left', async () => {
  const { clock, system, secrets } = setUp();
  await secrets.copy('a secret');
  await secrets.takeAway();
  assert.equal(system.text, '');
  system.text = 'a secret';
  clock.advance(MINUTE);
  await settle();
  assert.equal(system.text, 'a secret');
});

/** A clipboard that answers when the test says so, as Electron's does since it answers by promise. */
function slow() {
  const clock = new FakeClock(0);
  const system = { text: '' };
  const open: (() => void)[] = [];
  const later = <T>(work: () => T) =>
    new Promise<T>((resolve) => {
      open.push(() => resolve(work()));
    });
  const secrets = new SecretClipboard(
    {
      readText: () => later(() => system.text),
      writeConcealed: (text) => later(() => void (system.text = text)),
      clear: () => (system.text = ''),
    },
    (milliseconds, call) => clock.after(milliseconds, call),
  );
  const answer = async () => {
    await settle();
    while (open.length > 0) {
      open.shift()?.();
      await settle();
    }
  };
  return { clock, system, secrets, answer };
}

test('of two quick copies the second is there, for a minute of its own, and the first is not', async () => {
  const { clock, system, secrets, answer } = slow();
  const both = [secrets.copy('the first'), secrets.copy('the second')];
  await answer();
  await Promise.all(both);
  assert.equal(system.text, 'the second');
  clock.advance(MINUTE);
  await answer();
  assert.equal(system.text, '');
  assert.equal(clock.untilNext, Infinity);
});

test('while a secret is being written, or taken away, there is something to wait for', async () => {
  const { system, secrets, answer } = slow();
  const copying = secrets.copy('a secret');
  assert.equal(secrets.isHolding, true);
  const taking = secrets.takeAway();
  await answer();
  await Promise.all([copying, taking]);
  assert.equal(secrets.isHolding, false);
  assert.equal(system.text, '');
});
