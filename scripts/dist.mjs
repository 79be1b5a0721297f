import { dirname } from 'node:path';
import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { packageProgram } from './set-up/package-program.mjs';
import { STAND_IN_VERSION, electronRuntime } from './set-up/runtime.mjs';
import { setUpElectron } from './set-up/set-up.mjs';

/** `npm run dist`: the packages electron-builder.yml names for this platform, in `dist/`. */
await main(async (args) => {
  await setUpElectron();
  const runtime = electronRuntime();
  const fromStandIn = runtime?.standIn ? standInOptions(dirname(runtime.executable)) : [];
  if (runtime?.standIn) {
    process.stderr.write(
      `Electron's release host was out of reach: packing the stand-in (Electron ${STAND_IN_VERSION} from npm) into\n` +
        'a plain folder. It is for trying the package on this machine: the app in it talks to this computer only.\n',
    );
  }
  return attach(
    nodeExecutable(),
    [packageProgram('electron-builder'), '--publish', 'never', ...fromStandIn, ...args],
    programEnvironment(process.env),
  );
});

/** @param {string} folder @returns {string[]} */
function standInOptions(folder) {
  return ['--dir', `--config.electronDist=${folder}`, `--config.electronVersion=${STAND_IN_VERSION}`];
}
