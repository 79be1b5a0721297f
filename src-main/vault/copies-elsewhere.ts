import { isWithoutKeychain } from '../domain/failure.ts';
import { ConfigReader } from './config/config-reader.ts';
import { tokenTrace } from './credential-trace.ts';
import { Lineage } from './lineage.ts';
import { newestOf, type PlacedCredential } from './place.ts';
import type { Places } from './places.ts';
import type { AccountRecord } from './records/account-record.ts';
import { isOfIts } from './stored-accounts.ts';

/** What was found of another config file. */
export interface CopyElsewhere extends PlacedCredential {
  readonly isFileGone: boolean;
  /** What is known of it there; `null` where nothing is known of that file. */
  readonly record: AccountRecord | null;
}

/**
 * The last good credentials of the other config files that we know, from those files and the copies of them: the one at
 * hand may be one of those, moved, copied or reached by another way. It may take the time of a keychain that does not
 * answer. Never rejects.
 */
export async function copiesElsewhere(places: Places): Promise<readonly CopyElsewhere[]> {
  const { accountsFile, inFolder, inKeychain, secrets } = places;
  const knowledge = await places.records.readAsFarAsPossible();
  const { spent } = knowledge;
  const lineage = new Lineage(knowledge);
  const sections = await accountsFile.sectionsElsewhere(await places.realPath()).catch(() => []);
  const kept = await inFolder.readElsewhere();
  const paths = new Set([...sections.map(({ path }) => path), ...kept.map(({ configFile }) => configFile)]);
  const found: CopyElsewhere[] = [];
  // Each time it is asked a locked one may show a person its dialogue.
  let isAnswering = inKeychain.isOn && (secrets.obstacle === null || isWithoutKeychain(secrets.obstacle));
  for (const path of paths) {
    const copies = isAnswering ? await inKeychain.readOf(path) : [];
    isAnswering &&= copies !== null;
    const file = await new ConfigReader(path, 0).comeToRest(() => true, 0).catch(() => null);
    // Nobody can tell what stands there.
    if (file === null || file.result instanceof Error) continue;
    const entries = file.result?.entries ?? [];
    const beside = [...kept.filter(({ configFile }) => configFile === path), ...(copies ?? [])];
    const section = sections.find((each) => each.path === path) ?? null;
    const records = section?.records ?? new Map<string, AccountRecord>();
    const ids = new Set(entries.map(({ credential }) => credential.id));
    const seen = new Set([...records.values()].map(({ known }) => known?.token));
    // What another program has put there since may be the successor of what was kept, under whatever id.
    const isDoubtful = ({ credential: { id, refreshToken } }: PlacedCredential) =>
      entries.some(({ credential }) => {
        const token = tokenTrace(credential.refreshToken);
        if (credential.refreshToken === refreshToken || spent.has(token ?? '')) return false;
        return credential.id === id || (!ids.has(id) && token !== null && !seen.has(token));
      });
    const all = [
      ...beside.filter((each) => !isDoubtful(each)),
      ...entries.flatMap(({ credential }) => lineage.copyOf(credential)),
    ];
    for (const copy of all) {
      const record = [...records.values()].find(
        ({ isOwnerSure, known }) => isOwnerSure && known !== null && isOfIts(copy, known),
      );
      // A sign-out may have left it in a keychain that was locked, or another program has put it there.
      if (section !== null && record === undefined) continue;
      found.push({ ...copy, isFileGone: file.result === null, record: record ?? null });
    }
  }
  return newestOf(found).filter(({ credential }) => !spent.has(tokenTrace(credential.refreshToken) ?? ''));
}
