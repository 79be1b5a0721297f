// Child process: reads and edits a config file step by step, and prints the outcomes as JSON. One argument, JSON: see
// `Order`. May die before a step of the file system, without any handler, in the middle of what it writes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { failureOf } from '../../../src-main/domain/failure.ts';
import { ConfigFile, type PreparedEdit } from '../../../src-main/vault/config/config-file.ts';
import { saving } from './edits.ts';
import { credential } from './sample.ts';

export type Action =
  /** Prints the access tokens. */
  | { readonly do: 'read' }
  /** Prints the outcome. */
  | { readonly do: 'edit' | 'prepare' | 'commit'; readonly token: string }
  /** Fills the disk that the folder is on. */
  | { readonly do: 'fill'; readonly folder: string }
  | { readonly do: 'mount'; readonly real: string };

export interface Order {
  readonly configFile: string;
  readonly journalFolder: string;
  readonly actions: readonly Action[];
  /** The user that it becomes; `null`: stays what it is. */
  readonly uid: number | null;
  /** The step of the last action before which it kills itself, the first is 1; `null`: lives. */
  readonly dieAt: number | null;
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
let steps = 0;
let isCounting = false;

/** Makes each call of a file operation that changes something a step. */
function watch(owner: object, name: string): void {
  const original = Reflect.get(owner, name) as (...args: unknown[]) => Promise<unknown>;
  Reflect.set(owner, name, async function (this: unknown, ...args: unknown[]) {
    if (isCounting) steps += 1;
    if (steps === order.dieAt) {
      // Torn: half of it is there.
      const [bytes, from, length, position] = args as [unknown, number, number, number];
      if (name === 'write') await original.call(this, bytes, from, Math.floor(length / 2), position);
      process.kill(process.pid, 'SIGKILL');
    }
    return original.apply(this, args);
  });
}

/** The one that is done at once is a step, too. */
function watchRename(): void {
  const original = fs.renameSync;
  fs.renameSync = (from, to) => {
    if (isCounting) steps += 1;
    if (steps === order.dieAt) process.kill(process.pid, 'SIGKILL');
    original(from, to);
  };
}

if (order.dieAt !== null) {
  watchRename();
  const handle = await fs.promises.open(join(import.meta.dirname, 'config-driver.ts'));
  const handles = Object.getPrototypeOf(handle) as object;
  await handle.close();
  for (const name of ['mkdir', 'open', 'rm', 'rename']) watch(fs.promises, name);
  for (const name of ['write', 'truncate', 'chmod', 'sync']) watch(handles, name);
  syncBuiltinESMExports();
}

const file = new ConfigFile(order.configFile, { journalFolder: order.journalFolder, settleMs: 20 });
await file.prepareToSave();
if (order.uid !== null) {
  process.setgid?.(order.uid);
  process.setuid?.(order.uid);
}

let prepared: PreparedEdit | null = null;
async function carryOut(action: Action): Promise<unknown> {
  switch (action.do) {
    case 'read':
      return (await file.read()).entries.map((entry) => entry.credential.accessToken);
    case 'fill':
      try {
        fs.writeFileSync(join(action.folder, 'filling'), Buffer.alloc(64 * 1024 * 1024, 'x'));
        return 'not full';
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      }
    case 'mount':
      return execFileSync('mount', ['--bind', action.real, order.configFile], { encoding: 'utf8' });
    case 'edit':
      return file.edit(saving({ ...credential, accessToken: action.token }));
    case 'prepare':
      prepared = await file.prepare(saving({ ...credential, accessToken: action.token }));
      return 'prepared';
    case 'commit':
      return prepared?.commit(saving({ ...credential, accessToken: action.token }));
  }
}

const outcomes: unknown[] = [];
for (const action of order.actions) {
  isCounting = action === order.actions.at(-1);
  outcomes.push(await carryOut(action).catch((error: unknown) => failureOf(error)));
}
process.stdout.write(JSON.stringify(outcomes));
