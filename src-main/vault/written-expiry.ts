import type { EntryEdit } from './config/config-file.ts';
import type { Places } from './places.ts';
import { entriesOf, set } from './placing.ts';
import { rememberedOf } from './stored-accounts.ts';

/**
 * Writes the end of an account's token as other programs understand it.
 *
 * @returns false where that end is not known
 * @throws FailureError what stands in the way of writing
 */
export async function writeExpiry(id: string, { records, configFile }: Places): Promise<boolean> {
  const knowledge = await records.readAsFarAsPossible();
  let isKnown = true;
  await configFile.edit((content) =>
    entriesOf(id, content, rememberedOf(id, knowledge)).flatMap((entry): readonly EntryEdit[] => {
      isKnown = entry.credential.accessExpiresAt !== null;
      return isKnown ? [set(entry, entry.credential)] : [];
    }),
  );
  return isKnown;
}
