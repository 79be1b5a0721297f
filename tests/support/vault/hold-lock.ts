// Child process: takes the lock, says so, and holds it until it is killed. Argument: lock file.
import { withFileLock } from '../../../src-main/vault/files/file-lock.ts';

await withFileLock(process.argv[2] ?? '', 30_000, async () => {
  process.stdout.write('held\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
