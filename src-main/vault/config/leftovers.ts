import { resolveLinks, temporaryFilesFor } from '../files/atomic-write.ts';
import { lookAtText } from './config-text.ts';
import { unwrittenOf, type Unwritten } from './unwritten.ts';

/** A temporary file of ours, and what it holds that the config file does not. */
export interface Leftover {
  readonly path: string;
  readonly unwritten: readonly Unwritten[];
}

/**
 * What a crash kept from taking the config file's place: while a new text is synced, it is whole in a temporary file, and
 * nowhere else. Only where the file was not written since: else that is newer. To be called while nobody else changes
 * credentials. Never rejects.
 *
 * @param configFile its path
 */
export async function leftoversOf(configFile: string): Promise<readonly Leftover[]> {
  try {
    const paths = await temporaryFilesFor(await resolveLinks(configFile));
    if (paths.length === 0) return [];
    const present = await lookAtText(configFile);
    const found = await Promise.all(paths.map((path) => leftover(path, present, configFile)));
    return found.filter((each) => each !== null);
  } catch {
    // Whoever reads the file meets the same, and tells it.
    return [];
  }
}

async function leftover(
  path: string,
  present: Awaited<ReturnType<typeof lookAtText>>,
  configFile: string,
): Promise<Leftover | null> {
  try {
    const { text, isUtf8, changedAt } = await lookAtText(path);
    // Room that was only taken is no text.
    if (text === null || !isUtf8 || changedAt < present.changedAt) return null;
    const unwritten = await unwrittenOf({ before: present.text ?? '', after: text }, configFile);
    return unwritten.length === 0 ? null : { path, unwritten };
  } catch {
    return null;
  }
}
