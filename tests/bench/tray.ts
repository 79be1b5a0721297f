import { interleave, start } from './apps.ts';
import { watchBus } from './bus-watch.ts';
import { median, type Figure } from './figure.ts';

const TIMES = 15;
const LIMIT = 1.2;

/** From the start of the process to the icon registered with the panel. */
export async function measureTray(): Promise<readonly Figure[]> {
  await using registrations = await watchBus("type='signal',member='StatusNotifierItemRegistered'");
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
