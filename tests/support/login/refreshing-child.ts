// Child process: refreshes again and again, or once and dies at a step of it. One argument, JSON: see `Order`.
import fs from 'node:fs';
import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { readEndpoints } from '../../../src-main/oauth/endpoints.ts';
import { Vault } from '../../../src-main/vault/vault.ts';
import { directNetwork } from '../network/direct.ts';
import { newLogin } from '../new-login.ts';

export interface Order {
  readonly configFile: string;
  readonly dataDir: string;
  readonly endpoints: { readonly authorizeUrl: string; readonly tokenUrl: string; readonly apiUrl: string };
  /** Where its clock begins, ahead of the system's: milliseconds. */
  readonly ahead: number;
  /** The step before which it kills itself, the first is 1; `null`: goes on until it is killed. */
  readonly dieAt: number | null;
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const { writeSync } = fs;
const say = (line: string) => void writeSync(1, `${line}\n`);

let steps = 0;
let isCounting = false;
/** Tells which step is next, or dies before it: no handler runs, nothing is flushed. */
function step(name: string): boolean {
  if (!isCounting) return false;
  steps += 1;
  if (steps !== order.dieAt) say(name);
  return steps === order.dieAt;
}
const die = () => process.kill(process.pid, 'SIGKILL');

/** Makes each call of a file operation that changes something a step. */
function watch(owner: object, name: string, describe: (...args: never[]) => string): void {
  const original = Reflect.get(owner, name) as (...args: unknown[]) => Promise<unknown>;
  Reflect.set(owner, name, async function (this: unknown, ...args: unknown[]) {
    if (step(describe(...(args as never[])))) {
      // Torn: half of the text is there.
      const [text] = args;
      if (name.startsWith('write') && (typeof text === 'string' || text instanceof Uint8Array)) {
        await original.call(this, text.slice(0, text.length / 2));
      }
      die();
    }
    return original.apply(this, args);
  });
}

/** The one that is done at once is a step, too. */
function watchRename(): void {
  const original = fs.renameSync;
  fs.renameSync = (from, to) => {
    if (step(`rename to ${String(to)}`)) die();
    original(from, to);
  };
}

if (order.dieAt !== null) {
  watchRename();
  const handle = await fs.promises.open(join(import.meta.dirname, 'refreshing-child.ts'));
  const handles = Object.getPrototypeOf(handle) as object;
  await handle.close();
  for (const name of ['mkdir', 'open', 'rm']) {
    watch(fs.promises, name, (path: string) => `${name} ${path}`);
  }
  watch(fs.promises, 'rename', (_: string, to: string) => `rename to ${to}`);
  for (const name of ['writeFile', 'write', 'truncate', 'sync', 'chmod']) watch(handles, name, () => name);
  syncBuiltinESMExports();
}

let offset = order.ahead;
let answers = 0;
let answeredAt: number | null = null;
let isDrafted = true;
// Nothing but a draft is written so: it ends what nobody can save.
fs.writeSync = ((...args: Parameters<typeof writeSync>) => {
  const written = writeSync(...args);
  if (answeredAt !== null && !isDrafted) say(`window ${performance.now() - answeredAt}`);
  isDrafted = true;
  return written;
}) as typeof writeSync;
syncBuiltinESMExports();
// What is remembered of a credential comes right after it is on disk.
const learn = Reflect.get(Vault.prototype, 'learn');
Vault.prototype.learn = async function (lessons) {
  if (answeredAt !== null) say(`stored ${performance.now() - answeredAt}`);
  answeredAt = null;
  await learn.call(this, lessons);
};

const login = newLogin({
  endpoints: readEndpoints(order.endpoints),
  configFile: order.configFile,
  dataDir: order.dataDir,
  clock: { ...systemClock, now: () => Date.now() + offset },
  fetch: async (url, init) => {
    const beforeSending = async () => {
      await init?.beforeSending?.();
      if (step('send')) die();
    };
    const answer = await directNetwork.fetch(url, { ...init, beforeSending });
    const text = await answer.text();
    answers += 1;
    answeredAt = performance.now();
    isDrafted = false;
    if (step('answered')) die();
    return new Response(text, { status: answer.status, headers: answer.headers });
  },
});
await login.start();
isCounting = order.dieAt !== null;
do {
  const outcome = await login.refresh('default');
  if (outcome.kind !== 'refreshed') throw new Error(JSON.stringify(outcome));
  if (order.dieAt === null && answers === 1) flushCompileCache();
  say('refreshed');
  // Else the next one would be a second click.
  offset += 3 * SECOND;
} while (order.dieAt === null);
await login.stop();
