import fs from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { temporaryFilesFor } from '../../../src-main/vault/files/atomic-write.ts';
import type { Stage } from '../../support/login/signed-in.ts';

type Files = Pick<Stage, 'configFile' | 'dataDir' | 'folder'>;

/**
 * Remembers both folders as a crash leaves them that comes just before a file is renamed the next time.
 *
 * @param file left out: the config file
 * @returns puts them back
 */
export function crashAtRename({ configFile, dataDir, folder }: Files, file = configFile): () => void {
  const original = fs.renameSync;
  const restore = () => {
    fs.renameSync = original;
    syncBuiltinESMExports();
  };
  const folders = [
    [dirname(configFile), join(folder, 'crashed-shared')],
    [dataDir, join(folder, 'crashed-data')],
  ] as const;
  const options = { recursive: true, preserveTimestamps: true } as const;
  fs.renameSync = (from, to) => {
    if (String(to) === file) {
      for (const [real, crashed] of folders) fs.cpSync(real, crashed, options);
      restore();
    }
    original(from, to);
  };
  syncBuiltinESMExports();
  return () => {
    restore();
    for (const [real, crashed] of folders) {
      fs.rmSync(real, { recursive: true });
      fs.cpSync(crashed, real, options);
    }
  };
}

export const journalOf = (configFile: string) =>
  join(dirname(configFile), `.${basename(configFile)}.latchkey.journal`);

/**
 * What is in both folders after a write in place that has just begun: the new text is in the journal alone. Here the write
 * itself goes by renaming.
 *
 * @returns what the config file held before
 */
export async function cutShort(stage: Files, work: () => Promise<unknown>): Promise<string> {
  const { configFile } = stage;
  const before = await readFile(configFile, 'utf8');
  const crash = crashAtRename(stage);
  await work();
  const after = await readFile(configFile, 'utf8');
  crash();
  for (const path of await temporaryFilesFor(configFile)) await rm(path);
  await writeFile(journalOf(configFile), JSON.stringify({ version: 1, before, after }), { mode: 0o600 });
  return before;
}
