import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from './until.ts';
import { connectX } from './x-client.ts';

const run = promisify(execFile);

/** Closes the window with exactly this title, as its title bar's button would, and waits until it is gone. */
export async function closeWindow(title: string): Promise<void> {
  const id = await windowId(title);
  if (id === null) throw new Error(`There is no window "${title}"`);
  using x = await connectX();
  await x.askToClose(id);
  await until('the window to close', async () => ((await windowId(title)) === null ? true : undefined));
}

async function windowId(title: string): Promise<number | null> {
  // It ends with an error where there is none.
  const answer = await run('xwininfo', ['-name', title]).catch(() => ({ stdout: '' }));
  const [, id] = /Window id: (0x[0-9a-f]+)/.exec(answer.stdout) ?? [];
  return id === undefined ? null : Number(id);
}
