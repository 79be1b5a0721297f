import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { waitForName } from './bus.ts';
import type { Services } from './services.ts';

/** Starts the Secret Service with an unlocked keyring. */
export async function startKeyring(services: Services): Promise<void> {
  const dataHome = String(services.environment['XDG_DATA_HOME']);
  const keyrings = join(dataHome, 'keyrings');
  mkdirSync(keyrings, { mode: 0o700 });
  const { uid, gid } = statSync(dataHome);
  chownSync(keyrings, uid, gid);
  const { stdin } = services.start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets']);
  stdin.end('test');
  await waitForName('org.freedesktop.secrets', services.environment);
}
