import { setTimeout as sleep } from 'node:timers/promises';
import { interleave, start } from './apps.ts';
import { median } from './figure.ts';
import { memoryOf } from './load.ts';
import { signIn } from './signed-in.ts';
for (const who of ['out', 'in'] as const) {
  await using login = await signIn();
  const memory = await interleave(4, async (name) => {
    await using app = who === 'in' ? start(name, login.environment) : start(name);
    await app.tray();
    await sleep(10_000);
    return memoryOf(app).all;
  });
  console.log(who, median(memory.latchkey).toFixed(1), median(memory.bare).toFixed(1));
}
