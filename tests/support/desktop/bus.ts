import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstLine, type Services } from './services.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** A value as `busctl --json=short` prints it. */
export interface Variant {
  readonly type: string;
  readonly data: unknown;
}

/** Starts a session bus. */
export async function startBus(services: Services): Promise<void> {
  const { environment } = services;
  const address = `unix:path=${join(String(environment['XDG_RUNTIME_DIR']), 'bus')}`;
  const { ready } = services.start('dbus-daemon', [
    '--session',
    '--nofork',
    '--nopidfile',
    `--address=${address}`,
    '--print-address=3',
  ]);
  environment['DBUS_SESSION_BUS_ADDRESS'] = await firstLine(ready);
}

/** Calls a method on the session bus; answers its results. */
export async function callBus(
  target: { readonly service: string; readonly path: string; readonly interface: string },
  method: string,
  signature = '',
  args: readonly string[] = [],
  environment = process.env,
): Promise<readonly unknown[]> {
  const { stdout } = await run(
    'busctl',
    [
      ...['--user', '--json=short', 'call', target.service, target.path, target.interface, method],
      ...(signature === '' ? [] : [signature, '--', ...args]),
    ],
    { env: environment, maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout === '' ? [] : (JSON.parse(stdout) as { data: unknown[] }).data;
}

/** All properties of an interface. */
export async function readProperties(
  target: { readonly service: string; readonly path: string; readonly interface: string },
  environment = process.env,
): Promise<Readonly<Record<string, Variant>>> {
  const [properties] = await callBus(
    { ...target, interface: 'org.freedesktop.DBus.Properties' },
    'GetAll',
    's',
    [target.interface],
    environment,
  );
  return properties as Record<string, Variant>;
}

/** Waits until a program owns the name on the bus. */
export async function waitForName(name: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const bus = { service: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' };
  await until(`${name} on the bus`, async () => {
    const [hasOwner] = await callBus(bus, 'NameHasOwner', 's', [name], environment);
    return hasOwner === true ? true : undefined;
  });
}
