import { isWithoutKeychain } from '../domain/failure.ts';
import { ConfigReader } from './config/config-reader.ts';
import type { ConfigEntry } from './config/config-file.ts';
import { credentialDigest, tokenTrace } from './credential-trace.ts';
import { Lineage } from './lineage.ts';
import { newestOf, type PlacedCredential } from './place.ts';
import type { Places } from './places.ts';
import type { AccountRecord } from './records/account-record.ts';

/**
 * The last good credentials of the other config files that we know, from those files and the copies of them: the one at
 * hand may be one of those, moved, copied or reached by another way. It may take the time of a keychain that does not
 * answer. Never rejects.
 */
export async function copiesElsewhere(places: Places): Promise<readonly PlacedCredential[]> {
  const { accountsFile, inFolder, inKeychain, secrets } = places;
  const { spent } = await places.records.readAsFarAsPossible();
  const sections = await accountsFile.sectionsElsewhere(await places.realPath()).catch(() => []);
  const kept = await inFolder.readElsewhere();
  const paths = new Set([...sections.map(({ path }) => path), ...kept.map(({ configFile }) => configFile)]);
  const found: PlacedCredential[] = [];
  // Each time it is asked a locked one may show a person its dialogue.
  let isAnswering = inKeychain.isOn && (secrets.obstacle === null || isWithoutKeychain(secrets.obstacle));
  for (const path of paths) {
    const copies = isAnswering ? await inKeychain.readOf(path) : [];
    isAnswering &&= copies !== null;
    const entries = await entriesOf(path);
    if (entries === null) continue;
    // What another program has put there since may be the successor of what was kept.
    const isDoubtful = ({ credential: { id, refreshToken } }: PlacedCredential) =>
      entries.some(
        ({ credential }) =>
          credential.id === id &&
          credential.refreshToken !== refreshToken &&
          !spent.has(tokenTrace(credential.refreshToken) ?? ''),
      );
    const beside = [...kept.filter(({ configFile }) => configFile === path), ...(copies ?? [])];
    found.push(...beside.filter((each) => !isDoubtful(each)));
    const records = sections.find((each) => each.path === path)?.records ?? new Map<string, AccountRecord>();
    const sure = [...records.values()].flatMap(({ isOwnerSure, known }) =>
      isOwnerSure ? known?.digest : [],
    );
    const ours = entries.filter(({ credential }) => sure.includes(credentialDigest(credential)));
    found.push(...ours.flatMap(({ credential }) => new Lineage({ records, spent }).copyOf(credential)));
  }
  return newestOf(found);
}

/** None where there is no file; `null` where nobody can tell what it holds. Never rejects. */
async function entriesOf(path: string): Promise<readonly ConfigEntry[] | null> {
  const rest = await new ConfigReader(path, 0).comeToRest(() => true, 0).catch(() => null);
  if (rest === null || rest.result instanceof Error) return null;
  return rest.result?.entries ?? [];
}
