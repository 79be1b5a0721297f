import { dirname, join, relative } from 'node:path';
import { nameAnnouncement } from './packaging/announcements.mjs';
import { DIST_USAGE, readDistArguments } from './packaging/arguments.mjs';
import { makeDeb } from './packaging/deb.mjs';
import { electronIn, writeEvidence } from './packaging/evidence.mjs';
import { packageVersion } from './packaging/package-version.mjs';
import { releaseOptions } from './packaging/release-options.mjs';
import { sourceDate } from './packaging/source-date.mjs';
import { makeTarball } from './packaging/tarball.mjs';
import { isInstalled, mayReachTools, TOOL_HOST } from './packaging/tools.mjs';
import { attach } from './run/attach.mjs';
import { main } from './run/main.mjs';
import { programEnvironment } from './set-up/environment.mjs';
import { nodeExecutable } from './set-up/node.mjs';
import { packageProgram } from './set-up/package-program.mjs';
import { root } from './set-up/paths.mjs';
import { STAND_IN_VERSION, electronRuntime } from './set-up/runtime.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';
import { setUpElectron } from './set-up/set-up.mjs';

const output = join(root, 'dist');

/**
 * `npm run dist`: packages for this platform and processor, which keytar was compiled for, in `dist/`, as far as the network goes; it
 * says what is missing, and why.
 */
await main(async (words) => {
  const wanted = readDistArguments(words);
  if (wanted === null) {
    process.stderr.write(DIST_USAGE);
    return 2;
  }
  await setUpElectron();
  const date = sourceDate(process.env);
  const runtime = electronRuntime();
  const release = releaseOptions(process.env);
  const standIn = runtime?.standIn ? standInOptions(dirname(runtime.executable)) : null;

  /** @type {string[]} */
  const made = [];
  /** @type {string[]} */
  const missing = [];
  if (process.platform === 'linux') await packForLinux();
  else await build();
  nameAnnouncement(output, process.platform, process.arch);
  if (runtime !== null) {
    const electron = electronIn(dirname(runtime.executable));
    made.push(...(await writeEvidence({ output, version: packageVersion(), electron, date })));
  }
  for (const file of made) process.stdout.write(`Made ${relative(root, file)}\n`);
  if (standIn !== null) {
    process.stdout.write(
      `In it is Electron ${STAND_IN_VERSION} from npm, for trying a package on this machine: the app talks to this computer only.\n`,
    );
  }
  if (missing.length > 0) process.stdout.write(`Not made: ${missing.join('; ')}.\n`);
  return wanted.whole && missing.length > 0 ? 1 : 0;

  async function packForLinux() {
    const { arch } = process;
    await build('--linux', 'dir', `--${arch}`, ...(standIn ?? []));
    const unpacked = join(output, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
    const facts = { unpacked, output, arch, version: packageVersion(), date };
    if (isInstalled('dpkg-deb')) made.push(makeDeb(facts));
    else missing.push('a deb: dpkg-deb is not installed');
    made.push(makeTarball(facts));
    if (standIn !== null) {
      missing.push(
        "AppImage and rpm: Electron's release host is out of reach, and its stand-in is for nobody else",
      );
    } else if (await mayReachTools(process.env)) {
      await build('--linux', 'AppImage', 'rpm', `--${arch}`, '--prepackaged', unpacked);
    } else {
      missing.push(
        `AppImage and rpm: electron-builder fetches its tools from ${TOOL_HOST}, out of reach here`,
      );
    }
  }

  /** Has electron-builder pack. @param {readonly string[]} options */
  async function build(...options) {
    const code = await attach(
      nodeExecutable(),
      [packageProgram('electron-builder'), '--publish', 'never', ...release, ...options],
      { ...programEnvironment(process.env), SOURCE_DATE_EPOCH: String(date) },
    );
    if (code !== 0) throw new SetUpError(`electron-builder ended with ${code}; what it said stands above.`);
  }
});

/** @param {string} folder @returns {string[]} */
function standInOptions(folder) {
  return [`--config.electronDist=${folder}`, `--config.electronVersion=${STAND_IN_VERSION}`];
}
