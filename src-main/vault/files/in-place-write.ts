import { open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import {
  existing,
  isNotSupported,
  resolveLinks,
  syncFolder,
  takeRoom,
  writeAt,
  type Room,
} from './atomic-write.ts';
import { ownerOnly } from './owner-only.ts';

/**
 * What a journal holds: enough to finish the write it announces, and to see whether somebody else has written since. Not
 * the file's path, which may be another one to the next who looks: a folder can be mounted elsewhere.
 */
const schema = v.object({ version: v.literal(1), before: v.string(), after: v.string() });

/** What a journal needs beside its two texts. */
const JOURNAL_BYTES = 16 * 1024;

/** Another program has written at the same time: the file holds something else than what was written. */
export class MixedUpError extends Error {
  override readonly name = 'MixedUpError';
}

/**
 * Room for writing over a file that no rename can replace. Its new text is on disk first, as a journal of mode 0600: a
 * crash in between is mended by `finishWrite`. Whoever calls either holds one lock meanwhile.
 *
 * @param path of a file that exists
 * @param bytes of the text to come; 0 takes no room
 * @throws the system's error
 */
export async function takeRoomInPlace(path: string, journal: string, bytes: number): Promise<Room> {
  const target = await resolveLinks(path);
  const { length } = await readFile(target);
  // The journal's folder tells nothing of whether the file can be written: it may be mounted read-only.
  await (await open(target, 'r+')).close();
  // Quotes and line breaks are two characters each in a journal.
  const room = await takeRoom(journal, bytes === 0 ? 0 : 2 * (length + bytes) + JOURNAL_BYTES);
  return {
    async replace(text, beforeReplacing) {
      const before = await readFile(target, 'utf8');
      await room.replace(JSON.stringify({ version: 1, before, after: text }));
      try {
        await beforeReplacing?.();
      } catch (error) {
        await remove(journal);
        throw error;
      }
      try {
        await writeInPlace(target, Buffer.from(text));
      } catch (error) {
        // What has begun is for the journal to finish. What has not, because there was no room, is over.
        if ((await readFile(target, 'utf8')) === before) await remove(journal);
        throw error;
      }
      await remove(journal);
    },
    release: () => room.release(),
  };
}

/** The texts of a write that is not finished: what the file held, and what it was to hold. */
export interface AbandonedWrite {
  readonly before: string;
  readonly after: string;
}

/**
 * Finishes the write of which a crash has left the journal. Where another program has written since, the file is left as it is.
 *
 * @param target the file, with every link resolved
 * @param onAbandoned hears of a write that is not finished, before its journal goes
 * @throws the system's error, or what `onAbandoned` throws; the journal stays then
 */
export async function finishWrite(
  target: string,
  journal: string,
  onAbandoned: (write: AbandonedWrite) => Promise<void>,
): Promise<void> {
  const content = parse(await readFile(journal, 'utf8'));
  const now = await existing(readFile(target));
  if (content !== null) {
    const [before, after] = [Buffer.from(content.before), Buffer.from(content.after)];
    if (now !== null && isMixture(now, before, after)) await writeInPlace(target, after);
    else await onAbandoned(content);
  }
  await remove(journal);
}

function parse(text: string): v.InferOutput<typeof schema> | null {
  try {
    return v.parse(schema, JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether a file is what `writeInPlace` may leave behind, whenever it dies: the old text and the new one included. */
function isMixture(now: Buffer, before: Buffer, after: Buffer): boolean {
  const [least, most] = [before.length, after.length].sort((a, b) => a - b) as [number, number];
  if (now.length < least || now.length > most) return false;
  // Space that was added to a file, and not yet written when the power failed, holds zeros.
  return now.every((byte, at) => byte === before[at] || byte === after[at] || byte === 0);
}

/** On disk when this returns. What has to grow grows first, so that a full disk changes nothing. */
async function writeInPlace(target: string, bytes: Buffer): Promise<void> {
  const file = await open(target, 'r+');
  try {
    const { size, mode } = await file.stat();
    try {
      // Before a secret is in it.
      await file.chmod(ownerOnly(mode));
    } catch (error) {
      // Only its owner may.
      if (!isNotSupported(error)) throw error;
    }
    if (bytes.length > size) {
      try {
        await writeAt(file, bytes.subarray(size), size);
        await file.sync();
      } catch (error) {
        await file.truncate(size);
        await file.sync();
        throw error;
      }
    }
    await writeAt(file, bytes, 0);
    await file.truncate(bytes.length);
    await file.sync();
  } finally {
    await file.close();
  }
  if (!(await readFile(target)).equals(bytes)) throw new MixedUpError('the file holds something else');
}

async function remove(journal: string): Promise<void> {
  await rm(journal, { force: true });
  await syncFolder(dirname(journal));
}
