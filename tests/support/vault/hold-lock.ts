// Child process: takes the lock, says so, and holds it until it is killed. Arguments: lock file, and "lockless" where its
// folder is to let no locks through.
import { dirname } from 'node:path';
import { mock } from 'node:test';
import { withFileLock } from '../../../src-main/vault/files/file-lock.ts';
import { letNoLocksThrough } from './lockless.ts';

const [, , lock = '', as] = process.argv;
if (as === 'lockless') letNoLocksThrough(mock, dirname(lock), 'ENOLCK');
await withFileLock(lock, 30_000, async () => {
  process.stdout.write('held\n');
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
