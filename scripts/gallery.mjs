import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { setUpPackages } from './set-up/set-up.mjs';

/** `npm run gallery`: every state of the window, as one page and as pictures, in `artifacts/gallery/`. */
await main(async (args) => {
  await setUpPackages();
  return attach(
    nodeExecutable(),
    ['src-renderer/gallery/shoot.mjs', ...args],
    programEnvironment(process.env),
  );
});
