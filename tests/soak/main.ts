// `npm run soak [-- --minutes N] [-- --seed S]`: two keepers share a login whose tokens live for seconds, while they are
// killed at random, the server has moods, and a rival program writes to the file. Ends with exit code 0 when nothing
// was lost but what nobody can save.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isSeq, parseDocument, type YAMLMap } from 'yaml';
import { root } from '../../scripts/set-up/paths.mjs';
import { entryLoss } from '../../src-main/domain/history.ts';
import { Vault } from '../../src-main/vault/vault.ts';
import type { Mood } from '../support/practice/mood.ts';
import { startPracticeServer } from '../support/practice/practice-server.ts';
import { REFUSALS } from '../support/practice/refusals.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { countsTable, noCounts } from './counts.ts';
import type { KeeperOrder, KeeperRequest, KeeperView } from './keeper.ts';
import { writeResult } from './reliability-page.ts';

const ACCESS_SECONDS = 4;
/** A kill this long after an answer left the server may have come before the write. */
const WINDOW = 250;
/** On a busy machine it takes longer: what the file holds is spent then. */
const LONGEST_WINDOW = 2_000;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new RangeError('--minutes wants a number above 0');
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const random = seededRandom(seed);
const between = (least: number, most: number) => least + random() * (most - least);
const pick = <T>(choices: readonly [T, ...T[]]) =>
  choices[Math.floor(random() * choices.length)] ?? choices[0];

const folder = await mkdtemp(join(tmpdir(), 'latchkey-soak-'));
const configFile = join(folder, 'shared', 'config.yaml');
const dataDir = join(folder, 'data');
await using server = await startPracticeServer({ accessTokenSeconds: ACCESS_SECONDS });
const vault = new Vault({ configFile, dataDir, keychain: null });
const counts = noCounts();

/** When the last token request finished: what the rest of the answer's way takes is our window. */
let finished = 0;
let finishedAt = -Infinity;
const tokenAnswers = () => server.requests.filter(({ path }) => path.endsWith('/token'));
const watching = setInterval(() => {
  const now = tokenAnswers().length;
  if (now !== finished) finishedAt = performance.now();
  finished = now;
}, 2);

class KeeperProcess {
  readonly #callbackPort: number;
  #child: ChildProcess | null = null;
  view: KeeperView | null = null;

  constructor(callbackPort: number) {
    this.#callbackPort = callbackPort;
  }

  async start(): Promise<void> {
    const { authorizeUrl, tokenUrl, apiUrl } = server;
    const order: KeeperOrder = {
      configFile,
      dataDir,
      callbackPort: this.#callbackPort,
      endpoints: { authorizeUrl, tokenUrl, apiUrl },
    };
    this.view = null;
    this.#child = fork(join(import.meta.dirname, 'keeper.ts'), [JSON.stringify(order)]);
    this.#child.on('message', (view) => (this.view = view as KeeperView));
    await once(this.#child, 'message');
  }

  ask(request: KeeperRequest): void {
    this.#child?.send(request);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (child?.connected !== true) return;
    child.disconnect();
    await once(child, 'exit');
  }
}

const keepers = [new KeeperProcess(18_871), new KeeperProcess(18_881)] as const;

/** Waits for what has to come; the run fails when it does not. */
async function expect(what: string, is: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!(await is())) {
    if (Date.now() > deadline) {
      const views = keepers.map(({ view }) => JSON.stringify(view)).join('\n');
      throw new Error(`Waited ${seconds} s in vain for ${what} (seed ${seed})\n${views}`);
    }
    await delay(20);
  }
}

const well = (endpoint: Mood['endpoint']) => server.setMood({ endpoint, behaviour: { kind: 'well' } });
const isWell = ({ view }: KeeperProcess) =>
  view !== null && view.signedIn && view.lost === null && view.ended === null;

/** A kill may come between the server's commit and the first byte of its answer on our disk: nobody can save that. */
let mayHaveLost = false;
let lastKill = 'nobody was killed';

async function kill(): Promise<void> {
  const keeper = pick(keepers);
  const isUnderWay = server.tokenRequestsBegun > tokenAnswers().length;
  const sinceAnswer = performance.now() - finishedAt;
  counts.kills += 1;
  await keeper.kill();
  const isUnwritten = sinceAnswer < LONGEST_WINDOW && (await stateInFile()) === 'spent';
  if (isUnderWay || sinceAnswer < WINDOW || isUnwritten) {
    mayHaveLost = true;
    counts.killsInWindow += 1;
  }
  lastKill = `the last kill came ${Math.round(sinceAnswer)} ms after an answer`;
  await keeper.start();
}

