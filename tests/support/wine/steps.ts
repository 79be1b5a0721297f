import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeRoom, writeFileAtomically } from '../../../src-main/vault/files/atomic-write.ts';
import { errnoOf } from '../../../src-main/vault/files/errno.ts';
import { withFileLock } from '../../../src-main/vault/files/file-lock.ts';

// `node steps.ts <step> <path> [<more>]`, under Wine: one of the vault's rules in a process of its own. Says what became
// of it, a word a line.

const [step = '', path = '', more = ''] = process.argv.slice(2);
const say = (word: string) => writeSync(1, `${word}\n`);

const STEPS: Readonly<Record<string, () => Promise<void>>> = {
  /** Replaces the file by a text. */
  async write() {
    say('begun');
    await writeFileAtomically(path, more);
  },
  /** Has the file open, as whoever reads it has, until another file is there. */
  async hold() {
    const file = openSync(path, 'r');
    say('held');
    while (!existsSync(more)) await sleep(10);
    closeSync(file);
  },
  /** Counts the number in the file up, many times, each under the lock. */
  async count() {
    for (let time = 0; time < Number(more); time += 1) {
      await withFileLock(`${path}.lock`, 20_000, async () => {
        const number = Number(readFileSync(path, 'utf8'));
        await sleep(1);
        await writeFileAtomically(path, String(number + 1));
      });
    }
  },
  /** Writes whole texts of one letter each until it is killed. */
  async forever() {
    for (let time = 0; ; time += 1) {
      const room = await takeRoom(path, 1_000);
      await room.replace(String.fromCharCode(97 + (time % 26)).repeat(20_000));
      if (time === 0) say('begun');
    }
  },
};

try {
  await STEPS[step]?.();
  say('done');
} catch (error) {
  say(errnoOf(error) ?? String(error));
}
