import { stat } from 'node:fs/promises';
import type { Credential } from '../domain/credential.ts';
import { tokenTrace } from './credential-trace.ts';
import { Lineage } from './lineage.ts';
import type { Places } from './places.ts';
import { EMPTY_RECORD } from './records/account-record.ts';
import { isHidden } from './storage/secret-place.ts';
import { spentOf, type StoredAccount } from './stored-accounts.ts';

/** An account that may be written into files, and the trace of what it had last. */
interface Holder {
  readonly configFile: string;
  readonly id: string;
  readonly token: string | null;
}

/**
 * Keeps what is about to be forgotten under an id for the accounts that have what it was before it was renewed, of this
 * config file or another one, to be put back there: nobody else has the one that lives. Not what a person wants in the
 * keychain alone.
 *
 * @param copyOf as `Copies.copyOf`, for that id
 * @throws FailureError `data-not-writable`
 */
export async function keepForOthers(
  id: string,
  accounts: readonly StoredAccount[],
  copyOf: () => Promise<Credential | null>,
  places: Places,
): Promise<void> {
  const known = await places.known();
  const spent = spentOf(known);
  const record = known.records.get(id) ?? EMPTY_RECORD;
  const last = isHidden(record) ? null : (record.known?.token ?? null);
  const isLast = ({ credential }: StoredAccount) => tokenTrace(credential?.refreshToken ?? null) === last;
  if (last === null || spent.has(last) || accounts.some((each) => each.id !== id && isLast(each))) return;
  const lineage = new Lineage(known);
  const others = (await holders(accounts, places)).filter(
    ({ token }) => token !== null && token !== last && lineage.isOneLogin(token, last),
  );
  const copy = others.length === 0 ? null : await copyOf();
  if (copy === null) return;
  for (const { configFile, id: other } of others) {
    const waiting = (await places.rescueFile.read(configFile, false))?.ours ?? [];
    // What has come there since, and nobody could write, is not given up for it.
    const isTaken = waiting.some(
      ({ credential }) => credential.id === other && !spent.has(tokenTrace(credential.refreshToken) ?? ''),
    );
    if (!isTaken) await places.rescueFile.keep(configFile, lineage.copyOf({ ...copy, id: other }), null);
  }
}

async function holders(accounts: readonly StoredAccount[], places: Places): Promise<readonly Holder[]> {
  const real = await places.realPath();
  const here = accounts.flatMap(({ id, entry, record }) => {
    if (record !== null && isHidden(record)) return [];
    // An entry that was spent when it was seen first is known as nobody's.
    const found = tokenTrace(entry?.credential.refreshToken ?? null);
    return { configFile: real, id, token: record?.known == null ? found : record.known.token };
  });
  // Where nobody can tell what others have there is nothing to be kept for them.
  const sections = await places.accountsFile.sectionsElsewhere(real).catch(() => []);
  const elsewhere = await Promise.all(
    sections.map(async ({ path, records }) =>
      (await isAnother(path, real))
        ? [...records]
            .filter(([, record]) => !isHidden(record))
            .map(([id, { known }]) => ({ configFile: path, id, token: known?.token ?? null }))
        : [],
    ),
  );
  return [...here, ...elsewhere.flat()];
}

/**
 * Whether there is another file: what is kept for one that is gone would lie there for good, and who signs out of a file
 * has done so by whatever name it is reached.
 */
export async function isAnother(path: string, real: string): Promise<boolean> {
  const look = (each: string) => stat(each, { bigint: true }).catch(() => null);
  const [there, here] = [await look(path), await look(real)];
  return there !== null && (there.ino !== here?.ino || there.dev !== here.dev);
}
