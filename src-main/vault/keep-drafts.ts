import { readFile, rm } from 'node:fs/promises';
import { refreshTokensIn } from './config/unread-news.ts';
import { credentialDigest, tokenTrace } from './credential-trace.ts';
import { temporaryFilesFor } from './files/atomic-write.ts';
import { newsTo } from './kept-unwritten.ts';
import { knownTokens } from './known-tokens.ts';
import type { Lesson } from './lessons.ts';
import type { Known, Places } from './places.ts';
import { readStored } from './read-stored.ts';
import type { KeptCredential, LeftCredential } from './records/rescue-file.ts';

/**
 * How its config file stands to what a crash left. `due`: it is to go there. `there`: it has been written. `unsure`: neither
 * that stands there nor what it was got for; another program may have renewed it, or have signed somebody else in.
 */
type Standing = 'due' | 'there' | 'unsure';

/**
 * What a crash left of `rescue.json`, an answer's draft above all, waits to be written where that is due. What has been
 * written is known from now on, as it would be without the crash; so is what may have been: whatever stands there is found
 * to have taken its place, and where that is told to be somebody else's it is offered. To be called as `keepLeftovers`.
 *
 * @param file the config file, as it really is
 */
export async function keepDrafts(file: string, places: Places): Promise<void> {
  const left = await places.rescueFile.leftovers();
  if (left.length === 0) return;
  // Whoever writes the file in place just now empties it first.
  await readStored(places, () => undefined);
  for (const { path, waiting } of left) {
    const known = await places.known();
    const isNews = newsTo(known);
    const due: LeftCredential[] = [];
    const written: LeftCredential[] = [];
    const unsure: LeftCredential[] = [];
    let isAnothers = false;
    for (const each of waiting) {
      const isOurs = each.configFile === null || each.configFile === file;
      const isLast = each.configFile === file && isLastKnown(each, known);
      if (!isNews(each.credential) && !isLast && !(isOurs && isKept(each, known))) continue;
      const standing = await standingOf(each, known, isLast);
      if (standing === 'due') due.push(each);
      else if (!isOurs) {
        isAnothers = true;
        due.push(...dueHere(each, file, known));
      } else if (isLast || isRenewalOfKnown(each, known)) {
        (standing === 'there' ? written : unsure).push(each);
      } else if (standing === 'unsure') due.push(each);
    }
    await places.rescueFile.keepFormer(file, unsure);
    await places.rescueFile.keepLeftovers(due);
    for (const { credential, configFile, replaces } of [...due, ...written, ...unsure]) {
      if (configFile === file) await places.records.tellSpent(replaces, tokenTrace(credential.refreshToken));
    }
    await places.learn([...written, ...unsure].map(lessonOf), false);
    // The journal of the same write has brought it in, where the file is written in place.
    const needless = [...written, ...unsure].filter((each) => isKept(each, known));
    await places.forgetKept(needless.map(({ credential }) => credential.id));
    // What is another file's, and not due there, is for whoever looks at that one.
    if (isAnothers) continue;
    // On a full disk it is learnt again at the next look.
    if (written.length + unsure.length > 0 && !places.isRemembering) continue;
    // Also where it held nothing new: once that is signed out of it would seem to be.
    await rm(path, { force: true });
  }
}

/** What is another file's is due here as well where the same login is: what that was is spent. */
function dueHere(left: LeftCredential, file: string, { records }: Known): readonly LeftCredential[] {
  const holders = [...records].filter(([, { known }]) => left.replaces.includes(known?.token ?? ''));
  return holders.map(([id]) => ({ ...left, configFile: file, credential: { ...left.credential, id } }));
}

/** What it was got for waits itself, and has never stood in the file, whatever else does. */
function isOfWaiting({ replaces }: KeptCredential, { kept, elsewhere }: Known): boolean {
  return [...kept.values(), ...elsewhere].some(({ credential }) => {
    const token = tokenTrace(credential.refreshToken);
    return token !== null && replaces.includes(token);
  });
}

async function standingOf(left: LeftCredential, known: Known, isLast: boolean): Promise<Standing> {
  const { configFile, credential, replaces } = left;
  if (configFile === null || isOfWaiting(left, known)) return 'due';
  const { refreshToken } = credential;
  const there = refreshTokensIn(await textOf(configFile));
  if (there.some((token) => token === refreshToken)) return 'there';
  // It has been written: whatever stands there came later.
  if (isLast) return 'unsure';
  if (there.some((token) => replaces.includes(tokenTrace(token)))) return 'due';
  // Nothing there that another program could have got: what was renewed before it waited, perhaps, and so does this.
  const traces = knownTokens(known);
  if (there.every((token) => traces.has(tokenTrace(token)))) return 'due';
  // A new text that is in a temporary file still has never taken the file's place.
  const paths = await temporaryFilesFor(configFile).catch(() => []);
  const texts = await Promise.all(paths.map(textOf));
  return texts.some((text) => refreshTokensIn(text).some((token) => token === refreshToken))
    ? 'due'
    : 'unsure';
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function isKept({ credential }: KeptCredential, { kept }: Known): boolean {
  const own = kept.get(credential.id);
  return own !== undefined && credentialDigest(own.credential) === credentialDigest(credential);
}

/** It is known to be stored, and kept nowhere: the crash may have come before there was a copy of it. */
function isLastKnown(left: KeptCredential, known: Known): boolean {
  const token = known.records.get(left.credential.id)?.known?.token ?? null;
  return token !== null && token === tokenTrace(left.credential.refreshToken) && !isKept(left, known);
}

/** It was got for the last that is known of its account: the crash came before it was known itself. */
function isRenewalOfKnown({ credential, replaces }: KeptCredential, { records }: Known): boolean {
  const token = records.get(credential.id)?.known?.token ?? null;
  return token !== null && replaces.includes(token);
}

function lessonOf({ credential, replaces }: KeptCredential): Lesson {
  const { id } = credential;
  return { id, present: credential, spends: replaces, isGiven: true, isUpdate: true, change: (old) => old };
}
