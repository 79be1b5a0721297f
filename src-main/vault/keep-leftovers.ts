import { realpath, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { leftoversOf } from './config/leftovers.ts';
import { keepDrafts } from './keep-drafts.ts';
import { keptOf } from './kept-unwritten.ts';
import type { Places } from './places.ts';
import { readStored } from './read-stored.ts';

/**
 * What a crash left in temporary files of the config file, and of `rescue.json`, waits to be written, as what we could
 * not write. To be called while nobody else changes credentials, and before anything is learnt of the file: what is found
 * is judged by what was known as it was left. Never rejects.
 */
export async function keepLeftovers(places: Places): Promise<void> {
  const file = await places.realPath();
  await keepDrafts(file, places).catch(() => undefined);
  await keepBeside(file, places).catch(() => undefined);
  const place = await realpath(dirname(places.name)).catch(() => null);
  const name = place === null ? file : join(place, basename(places.name));
  if (name !== file) await keepBesideLink(name, file, places).catch(() => undefined);
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

/** Where the file lay before it was made a link: it waits for the one that lay there, as all of that does. */
async function keepBesideLink(name: string, file: string, places: Places): Promise<void> {
  for (const { path, unwritten } of await leftoversOf(name, file)) {
    const knowledge = await places.accountsFile.read(name, false);
    if (knowledge === null) return;
    const { kept, elsewhere } = await places.known();
    const known = { ...knowledge, kept: new Map(), elsewhere: [...kept.values(), ...elsewhere] };
    const waiting = keptOf(unwritten, known, { isOfFile: false, isLater: false });
    // Whoever leads the name to one file after the other may bring that one back.
    if (waiting.length === 0) continue;
    await places.rescueFile.keep(name, waiting, null);
    await rm(path, { force: true });
  }
}
