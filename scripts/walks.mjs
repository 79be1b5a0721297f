import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { setUpPackages } from './set-up/set-up.mjs';

/** `npm run walks [-- --seeds 1-200]`: random orders of events, and whether a login was lost (docs/reliability.md). */
await main(async (args) => {
  await setUpPackages();
  return attach(nodeExecutable(), ['tests/walks/main.ts', ...args], programEnvironment(process.env));
});