const MOODS: readonly [Mood['behaviour'], ...Mood['behaviour'][]] = [
  REFUSALS.down,
  REFUSALS.rateLimitedFor(1),
  { kind: 'slow', milliseconds: 400 },
];

function changeMood(): void {
  counts.moods += 1;
  // An answer that gets lost costs a minute, so seldom.
  const behaviour: Mood['behaviour'] = random() < 0.03 ? { kind: 'reset' } : pick(MOODS);
  server.setMood({ endpoint: 'token', behaviour, times: 1 });
}

async function replaceFile(text: string): Promise<void> {
  await writeFile(`${configFile}.tmp`, text, { mode: 0o600 });
  await rename(`${configFile}.tmp`, configFile);
}

/** A program that rewrites the whole file, as the Go examples do. It does not know of our lock: what it read may be old. */
async function rivalRewrites(): Promise<void> {
  const before = await readFile(configFile, 'utf8');
  const marked = before.replace(/\n?# rival \d+\n$/, '');
  if ((await readFile(configFile, 'utf8')) !== before) return;
  counts.rivalWrites += 1;
  await replaceFile(`${marked}\n# rival ${counts.rivalWrites}\n`);
}

/** A program that empties the file and writes it again in pieces. */
async function rivalWritesInPlace(): Promise<void> {
  counts.inPlace += 1;
  const file = await open(configFile, 'r+');
  try {
    const before = await file.readFile('utf8');
    const text = `${before.replace(/\n?# in place \d+\n$/, '')}\n# in place ${counts.inPlace}\n`;
    const half = Math.floor(random() * text.length);
    await file.truncate(0);
    await delay(between(0, 150));
    await file.write(text.slice(0, half), 0);
    await delay(between(0, 150));
    await file.write(text.slice(half), half);
  } finally {
    await file.close();
  }
}

const TWIN = 'copy';

/** Somebody copies our block by hand, under another id, or takes that copy out again. */
async function rivalCopiesBlock(): Promise<void> {
  await settle();
  const before = await readFile(configFile, 'utf8');
  const document = parseDocument(before);
  const list = document.getIn(['providers', 'anthropic', 'oauth_credentials']);
  if (!isSeq<YAMLMap>(list)) return;
  const at = list.items.findIndex((item) => item.get('id') === TWIN);
  if (at === -1) {
    const copy = list.items.find((item) => item.get('id') === 'default')?.clone() as YAMLMap | undefined;
    copy?.set('id', TWIN);
    if (copy !== undefined) list.add(copy);
  } else list.delete(at);
  if ((await readFile(configFile, 'utf8')) !== before) return;
  counts.twins += 1;
  await replaceFile(String(document));
}

/** The entries that hold a spent token although nobody was told so. */
async function untoldSpent(): Promise<readonly string[]> {
  const { accounts } = await vault.load();
  const states = await Promise.all(
    accounts.map(async ({ id, entry, record, change }) => {
      const isTold = change === 'replaced' || entryLoss(record?.history ?? []) !== null;
      const token = entry?.credential.refreshToken ?? null;
      if (isTold || token === null) return [];
      const state = await server.refreshTokenState(token);
      return state === 'live' ? [] : [`${id}: ${state}`];
    }),
  );
  return states.flat();
}

/** What the server says to the refresh token in the file; `none` without one. */
async function stateInFile(): Promise<string> {
  const refreshToken = (await vault.load()).accounts[0]?.entry?.credential.refreshToken;
  return refreshToken == null ? 'none' : server.refreshTokenState(refreshToken);
}

const withoutEntry = 'providers:\n  anthropic:\n    type: anthropic\n# emptied by the rival\n';

async function personPutsBack(what: 'removed' | 'replaced'): Promise<void> {
  let isRepaired = false as boolean;
  await expect(`the keepers to notice: ${what}`, async () => {
    // The rival came between a refresh and its write, on a busy machine: the new credential went in after all.
    isRepaired = (await stateInFile()) === 'live' && keepers.every(isWell);
    return isRepaired || keepers.every(({ view }) => view?.lost === what);
  });
  if (isRepaired) return;
  counts[what] += 1;
  keepers[0].ask('put-back');
  await expect('the entry to be back', () => keepers.every(isWell));
}

async function rivalRemoves(): Promise<void> {
  await settle();
  await replaceFile(withoutEntry);
  await personPutsBack('removed');
}

async function rivalRestoresBackup(): Promise<void> {
  await settle();
  const backup = await readFile(configFile, 'utf8');
  await expect('a refresh', async () => (await readFile(configFile, 'utf8')) !== backup);
  await settle();
  await replaceFile(backup);
  await personPutsBack('replaced');
}

async function rivalBreaksFile(): Promise<void> {
  await settle();
  const text = await readFile(configFile, 'utf8');
  counts.broken += 1;
  await replaceFile(`${text}broken: [\n`);
  await delay(between(500, 4_000));
  // Mended as a person would: what broke it goes, the rest stays.
  const now = await readFile(configFile, 'utf8');
  await replaceFile(now.replace('broken: [\n', ''));
  await expect('the credential to be in the file again', async () => {
    const { accounts } = await vault.load();
    return accounts[0]?.whereabouts === 'config-file';
  });
}

/** Right after a refresh, so that the rival does not meet one: it knows nothing of our lock. */
async function settle(): Promise<void> {
  well('token');
  await expect(
    'all to be well',
    async () => {
      await recover();
      return keepers.every(isWell);
    },
    100,
  );
  const answers = tokenAnswers().length;
  await expect(
    'a refresh',
    async () => {
      // What the last rival wrote may be noticed only now.
      await recover();
      return tokenAnswers().length > answers;
    },
    100,
  );
  await expect('it to be written', () => performance.now() - finishedAt > WINDOW);
  // It may have been the one that tells of a login lost in the window before.
  if (await isRefused()) await settle();
}

/** Whether what is in the file is spent; the keepers say so in a moment. */
async function isRefused(): Promise<boolean> {
  return !keepers.every(isWell) || (await stateInFile()) !== 'live';
}

/** What a person does when the app asks for one; and whether that had to be. */
async function recover(): Promise<void> {
  const lost = keepers.map(({ view }) => view?.lost).find((loss) => loss != null);
  // The rival read before a refresh and wrote after it.
  if (lost != null) await personPutsBack(lost);
  const ended = keepers.map(({ view }) => view?.ended).find((end) => end != null);
  if (ended === 'uncertain') {
    counts.uncertain += 1;
    keepers[0].ask('refresh');
    await expect('an answer', () => keepers.every(({ view }) => view?.ended !== 'uncertain'));
  }
  if (ended === 'refused') {
    if (mayHaveLost) counts.unavoidable += 1;
    else {
      counts.lost += 1;
      const { accounts } = await vault.load();
      const told = accounts.map(({ id, whereabouts, change, record }) => [
        id,
        whereabouts,
        change,
        record?.history.slice(-8),
      ]);
      console.log(`Lost: ${lastKill}; ${JSON.stringify(told)}`);
    }
    await signIn();
  }
}

async function signIn(): Promise<void> {
  counts.signIns += 1;
  well('token');
  keepers[0].ask('sign-in');
  await expect('both to be signed in', () => keepers.every(isWell));
  mayHaveLost = false;
}

await Promise.all(keepers.map((keeper) => keeper.start()));
await signIn();
const startedAt = Date.now();
let shownAt = 0;
while (Date.now() - startedAt < minutes * 60_000) {
  await delay(between(50, 900));
  await recover();
  const chance = random();
  if (chance < 0.35) await kill();
  else if (chance < 0.6) changeMood();
  else if (chance < 0.75) await rivalRewrites();
  else if (chance < 0.87) await rivalWritesInPlace();
  else if (chance < 0.9) await rivalCopiesBlock();
  else if (chance < 0.935) await rivalRemoves();
  else if (chance < 0.97) await rivalRestoresBackup();
  else await rivalBreaksFile();
  if (Date.now() - shownAt > 10_000) {
    shownAt = Date.now();
    const refreshed = tokenAnswers().filter(({ status }) => status === 200).length;
    console.log(
      `${Math.round((Date.now() - startedAt) / 1_000)} s: ${refreshed} token answers, ${counts.kills} kills`,
    );
  }
}
// The login that is there in the end lives: it is refreshed once more, and stands in the file.
await settle();
await expect('each refresh token in the file to live, but for those that are told', async () => {
  // A refresh may just be under way.
  return (await stateInFile()) === 'live' && (await untoldSpent()).length === 0;
});

clearInterval(watching);
await Promise.all(keepers.map((keeper) => keeper.end()));
counts.refreshed = tokenAnswers().filter(({ status }) => status === 200).length - counts.signIns;
await rm(folder, { recursive: true });
const table = countsTable(counts);
console.log(`\n${table}\n\nSeed ${seed}, ${minutes} minutes.`);
if (counts.lost > 0) process.exitCode = 1;
else await writeResult(join(root, 'docs', 'reliability.md'), { table, minutes, seed });
