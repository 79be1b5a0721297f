import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.mjs';

/**
 * A tar.gz from electron-builder's folder, with nothing but `tar` and `gzip`; the same bytes for the same folder.
 *
 * @param {{ unpacked: string, output: string, arch: string, version: string, date: number }} options `output` is a
 *   folder; `date` in seconds
 * @returns {string} its path
 * @throws {SetUpError}
 */
export function makeTarball({ unpacked, output, arch, version, date }) {
  const name = `Latchkey-${version}-linux-${arch}`;
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tar-'));
  try {
    cpSync(unpacked, join(folder, name), { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(folder, name, 'resources', 'package-type'), 'tar.gz');
    const file = join(output, `${name}.tar.gz`);
    mkdirSync(output, { recursive: true });
    const sameEverywhere = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go+r-w'];
    const args = [...sameEverywhere, `--mtime=@${date}`, '--use-compress-program=gzip -6n'];
    runTool('tar', ['-C', folder, ...args, '-cf', file, name]);
    return file;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
