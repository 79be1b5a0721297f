import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { callBus, startBus } from '../desktop/bus.ts';
import { startKeyring } from '../desktop/keyring.ts';
import { firstLine, Services } from '../desktop/services.ts';
import { until } from '../desktop/until.ts';

const SECRETS = 'org.freedesktop.secrets';
const BUS = {
  service: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** A keyring on a bus of the test's own, unlocked, which the programs that the test starts meet. */
export interface PrivateKeyring {
  /** As a person does in a password manager. Nobody is there to be asked for the password then. */
  lock(): Promise<void>;
  /** As after its owner has typed the password: another daemon over the same keyring. */
  unlock(): Promise<void>;
  /** From now on it takes requests and answers none. */
  freeze(): void;
  thaw(): void;
}

export async function privateKeyring(t: TestContext): Promise<PrivateKeyring> {
  const services = await privateServices(t);
  await services.watch(startBus(services));
  await meetBus(t, services);
  await services.watch(startKeyring(services));
  let pid = await processOf(SECRETS, services);
  t.after(() => process.kill(pid, 'SIGKILL'));
  return {
    async lock() {
      const target = { service: SECRETS, path: '/org/freedesktop/secrets' };
      await callBus(
        { ...target, interface: 'org.freedesktop.Secret.Service' },
        'Lock',
        'ao',
        ['1', '/org/freedesktop/secrets/collection/login'],
        services.environment,
      );
    },
    async unlock() {
      process.kill(pid, 'SIGKILL');
      await until('the keyring to end', async () => ((await isOnBus(SECRETS, services)) ? undefined : true));
      // Not one of the services: the end of the first one would count as theirs.
      const next = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env: services.environment,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      next.stdin.end('test');
      await until('the keyring to be back', async () =>
        (await isOnBus(SECRETS, services)) ? true : undefined,
      );
      pid = await processOf(SECRETS, services);
    },
    freeze: () => process.kill(pid, 'SIGSTOP'),
    thaw: () => process.kill(pid, 'SIGCONT'),
  };
}

/** A bus on which nobody keeps secrets, nor would be started to. */
export async function busWithoutKeyring(t: TestContext): Promise<void> {
  const services = await privateServices(t);
  const folder = String(services.environment['XDG_RUNTIME_DIR']);
  const config = join(folder, 'bus.conf');
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig>
      <listen>unix:path=${join(folder, 'bus')}</listen>
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
      </policy>
    </busconfig>`,
  );
  const { ready } = services.start('dbus-daemon', [
    `--config-file=${config}`,
    '--nofork',
    '--nopidfile',
    '--print-address=3',
  ]);
  services.environment['DBUS_SESSION_BUS_ADDRESS'] = await services.watch(firstLine(ready));
  await meetBus(t, services);
}

/** Programs started from now on use the bus of that address. */
export function useBus(t: TestContext, address: string | undefined): void {
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
  const set = (value: string | undefined) => {
    if (value === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = value;
  };
  set(address);
  t.after(() => set(before));
}

async function privateServices(t: TestContext): Promise<Services> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-keyring-'));
  await chmod(folder, 0o700);
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const logs = join(folder, 'logs');
  const data = join(folder, 'data');
  await mkdir(logs);
  await mkdir(data);
  // Without a display: nothing can ask for a password.
  return new Services(logs, {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: data,
    LANG: 'C.UTF-8',
  });
}

async function meetBus(t: TestContext, services: Services): Promise<void> {
  useBus(t, services.environment['DBUS_SESSION_BUS_ADDRESS']);
  const pid = await processOf(BUS.service, services);
  t.after(() => process.kill(pid, 'SIGKILL'));
}

async function isOnBus(name: string, { environment }: Services): Promise<boolean> {
  const [owned] = await callBus(BUS, 'NameHasOwner', 's', [name], environment);
  return owned === true;
}

async function processOf(name: string, { environment }: Services): Promise<number> {
  const [pid] = await callBus(BUS, 'GetConnectionUnixProcessID', 's', [name], environment);
  return Number(pid);
}
