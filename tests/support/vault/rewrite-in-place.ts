// Child process: rewrites a file again and again as programs do that know of no lock: emptied, half of it written, a
// pause, the rest. Arguments: file, how often. Only the number after `count:` changes. Ends with 1 where something of
// its own got lost.
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whoever pauses for longer is taken to be done. Milliseconds */
const PAUSE = 90;

const [, , path = '', times = ''] = process.argv;
process.stdout.write('started\n');
for (let count = 1; count <= Number(times); count++) {
  const old = readFileSync(path, 'utf8');
  if (!old.startsWith(`count: ${count - 1}\n`))
    throw new Error(`lost after ${count - 1}: ${old.slice(0, 20)}`);
  const text = old.replace(/^count: \d+/, `count: ${count}`);
  const begun = performance.now();
  const file = openSync(path, 'r+');
  ftruncateSync(file, 0);
  if (count % 3 === 0) await delay(1);
  const half = Math.floor((text.length * (count % 97)) / 97);
  writeSync(file, text.slice(0, half), 0);
  await delay(2 + (count % 7));
  writeSync(file, text.slice(half), half);
  const isReplaced = fstatSync(file).ino !== statSync(path).ino;
  closeSync(file);
  if (isReplaced) {
    // A busy machine may have stopped it in the middle for longer than anybody waits: a known way (`docs/reliability.md`).
    if (performance.now() - begun < PAUSE) throw new Error(`replaced while writing ${count}`);
    count -= 1;
  }
  // Now and then a moment in which others may write; else none that is long enough.
  await delay(count % 25 === 0 ? 300 : 1);
}
