import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface BusWatch extends AsyncDisposable {
  /** The instant, in milliseconds since the epoch, at which the bus carried the next such message. */
  next(): Promise<number>;
}

/** @param match the messages to watch for: DBus specification, "Match Rules" */
export async function watchBus(match: string): Promise<BusWatch> {
  const monitor = spawn('busctl', ['--user', '--json=short', '--match', match, 'monitor'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // It says that it is monitoring.
  await once(monitor.stderr, 'data');
  const lines = createInterface({ input: monitor.stdout });
  return {
    next: async () => {
      const [line] = (await once(lines, 'line')) as [string];
      return (JSON.parse(line) as { 'timestamp-realtime': number })['timestamp-realtime'] / 1000;
    },
    [Symbol.asyncDispose]: async () => {
      monitor.kill();
      await once(monitor, 'exit');
    },
  };
}
