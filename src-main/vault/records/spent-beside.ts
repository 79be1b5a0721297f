import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SpentTokens } from '../../domain/entry-change.ts';
import { writeFileAtomically } from '../files/atomic-write.ts';

/** So many are told, the latest: a login lasts a month, and ten accounts are renewed as often in that time. */
const LENGTH = 1_000;
/** The digest of a refresh token that is spent, and of the one that took its place. */
const LINE = /^([\w+/=-]+) ([\w+/=-]+)$/;

/**
 * Reads `.config.yaml.latchkey-spent` beside the config file: which refresh tokens are spent, for whoever cannot know it
 * from our data folder: a Latchkey with another one (in a container, say) sees nothing of ours, ours may come back from a
 * backup, and may not be writable. Each would present them again, or put them back. Not secret. Never rejects: what
 * cannot be read tells nothing.
 *
 * @param configFile as it really is, through links
 */
export async function readSpentBeside(configFile: string): Promise<SpentTokens> {
  const text = await readFile(pathBeside(configFile), 'utf8').catch(() => '');
  const pairs = text.split('\n').flatMap((line) => {
    const [, token, by] = LINE.exec(line) ?? [];
    // One that went on (RFC 6749 section 6) is not spent.
    return token === undefined || by === undefined || token === by ? [] : [[token, by] as const];
  });
  return new Map(pairs);
}

/** By whoever holds the login's lock. Never rejects: where nothing can be written our own folder knows it all the same. */
export async function addSpentBeside(
  configFile: string,
  tokens: readonly string[],
  by: string | null,
): Promise<void> {
  const spent = tokens.filter((token) => token !== by);
  if (spent.length === 0 || by === null) return;
  const known = new Map(await readSpentBeside(configFile));
  if (!known.has(by) && spent.every((token) => known.get(token) === by)) return;
  // Given anew it is not spent, whatever it was.
  known.delete(by);
  for (const token of spent) {
    known.delete(token);
    known.set(token, by);
  }
  await write(configFile, known);
}

/** What was told beside a config file is told where that lies by now, too; else as `addSpentBeside`. */
export async function bringSpentBeside(from: string, to: string, isSpent: (token: string) => boolean) {
  const told = [...(await readSpentBeside(from))].filter(([token]) => isSpent(token));
  // What is told there already is later.
  if (told.length > 0) await write(to, new Map([...told, ...(await readSpentBeside(to))]));
}

async function write(configFile: string, spent: SpentTokens): Promise<void> {
  const path = pathBeside(configFile);
  // It must not bring back a folder that somebody removed.
  if (!existsSync(dirname(path))) return;
  const lines = [...spent].slice(-LENGTH).map((pair) => `${pair.join(' ')}\n`);
  await writeFileAtomically(path, lines.join('')).catch(() => undefined);
}

function pathBeside(configFile: string): string {
  return join(dirname(configFile), `.${basename(configFile)}.latchkey-spent`);
}
