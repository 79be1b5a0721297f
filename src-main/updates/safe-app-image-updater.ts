import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { UpdateError } from './update-error.ts';

/**
 * electron-updater's own way takes the old program away before the new one is there, and then starts that: whoever pulls
 * the plug in between has none. Here the new one is complete beside the old one before it takes its place, under the same
 * name, which menu entries and the autostart entry know, and is not started.
 */
export class SafeAppImageUpdater extends AppImageUpdater {
  /** Where it cannot be put in place it can be told. */
  override isUpdaterActive(): boolean {
    return true;
  }

  protected override doInstall(): boolean {
    const program = process.env['APPIMAGE'];
    const { installerPath, downloadedUpdateHelper } = this;
    const expected = downloadedUpdateHelper?.downloadedFileInfo?.sha512;
    if (program === undefined || installerPath == null || expected === undefined) {
      throw new UpdateError('not-put-in-place');
    }
    putInPlace(installerPath, program, expected);
    rmSync(installerPath, { force: true });
    return true;
  }
}

/**
 * Replaces a program by a file of the expected digest (SHA-512 in base64). Whenever this is cut off, one of the two is
 * there, whole.
 *
 * @throws what the system says; UpdateError `file-wrong`
 */
export function putInPlace(file: string, program: string, expected: string): void {
  const beside = `${program}.new`;
  try {
    copyFileSync(file, beside);
    // It was right when it came. Who knows for how long it lay there.
    const digest = createHash('sha512').update(readFileSync(beside)).digest('base64');
    if (digest !== expected) throw new UpdateError('file-wrong');
    chmodSync(beside, (statSync(program).mode & 0o777) | 0o500);
    const handle = openSync(beside, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, program);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
