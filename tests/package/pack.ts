import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeDeb } from '../../scripts/packaging/deb.mjs';
import { packageProgram } from '../../scripts/set-up/package-program.mjs';
import { root } from '../../scripts/set-up/paths.mjs';
import { electronRuntime, STAND_IN_VERSION } from '../../scripts/set-up/runtime.mjs';

const run = promisify(execFile);

/** The folder that `npm run dist` makes packages of, for this platform; `options` go to electron-builder. */
export async function packFolder(...options: readonly string[]): Promise<string> {
  const runtime = electronRuntime();
  if (runtime === null) throw new Error('Electron is missing: npm test fetches it');
  const output = mkdtempSync(join(tmpdir(), 'dist-'));
  await run(
    process.execPath,
    [
      packageProgram('electron-builder'),
      '--dir',
      '--publish=never',
      `--config.directories.output=${output}`,
      `--config.electronDist=${dirname(runtime.executable)}`,
      ...(runtime.standIn ? [`--config.electronVersion=${STAND_IN_VERSION}`] : []),
      ...options,
    ],
    { cwd: root },
  );
  return join(output, 'linux-unpacked');
}

/** The deb of that folder, uncompressed, which is quicker. */
export function packDeb(unpacked: string, version: string): string {
  const output = mkdtempSync(join(tmpdir(), 'deb-'));
  return makeDeb({ unpacked, output, arch: process.arch, version, date: 1_700_000_000, compression: 'none' });
}
