import { temporaryFilesFor } from '../files/atomic-write.ts';
import { lookAtText } from './config-text.ts';
import { unwrittenOf, type Unwritten } from './unwritten.ts';

/** A temporary file of ours, and what it holds that the config file does not. */
export interface Leftover {
  readonly path: string;
  readonly unwritten: Unwritten;
  /** Whether the config file was not written since. */
  readonly isLater: boolean;
}

/**
 * What a crash kept from taking the config file's place: while a new text is synced, it is whole in a temporary file, and
 * nowhere else. To be called while nobody else changes credentials. Never rejects.
 *
 * @param place where the file lay then, its folder's links followed; it may be a link by now
 */
export async function leftoversOf(place: string, configFile: string): Promise<readonly Leftover[]> {
  try {
    const paths = await temporaryFilesFor(place);
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
    // Room that was only taken is no text; what a power cut left of one ends in zeros, or in the middle of a line.
    if (text === null || !isUtf8 || text.includes('\0') || !hasEnd(text, present.text ?? '')) return null;
    const unwritten = await unwrittenOf({ before: present.text ?? '', after: text }, configFile);
    return unwritten.news.length === 0 ? null : { path, unwritten, isLater: changedAt >= present.changedAt };
  } catch {
    return null;
  }
}

/**
 * Whether a text ends with a line, or with a list or map in brackets. Where the file has no final line break its last line
 * is as long as there: it may be our token's.
 */
function hasEnd(text: string, present: string): boolean {
  return /[\n}\]]$/.test(text) || lastLine(text).length === lastLine(present).length;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}
