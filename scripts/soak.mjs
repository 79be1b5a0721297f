import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { setUpPackages } from './set-up/set-up.mjs';

/** `npm run soak [-- --minutes N]`: the endurance run, whose last result stands in docs/reliability.md. */
await main(async (args) => {
  await setUpPackages();
  return attach(nodeExecutable(), ['tests/soak/main.ts', ...args], programEnvironment(process.env));
});
