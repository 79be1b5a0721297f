import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitForName } from './bus.ts';
import type { Services } from './services.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** Below the panel, staying until somebody closes it or its sender does. */
const SETTINGS = `[global]
    origin = top-right
    offset = 10x50
    width = 360
    notification_limit = 5
    idle_threshold = 0
[urgency_normal]
    timeout = 0
[urgency_low]
    timeout = 0
`;

/** Starts a notification daemon; when it answers, it shows what programs notify of. */
export async function startNotifications(services: Services): Promise<void> {
  const { environment } = services;
  const folder = join(String(environment['XDG_CONFIG_HOME']), 'dunst');
  mkdirSync(folder, { recursive: true });
  const settings = join(folder, 'dunstrc');
  writeFileSync(settings, SETTINGS);
  services.start('dunst', ['-conf', settings]);
  await waitForName('org.freedesktop.Notifications', environment);
}

/** Waits for a notification on the screen. */
export async function waitForNotification(): Promise<void> {
  await until('a notification', async () => ((await countNotifications()) > 0 ? true : undefined));
}

/** How many notifications are on the screen. */
export async function countNotifications(): Promise<number> {
  return Number((await run('dunstctl', ['count', 'displayed'])).stdout);
}

/** Clicks the newest notification on the screen. */
export async function clickNotification(): Promise<void> {
  await waitForNotification();
  await run('dunstctl', ['action', '0']);
  await run('dunstctl', ['close']);
}

/** What the notifications that are no longer on the screen said, newest first: "title\nbody". */
export async function pastNotifications(): Promise<readonly string[]> {
  const { data } = JSON.parse((await run('dunstctl', ['history'])).stdout) as {
    data: [{ summary: { data: string }; body: { data: string } }[]];
  };
  return data[0].map(({ summary, body }) => `${summary.data}\n${body.data}`);
}
