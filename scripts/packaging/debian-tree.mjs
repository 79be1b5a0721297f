import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { notices } from '../pack/notices.mjs';
import { programEnvironment } from '../set-up/environment.mjs';
import { nodeExecutable } from '../set-up/node.mjs';
import { root } from '../set-up/paths.mjs';

const FROM = join(root, 'assets', 'app');
const COMMAND = join(root, 'out', 'terminal', 'latchkey.cjs');

/** Where bash, zsh and fish look for it. */
const COMPLETIONS = {
  bash: 'usr/share/bash-completion/completions/latchkey',
  zsh: 'usr/share/zsh/vendor-completions/_latchkey',
  fish: 'usr/share/fish/vendor_completions.d/latchkey.fish',
};

/**
 * Lays out what the deb installs: the app in /opt, as electron-builder's own packages have it, and what makes it a
 * program of the system.
 *
 * @param {string} unpacked electron-builder's folder
 * @param {string} tree made
 */
export function layOutDebian(unpacked, tree) {
  const at = (/** @type {string} */ path) => {
    const whole = join(tree, path);
    mkdirSync(dirname(whole), { recursive: true });
    return whole;
  };
  const write = (/** @type {string} */ path, /** @type {string | Buffer} */ content) =>
    writeFileSync(at(path), content);

  cpSync(unpacked, at('opt/Latchkey'), { recursive: true, verbatimSymlinks: true });
  write('opt/Latchkey/resources/package-type', 'deb');
  copyFileSync(join(FROM, 'linux', 'apparmor-profile'), at('opt/Latchkey/resources/apparmor-profile'));
  symlinkSync('../../opt/Latchkey/latchkey', at('usr/bin/latchkey'));
  symlinkSync('../../opt/Latchkey/latchkey-app', at('usr/bin/latchkey-app'));

  copyFileSync(join(FROM, 'linux', 'latchkey.desktop'), at('usr/share/applications/latchkey.desktop'));
  for (const name of readdirSync(join(FROM, 'icons'))) {
    const [size] = name.split('.');
    copyFileSync(join(FROM, 'icons', name), at(`usr/share/icons/hicolor/${size}/apps/latchkey.png`));
  }
  copyFileSync(
    join(root, 'assets', 'icons', 'src', 'app.svg'),
    at('usr/share/icons/hicolor/scalable/apps/latchkey.svg'),
  );

  write('usr/share/man/man1/latchkey.1.gz', gzipped(printed(['man'])));
  for (const [shell, path] of Object.entries(COMPLETIONS)) write(path, printed(['completion', shell]));
  write('usr/share/doc/latchkey/changelog.gz', gzipped(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')));
  write('usr/share/doc/latchkey/copyright', copyright());
  setModes(tree);
}

/** Without a time in it: the same text gives the same file. @param {string} text */
function gzipped(text) {
  return gzipSync(text, { level: 9 });
}

/** What the command itself says. @param {readonly string[]} words */
function printed(words) {
  return execFileSync(nodeExecutable(), [COMMAND, ...words], {
    encoding: 'utf8',
    env: programEnvironment(process.env),
  });
}

/** Debian's `copyright`, and the licences of all that is in the app's archive. */
function copyright() {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const bundles = join(root, 'out', 'main');
  const maps = readdirSync(bundles).filter((name) => name.endsWith('.map'));
  return [
    'Latchkey',
    licence,
    "Electron's licence is in /opt/Latchkey/LICENSE.electron.txt, those of Chromium and of what that contains in\n" +
      '/opt/Latchkey/LICENSES.chromium.html.',
    notices(maps.map((name) => join(bundles, name))),
  ].join(`\n\n`);
}

/** Whoever builds may have any umask. @param {string} folder */
function setModes(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) setModes(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
