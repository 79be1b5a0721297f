// Child process: adds one to the number in a file, under the lock. Arguments: counter file, lock file.
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { withFileLock } from '../../../src-main/vault/files/file-lock.ts';

const [, , counter = '', lock = ''] = process.argv;
await withFileLock(lock, 30_000, async () => {
  const count = Number(await readFile(counter, 'utf8'));
  // Wide enough a gap that two without a lock would meet in it.
  await delay(5);
  await writeFile(counter, String(count + 1));
});
