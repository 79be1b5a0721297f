// Child process: rewrites a file again and again as programs do that know of no lock: emptied, half of it written, a
// pause, the rest. Arguments: file, how often. Only the number after `count:` changes. Ends with 1 where something of
// its own got lost.
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const [, , path = '', times = ''] = process.argv;
process.stdout.write('started\n');
for (let count = 1; count <= Number(times); count++) {
  const old = readFileSync(path, 'utf8');
  if (!old.startsWith(`count: ${count - 1}\n`))
    throw new Error(`lost after ${count - 1}: ${old.slice(0, 20)}`);
  const text = old.replace(/^count: \d+/, `count: ${count}`);
  const file = openSync(path, 'r+');
  ftruncateSync(file, 0);
  if (count % 3 === 0) await delay(1);
  const half = Math.floor((text.length * (count % 97)) / 97);
  writeSync(file, text.slice(0, half), 0);
  await delay(2 + (count % 7));
  writeSync(file, text.slice(half), half);
  if (fstatSync(file).ino !== statSync(path).ino) throw new Error(`replaced while writing ${count}`);
  closeSync(file);
  // Now and then a moment in which others may write; else none that is long enough.
  await delay(count % 25 === 0 ? 300 : 1);
}
