import { isDeepStrictEqual } from 'node:util';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { Known, Places } from './places.ts';
import type { JoinedContent } from './storage/joined.ts';
import { isExpected, isFamiliar } from './stored-accounts.ts';

/** So often a file is read again that another Latchkey goes on writing. */
const MAX_TRIES = 3;

type Tell = (failure: Failure) => void;

/** What stands in the config file, and what is known of it and kept beside it, as of one moment. */
export interface Reading {
  /** `null` where nobody can tell what it holds. */
  readonly file: JoinedContent | null;
  readonly known: Known;
}

/** Reads all there is. Never rejects: what cannot be read is told. */
export async function readStored(places: Places, tell: Tell): Promise<Reading> {
  let file = await readConfigFile(places, tell);
  let known = await places.known(tell);
  // What another Latchkey wrote between the two is known of a file that we have not seen yet.
  for (let tries = 1; file !== null && !isExpected(file, known) && tries < MAX_TRIES; tries++) {
    const again = await readConfigFile(places, tell);
    if (isDeepStrictEqual(again, file)) break;
    [file, known] = [again, await places.known(tell)];
  }
  // What an older version knew was of one file: the one whose credentials it knows.
  const found = file;
  if (found !== null && (await places.inherit((left) => isFamiliar(found, left))))
    known = await places.known(tell);
  return { file, known };
}

async function readConfigFile(places: Places, tell: Tell): Promise<JoinedContent | null> {
  try {
    // Whoever writes it in place empties it first: what differs from what we know counts once it rests.
    const file = await places.configFile.read(async (content) =>
      isExpected(content, await places.records.readAsFarAsPossible()),
    );
    if (file.isSettled) return file;
    tell({ code: 'config-locked', path: places.configFile.path });
  } catch (error) {
    tell(failureOf(error));
  }
  return null;
}
