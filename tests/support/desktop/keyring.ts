import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitForName } from './bus.ts';
import type { Services } from './services.ts';

/** Starts the Secret Service with an unlocked keyring. */
export async function startKeyring(services: Services): Promise<void> {
  mkdirSync(join(String(services.environment['XDG_DATA_HOME']), 'keyrings'), { recursive: true });
  const { stdin } = services.start('gnome-keyring-daemon', [
    '--foreground',
    '--unlock',
    '--components=secrets',
  ]);
  stdin?.end('test');
  await waitForName('org.freedesktop.secrets', services.environment);
}
