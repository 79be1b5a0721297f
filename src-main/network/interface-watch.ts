import { networkInterfaces } from 'node:os';
import { SECOND } from '../domain/instant.ts';

const INTERVAL = 2 * SECOND;

/**
 * Calls back soon after an interface of this machine has come, gone or changed its address; the answer ends it. Neither
 * Node nor Electron tells a main process so: the list is looked at every two seconds, which asks nobody and keeps no
 * process alive.
 */
export function watchInterfaces(onChange: () => void, list = networkInterfaces): () => void {
  let before = JSON.stringify(list());
  const timer = setInterval(() => {
    const present = JSON.stringify(list());
    if (present === before) return;
    before = present;
    onChange();
  }, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}
