import { writeSync } from 'node:fs';

const MINUTES = 10;

// Loaded by the runner of the tests as well, which takes as long as all of them.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) {
  // A failed test may leave something open, a browser or a server: without this nobody would hear of the failure.
  setTimeout(() => {
    const open = process.getActiveResourcesInfo().join(', ');
    writeSync(2, `Still running after ${MINUTES} minutes, with open: ${open}\n`);
    process.exit(1);
  }, MINUTES * 60_000).unref();
}
