import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { callBus, waitForName } from './bus.ts';
import type { Services } from './services.ts';
import { until } from './until.ts';
import { connectX } from './x-client.ts';

const SECRETS = 'org.freedesktop.secrets';

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

/** Locks it, as a person does in a password manager. */
export async function lockKeyring(environment = process.env): Promise<void> {
  await callBus(
    { service: SECRETS, path: '/org/freedesktop/secrets', interface: 'org.freedesktop.Secret.Service' },
    'Lock',
    'ao',
    ['1', '/org/freedesktop/secrets/collection/login'],
    environment,
  );
}

/** From now on the system's password dialogue, which the bus starts, finds the screen. */
export async function showDialoguesHere(): Promise<void> {
  const names = ['DISPLAY', 'XAUTHORITY'];
  const set = names.flatMap((name) => [name, String(process.env[name])]);
  await callBus(
    { service: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' },
    'UpdateActivationEnvironment',
    'a{ss}',
    [String(names.length), ...set],
  );
}

/** Whether one stands on the screen. */
export async function isPasswordAskedFor(): Promise<boolean> {
  const { stdout } = await promisify(execFile)('xwininfo', ['-root', '-tree']);
  return stdout.includes('"Unlock Login Keyring"');
}

/** Types the password of `startKeyring` into it. */
export async function typePassword(): Promise<void> {
  using x = await connectX();
  await x.press(['t', 'e', 's', 't', 'Enter']);
  await until('the dialogue to be gone', async () => ((await isPasswordAskedFor()) ? undefined : true));
}

/** Puts it away without an answer. */
export async function closeDialogue(): Promise<void> {
  using x = await connectX();
  await x.press(['Escape']);
  await until('the dialogue to be gone', async () => ((await isPasswordAskedFor()) ? undefined : true));
}
