import { rm } from 'node:fs/promises';
import { leftoversOf } from './config/leftovers.ts';
import { keptOf } from './kept-unwritten.ts';
import type { Places } from './places.ts';
import { readStored } from './read-stored.ts';

/**
 * What a crash left in temporary files of the config file waits to be written, as what we could not write. To be called
 * while nobody else changes credentials, and before anything is learnt of the file: what is found is judged by what was
 * known as it was left. Never rejects.
 */
export async function keepLeftovers(places: Places): Promise<void> {
  const file = await places.realPath();
  await keepBeside(file, places).catch(() => undefined);
}

async function keepBeside(file: string, places: Places): Promise<void> {
  if ((await leftoversOf(file, file)).length === 0) return;
  // Whoever writes the file in place just now empties it first.
  await readStored(places, () => undefined);
  for (const { path, unwritten, isLater } of await leftoversOf(file, file)) {
    const kept = keptOf(unwritten, await places.known(), { isOfFile: false, isLater });
    // Where the file makes no sense now it may tell more once it is mended.
    if (unwritten.ids === null && kept.length === 0) continue;
    await places.keepUnwritten(kept);
    await rm(path, { force: true });
  }
}
