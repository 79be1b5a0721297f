/**
 * @typedef {readonly string[]} PackageNames the names one package has had, the older first (Debian 13 and
 *   Ubuntu 24.04 renamed libraries for their 64-bit `time_t`)
 */

/** What Electron loads: at its start, or later for notifications and the keyring. @type {readonly PackageNames[]} */
export const ELECTRON_PACKAGES = [
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libxtst6'],
  ['libnotify4'],
  ['libsecret-1-0'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libcups2', 'libcups2t64'],
  ['libdrm2'],
];

/** A screen, a bus, a panel, a keyring, a browser and fonts for the tests, what the examples are written in, and what a session does. @type {readonly PackageNames[]} */
export const TEST_DESKTOP_PACKAGES = [
  ['xvfb'],
  ['x11-utils'],
  ['x11-xserver-utils'],
  ['dbus'],
  ['systemd'],
  ['xfce4-panel'],
  ['dunst'],
  ['gnome-keyring'],
  ['libsecret-tools'],
  ['chromium'],
  // Japanese letters: without them every one is a box of the same width, and no layout is tested.
  ['fonts-ipafont-gothic'],
  // examples/go, with the one module it needs.
  ['golang-go'],
  ['golang-gopkg-yaml.v3-dev'],
  // What reads menu entries, and starts those of a session.
  ['desktop-file-utils'],
  ['dex'],
];

/** Networks of the tests' own, and proxies as companies have them. @type {readonly PackageNames[]} */
export const TEST_NETWORK_PACKAGES = [
  ['iproute2'],
  ['openssl'],
  ['squid'],
  ['tinyproxy'],
  ['dante-server'],
  ['mitmproxy'],
];

/** Another machine, a sandbox, and what the examples are written in. @type {readonly PackageNames[]} */
export const TEST_AGENT_PACKAGES = [
  ['openssh-server'],
  ['openssh-client'],
  ['bubblewrap'],
  ['curl'],
  ['python3'],
];

/** What runs programs for Windows. @type {readonly PackageNames[]} */
export const WINE_PACKAGES = [['wine'], ['wine64']];

/** What compiling keytar takes. @type {readonly PackageNames[]} */
export const KEYCHAIN_PACKAGES = [
  ['libsecret-1-dev'],
  ['pkg-config', 'pkgconf'],
  ['python3'],
  ['make'],
  ['g++'],
];

/**
 * Reads the answer of `apt-cache policy` (in the C locale).
 *
 * @param {string} text
 * @returns {Map<string, 'installed' | 'available'>} names apt knows nothing to install for are not in it
 */
export function parsePolicy(text) {
  /** @type {Map<string, 'installed' | 'available'>} */
  const states = new Map();
  for (const block of text.split(/^(?=\S)/m)) {
    const [, name, installed, candidate] =
      /^(\S+):\n\s+Installed: (.+)\n\s+Candidate: (.+)$/m.exec(block) ?? [];
    if (name === undefined) continue;
    if (installed !== '(none)') states.set(name, 'installed');
    else if (candidate !== '(none)') states.set(name, 'available');
  }
  return states;
}

/**
 * The packages still to be installed, each by the name apt knows it by here.
 *
 * @param {readonly PackageNames[]} wanted
 * @param {ReadonlyMap<string, 'installed' | 'available'>} states
 * @returns {string[]}
 */
export function packagesToInstall(wanted, states) {
  return wanted
    .filter((names) => !names.some((name) => states.get(name) === 'installed'))
    .map((names) => names.find((name) => states.has(name)) ?? names[0] ?? '');
}
