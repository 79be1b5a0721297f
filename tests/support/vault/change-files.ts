// Child process: does what another program may do to files. One JSON array a line on standard input: [operation, path,
// second path or text]. Answers each with a line: `done`, or the error. `try` before an operation means that it may fail.
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

const operations: Readonly<Record<string, (path: string, other: string) => void>> = {
  append: appendFileSync,
  write: writeFileSync,
  create: (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  },
  replace: (path, text) => {
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
  },
  move: renameSync,
  mkdir: (path) => mkdirSync(path, { recursive: true }),
  remove: (path) => rmSync(path, { recursive: true }),
  link: (path, target) => symlinkSync(target, path),
  hardLink: (path, existing) => linkSync(existing, path),
  relink: (path, target) => {
    symlinkSync(target, `${path}.tmp`);
    renameSync(`${path}.tmp`, path);
  },
  /** Size and time, whole seconds, stay as they were. */
  disguise: (path, text) => {
    const { atime, mtime } = statSync(path);
    writeFileSync(path, text);
    utimesSync(path, atime, mtime);
  },
  /** Twice as many events as `other` says. */
  storm: (path, other) => {
    for (let count = 0; count < Number(other); count++) {
      writeFileSync(`${path}-${count}`, '');
      unlinkSync(`${path}-${count}`);
    }
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [operation = '', path = '', other = ''] = JSON.parse(line) as string[];
  let answer = 'done';
  try {
    operations[operation.replace('try ', '')]?.(path, other);
  } catch (error) {
    if (!operation.startsWith('try ')) answer = String(error);
  }
  process.stdout.write(`${answer}\n`);
}
