import { failureOf, type Failure } from '../domain/failure.ts';
import type { ConfigFileContent } from './config/config-file.ts';
import type { Known, Places } from './places.ts';
import type { Knowledge } from './records/accounts-file.ts';
import { joined, type JoinedContent } from './storage/joined.ts';
import { isExpected, isFamiliar } from './expectation.ts';

/** So often a file is read again that another Latchkey goes on writing. */
const MAX_TRIES = 3;

type Tell = (failure: Failure) => void;

/** What stands in the config file, and what is known of it and kept beside it, as of one moment. */
export interface Reading {
  /** With what is held of the keychain; `null` where nobody can tell what it holds. */
  readonly file: JoinedContent | null;
  readonly known: Known;
}

/** Reads all there is, and asks the keychain nothing. Never rejects: what cannot be read is told. */
export async function readStored(places: Places, tell: Tell): Promise<Reading> {
  const whole = (content: ConfigFileContent, { records }: Pick<Knowledge, 'records'>) =>
    joined(content, records, places.secrets.held);
  // Whoever writes it in place empties it first: what differs from what we know counts once it rests.
  const isFine = async (content: ConfigFileContent) => {
    const knowledge = await places.records.readAsFarAsPossible();
    return isExpected(whole(content, knowledge), knowledge);
  };
  let file = await readConfigFile(places, isFine, tell);
  let known = await places.known(tell);
  // What another Latchkey wrote between the two is known of a file that we have not seen yet.
  for (let tries = 1; file !== null && !isExpected(whole(file, known), known) && tries < MAX_TRIES; tries++) {
    const again = await readConfigFile(places, isFine, tell);
    const { isDeepStrictEqual } = await import('node:util');
    if (isDeepStrictEqual(again, file)) break;
    [file, known] = [again, await places.known(tell)];
  }
  if (file === null) return { file, known };
  // What an older version knew was of one file: the one whose credentials it knows.
  const found = file;
  if (await places.inherit((left) => isFamiliar(found, left))) known = await places.known(tell);
  return { file: whole(file, known), known };
}

async function readConfigFile(
  { rawConfigFile }: Places,
  isFine: (content: ConfigFileContent) => Promise<boolean>,
  tell: Tell,
): Promise<ConfigFileContent | null> {
  try {
    const file = await rawConfigFile.read(isFine);
    if (file.isSettled) return file;
    tell({ code: 'config-locked', path: rawConfigFile.path });
  } catch (error) {
    tell(failureOf(error));
  }
  return null;
}
