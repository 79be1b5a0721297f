import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { setUpTests } from './set-up/set-up.mjs';

/** `npm run bench`: measures the figures of docs/performance.md anew. */
await main(async (args) => {
  await setUpTests();
  return attach(nodeExecutable(), ['tests/bench/main.ts', ...args], programEnvironment(process.env));
});
