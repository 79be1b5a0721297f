import {
  copyFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ELECTRON_PACKAGES } from '../set-up/apt.mjs';
import { root } from '../set-up/paths.mjs';
import { layOutDebian } from './debian-tree.mjs';
import { runTool } from './run-tool.mjs';
import { sizeOf } from './size-of.mjs';

/** What is needed where the app itself does without: a browser, and links to it. */
const ALSO = [['xdg-utils']];

/** What compressing costs is minutes; the last tenth of the size would be most of them. */
const LEVELS = { xz: 1, none: 0 };

/** Debian's names for processors. @type {Readonly<Record<string, string>>} */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/**
 * A deb from electron-builder's folder, with nothing but `dpkg-deb`: electron-builder's own way takes a tool that it
 * fetches, and a package that nobody could make here would be one that nobody has installed in a test.
 *
 * @param {{ unpacked: string, output: string, arch: string, version: string, date: number,
 *   compression?: 'xz' | 'none' }} options `output` is a folder; `date` in seconds
 * @returns {string} its path
 * @throws {SetUpError}
 */
export function makeDeb({ unpacked, output, arch, version, date, compression = 'xz' }) {
  const architecture = ARCHITECTURES[arch];
  if (architecture === undefined) throw new Error(`Debian has no name for ${arch}`);
  const tree = mkdtempSync(join(tmpdir(), 'latchkey-deb-'));
  try {
    layOutDebian(unpacked, tree);
    const control = join(tree, 'DEBIAN');
    const installedSize = Math.ceil(sizeOf(tree) / 1024);
    mkdirSync(control);
    writeFileSync(join(control, 'control'), controlFile({ version, architecture, installedSize }));
    for (const script of ['postinst', 'postrm']) {
      copyFileSync(join(root, 'assets', 'app', 'linux', script), join(control, script));
      chmodSync(join(control, script), 0o755);
    }
    const file = join(output, `latchkey_${version}_${architecture}.deb`);
    mkdirSync(output, { recursive: true });
    runTool(
      'dpkg-deb',
      ['--root-owner-group', `-Z${compression}`, `-z${LEVELS[compression]}`, '--build', tree, file],
      {
        ...process.env,
        SOURCE_DATE_EPOCH: String(date),
      },
    );
    return file;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** @param {{ version: string, architecture: string, installedSize: number }} facts */
function controlFile({ version, architecture, installedSize }) {
  /** @type {{ description: string }} */
  const { description } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const depends = [...ELECTRON_PACKAGES, ...ALSO].map((names) => names.toReversed().join(' | '));
  return [
    'Package: latchkey',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Section: utils',
    'Priority: optional',
    'Maintainer: The Latchkey contributors <latchkey@localhost>',
    `Installed-Size: ${installedSize}`,
    `Depends: ${depends.join(', ')}`,
    'Recommends: gnome-keyring | kwalletmanager',
    `Description: ${description[0]?.toLowerCase()}${description.slice(1)}`,
    ' One click signs in; tokens are renewed by themselves and kept in a file that',
    ' other programs share. The command latchkey does the same in a terminal.',
    '',
  ].join('\n');
}
