import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { interleave, start } from './apps.ts';
import { median, type Figure } from './figure.ts';

const TIMES = 15;
const LIMIT = 1.2;

/** From the start of the process to the icon registered with the panel. */
export async function measureTray(): Promise<readonly Figure[]> {
  await using registrations = await watchRegistrations();
  const values = await interleave(TIMES, async (name) => {
    const registered = registrations.next();
    const started = performance.timeOrigin + performance.now();
    await using app = start(name);
    const time = (await registered) - started;
    // Let it finish starting before it is told to end.
    await app.tray();
    return time;
  });
  const [latchkey, bare] = [median(values.latchkey), median(values.bare)];
  return [
    {
      what: `Start to icon in the tray, median of ${TIMES}`,
      latchkey: `${latchkey.toFixed(0)} ms`,
      bare: `${bare.toFixed(0)} ms`,
      limit: `${LIMIT} × bare`,
      kept: latchkey <= LIMIT * bare,
    },
  ];
}

/** The instants, in milliseconds since the epoch, at which the bus carried the panel's word of a new icon. */
async function watchRegistrations() {
  const monitor = spawn(
    'busctl',
    ['--user', '--json=short', '--match', "type='signal',member='StatusNotifierItemRegistered'", 'monitor'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // It says that it is monitoring.
  await once(monitor.stderr, 'data');
  const lines = createInterface({ input: monitor.stdout });
  return {
    next: async (): Promise<number> => {
      const [line] = (await once(lines, 'line')) as [string];
      return (JSON.parse(line) as { 'timestamp-realtime': number })['timestamp-realtime'] / 1000;
    },
    [Symbol.asyncDispose]: async () => {
      monitor.kill();
      await once(monitor, 'exit');
    },
  };
}
