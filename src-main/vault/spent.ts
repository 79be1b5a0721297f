import { spentOnTheWay } from '../domain/entry-change.ts';
import type { FormerCredential } from './records/account-record.ts';
import type { Records } from './records/records.ts';

/**
 * A token that an adopted login seemed to have taken the place of is not spent: that one is somebody else's. Where another
 * one took its place for certain, as under a second id, it stays so.
 *
 * @param by the token of what was adopted
 */
export async function unspend(token: string, by: string | null, records: Records): Promise<void> {
  const { spent } = await records.readAsFarAsPossible();
  if (by === null || spentOnTheWay(token, by, spent).length === 0) return;
  await records.update((knowledge) => ({
    ...knowledge,
    spent: new Map([...knowledge.spent].filter(([each]) => each !== token)),
  }));
}

/**
 * The same of what nobody can be told any more, as of what was signed out: an account that has what seemed to have given way,
 * and no part in the guess, goes on with it. Where nobody has it, it may have been renewed by another program, and is presented
 * by none.
 */
export async function unspendGuess(
  { digest, token }: FormerCredential,
  by: string | null,
  records: Records,
): Promise<void> {
  const known = await records.readAsFarAsPossible();
  const all = [...known.records.values(), ...known.recordsElsewhere];
  const isHeld = all.some((each) => each.known?.digest === digest);
  const isLeft = all.some((each) => each.tookOver?.token === token || each.known?.past.includes(digest));
  if (token !== null && isHeld && !isLeft) await unspend(token, by, records);
}

/**
 * Tells beside the config file that a token is spent for another one, and what came between; nothing where it is not.
 * Never rejects.
 *
 * @param by the other one; nothing is told where that is spent itself by now
 */
export async function tellSpent(token: string, by: string | null, records: Records): Promise<void> {
  const { spent } = await records.readAsFarAsPossible();
  if (by === null || spent.has(by)) return;
  await records.tellSpent(spentOnTheWay(token, by, spent), by);
}

/**
 * The same of tokens that are spent for an account's present one, of this config file or another, as far as it is certain.
 * Never rejects.
 */
export async function tellSpentAgain(tokens: readonly string[], records: Records): Promise<void> {
  const known = await records.readAsFarAsPossible();
  const { spent } = known;
  const all = [...known.records.values(), ...known.recordsElsewhere];
  // What an adopted one took the place of may live, until somebody has told whose that is.
  const unsure = new Set(
    all.flatMap(({ tookOver, known: present }) =>
      tookOver?.token == null || present?.token == null
        ? []
        : spentOnTheWay(tookOver.token, present.token, spent),
    ),
  );
  for (const by of all.flatMap(({ known: present }) => present?.token ?? [])) {
    for (const token of spent.has(by) ? [] : tokens) {
      const way = spentOnTheWay(token, by, spent);
      if (!way.some((each) => unsure.has(each))) await records.tellSpent(way, by);
    }
  }
}
