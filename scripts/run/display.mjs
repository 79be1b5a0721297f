import { connect } from 'node:net';
import { join } from 'node:path';

/** @import { NetConnectOpts } from 'node:net' */
/** @import { Environment } from '../set-up/environment.mjs' */

const CONNECT_MILLISECONDS = 2000;

/**
 * Whether windows can be shown: always on macOS and Windows, elsewhere when a display server answers.
 *
 * @param {Environment} environment
 * @param {string} platform
 */
export async function hasDisplay(environment, platform) {
  if (platform === 'darwin' || platform === 'win32') return true;
  for (const address of displayAddresses(environment)) {
    if (await answers(address)) return true;
  }
  return false;
}

/**
 * Where the display servers that WAYLAND_DISPLAY and DISPLAY name would listen.
 *
 * @param {Environment} environment
 * @returns {NetConnectOpts[]}
 */
export function displayAddresses(environment) {
  /** @type {NetConnectOpts[]} */
  const addresses = [];
  const wayland = environment['WAYLAND_DISPLAY'];
  if (wayland?.startsWith('/')) addresses.push({ path: wayland });
  else if (wayland) addresses.push({ path: join(environment['XDG_RUNTIME_DIR'] ?? '', wayland) });

  // X(7), "DISPLAY NAMES": [host]:display[.screen]; without a host, or as `unix`, a local socket.
  const [, host = '', display] = /^(.*):(\d+)(?:\.\d+)?$/.exec(environment['DISPLAY'] ?? '') ?? [];
  if (display === undefined) return addresses;
  if (host === '' || host === 'unix') {
    const path = `/tmp/.X11-unix/X${display}`;
    // On Linux the server may listen under that name in the abstract namespace only.
    addresses.push({ path }, { path: `\0${path}` });
  } else {
    addresses.push({ host, port: 6000 + Number(display) });
  }
  return addresses;
}

/** @param {NetConnectOpts} address @returns {Promise<boolean>} */
function answers(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(CONNECT_MILLISECONDS, () => end(false));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}
