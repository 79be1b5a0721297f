import assert from 'node:assert/strict';
import type { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { watchInterfaces } from '../../../src-main/network/interface-watch.ts';

type List = ReturnType<typeof networkInterfaces>;

/** As Node fails where a sandbox lets nothing ask. */
function refused(): never {
  throw Object.assign(new Error('uv_interface_addresses returned Unknown system error 97'), {
    code: 'ERR_SYSTEM_ERROR',
  });
}

test('a change is told, and that the system does not tell is none', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let list: () => List = () => ({ lo: [] });
  let changes = 0;
  const unwatch = watchInterfaces(
    () => changes++,
    () => list(),
  );
  for (const [present, told] of [
    [() => ({ lo: [] }), 0],
    [refused, 0],
    [() => ({ lo: [] }), 0],
    [() => ({ lo: [], eth0: [] }), 1],
  ] as const) {
    list = present;
    t.mock.timers.tick(2000);
    assert.equal(changes, told);
  }
  unwatch();
});

test('where the system never tells, nothing fails and nothing changes', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const unwatch = watchInterfaces(() => assert.fail('nothing has changed'), refused);
  t.mock.timers.tick(10_000);
  unwatch();
});
