import { networkInterfaces } from 'node:os';
import { SECOND } from '../domain/instant.ts';

const INTERVAL = 2 * SECOND;

/**
 * Calls back soon after an interface of this machine has come, gone or changed its address; the answer ends it. Neither
 * Node nor Electron tells a main process so: the list is looked at every two seconds, which asks nobody and keeps no
 * process alive. Where the system does not tell (a hardened unit without AF_NETLINK, a snap) nothing changes.
 */
export function watchInterfaces(onChange: () => void, list = networkInterfaces): () => void {
  let before = listed(list);
  const timer = setInterval(() => {
    const present = listed(list);
    if (present === null || present === before) return;
    before = present;
    onChange();
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

function listed(list: typeof networkInterfaces): string | null {
  try {
    return JSON.stringify(list());
  } catch {
    return null;
  }
}
