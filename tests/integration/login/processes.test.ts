import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import type { Snapshot } from '../../../src-main/domain/snapshot.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import type { Login } from '../../../src-main/login/login.ts';
import { NOTHING_TYPED, type Arguments } from '../../../src-main/terminal/arguments.ts';
import { refreshCommand } from '../../../src-main/terminal/refresh-command.ts';
import { withCredentialLock } from '../../../src-main/vault/credential-lock.ts';
import { until } from '../../support/desktop/until.ts';
import type { Order } from '../../support/login/refreshing-child.ts';
import {
  accountOf,
  letAge,
  replaceEntry,
  signedIn,
  writeAsOthersDo,
  type Stage,
} from '../../support/login/signed-in.ts';
import { approvingBrowser, BuiltTerminal, variablesOf, type Run } from '../../support/login/terminal.ts';
import { GRACE } from '../../support/practice/people.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { sampleTerminal } from '../../support/terminal/sample-terminal.ts';
import { startChild } from '../../support/vault/child.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());

// Most of a child's time would go into reading its sources.
process.env['NODE_COMPILE_CACHE'] = await mkdtemp(join(tmpdir(), 'latchkey-compiled-'));
after(() => rm(process.env['NODE_COMPILE_CACHE'] ?? '', { recursive: true }));

const ID = 'default';
const CROWD = 20;
/** A lock that is stuck is so for good: the rest is left to a loaded machine. */
const STUCK = 30 * SECOND;

const variables = (stage: Stage) => variablesOf(stage, 18_865);

/** One whose access token is over. */
async function expired(t: TestContext): Promise<Stage> {
  const stage = await signedIn(t, { clock: systemClock });
  await letAge(stage, 9 * HOUR);
  return stage;
}

const crowd = (words: readonly string[], stage: Stage): Run[] =>
  Array.from({ length: CROWD }, () => terminal.start(words, variables(stage)));
const ends = (runs: readonly Run[]) => Promise.all(runs.map(({ ended }) => ended));
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

test('twenty ask for a token at once: one request, and the same token for all', async (t) => {
  const stage = await expired(t);
  const begun = stage.server.tokenRequestsBegun;
  const ended = await ends(crowd(['token'], stage));
  const { accessToken } = await stage.credential();
  for (const each of ended) assert.deepEqual(each, { code: 0, out: `${accessToken}\n`, error: '' });
  assert.equal(stage.server.tokenRequestsBegun, begun + 1);
});

test('twenty refresh at once: one request', { skip: process.platform !== 'linux' }, async (t) => {
  const stage = await expired(t);
  const begun = stage.server.tokenRequestsBegun;
  const lock = join(dirname(stage.configFile), `.${basename(stage.configFile)}.latchkey-login.lock`);
  const runs = await withCredentialLock(stage.configFile, stage.dataDir, async () => {
    const waiting = crowd(['refresh', '--json'], stage);
    await until('all to wait for the lock', async () =>
      (await Promise.all(waiting.map((run) => hasOpen(run, lock)))).every(Boolean) ? true : undefined,
    );
    return waiting;
  });
  const ended = await ends(runs);
  const outcomes = ended.map(({ out }) => json(out)['outcome']);
  assert.deepEqual(outcomes.toSorted(), [...Array<string>(CROWD - 1).fill('adopted'), 'refreshed']);
  for (const { code, error } of ended) assert.deepEqual([code, error], [0, '']);
  assert.equal(stage.server.tokenRequestsBegun, begun + 1);
});

/** Whether a process holds a file open, that is, waits for that lock. */
async function hasOpen({ process: { pid = 0 } }: Run, path: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const targets = await Promise.all(
    (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')),
  );
  return targets.includes(path);
}

test('each command answers on standard output and tells by its exit code', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const run = (...words: string[]) => terminal.run(words, variables(stage));
  const [first] = await Promise.all([stage.credential()]);

  const loggedIn = await run('login', '--json');
  assert.equal(loggedIn.code, 0, loggedIn.error);
  assert.equal(json(loggedIn.out)['email'], 'ada@example.org');
  assert.equal(json(loggedIn.out)['standing'], 'valid');
  const credential = await stage.credential();
  assert.notEqual(credential.accessToken, first.accessToken);

  const status = await run('status', '--json');
  const [account] = json(status.out)['accounts'] as Record<string, unknown>[];
  assert.deepEqual([status.code, status.error], [0, '']);
  assert.deepEqual(Object.keys(account ?? {}), [
    'id',
    'standing',
    'access_expires_at',
    'login_expires_at',
    'email',
    'organization',
    'storage',
  ]);
  assert.deepEqual(account, json(loggedIn.out));

  assert.deepEqual(await run('token'), { code: 0, out: `${credential.accessToken}\n`, error: '' });
  const token = json((await run('token', '--json')).out);
  assert.deepEqual(token, {
    access_token: credential.accessToken,
    access_expires_at: account['access_expires_at'],
  });

  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.rateLimitedFor(60) });
  await letAge(stage, HOUR);
  const throttled = await run('refresh', '--json');
  assert.deepEqual([throttled.code, throttled.out], [1, '']);
  assert.match(throttled.error, /Claude asks to wait/);
  assert.equal((await run('token')).code, 0);
  const refreshed = await run('refresh', '--json');
  assert.deepEqual([refreshed.code, refreshed.error], [0, '']);
  assert.equal(json(refreshed.out)['outcome'], 'refreshed');

  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: REFUSALS.invalidGrant });
  await letAge(stage, HOUR);
  const over = await run('refresh', '--json');
  assert.deepEqual([over.code, over.out], [3, '']);
  assert.match(over.error, /Your sign-in has ended/);
  assert.equal((await run('status', '--json')).code, 3);

  assert.deepEqual(await run('logout', '--json'), {
    code: 0,
    out: '{"signed_out":"default","revocation":{"outcome":"not-asked","reason":"over"}}\n',
    error: '',
  });
  for (const words of [['token'], ['refresh'], ['logout'], ['refresh', '--json']]) {
    const { code, out, error } = await run(...words);
    assert.deepEqual([words, code, out], [words, 3, '']);
    assert.match(error, /Not signed in/);
  }
  const empty = await run('status', '--json');
  assert.deepEqual([empty.code, empty.error], [3, '']);
  const { version, accounts, api_key: key } = json(empty.out);
  assert.deepEqual([version, accounts], [1, []]);
  assert.partialDeepStrictEqual(key, { present: false, start: null });

  for (const words of [[], ['nonsense'], ['token', '--lasing']]) {
    const { code, out, error } = await run(...words);
    assert.deepEqual([words, code, out], [words, 2, '']);
    assert.notEqual(error, '');
  }
  for (const words of [['--help'], ['-h'], ['help']]) {
    const { code, out, error } = await run(...words);
    assert.deepEqual([words, code, error], [words, 0, '']);
    assert.match(out, /^Usage: latchkey <command>/);
  }
  const stranger = await run('status', '--account', 'nobody');
  assert.deepEqual([stranger.code, stranger.out], [3, '']);
  assert.match(stranger.error, /no sign-in with the id “nobody”/);
  const wrong = await terminal.run(['status'], {
    ...variables(stage),
    LATCHKEY_TOKEN_URL: 'http://example.org',
  });
  assert.deepEqual([wrong.code, wrong.out], [2, '']);
  assert.match(wrong.error, /LATCHKEY_TOKEN_URL/);
});

test('a second refresh says that the first has just done it', async (t) => {
  const stage = await signedIn(t);
  stage.clock.advance(9 * HOUR);
  // As a process of its own each, by the clock of the test: a busy machine needs two seconds for the start of one alone.
  const refresh = async (given: Partial<Arguments> = {}) => {
    const { terminal, said } = sampleTerminal({ now: () => stage.clock.now() });
    const code = await refreshCommand(await stage.open(), { ...NOTHING_TYPED, ...given }, terminal);
    return { code, ...said() };
  };
  const begun = stage.server.tokenRequestsBegun;
  assert.match((await refresh()).out, /^Renewed\. Token until /);
  stage.clock.advance(2 * SECOND - 1);
  const again = await refresh();
  assert.deepEqual([again.code, again.error], [0, '']);
  assert.match(again.out, /^Renewed a moment ago\. Token until /);
  assert.equal(json((await refresh({ json: true })).out)['outcome'], 'fresh');
  assert.equal(stage.server.tokenRequestsBegun, begun + 1);
  stage.clock.advance(1);
  assert.match((await refresh()).out, /^Renewed\. Token until /);
  assert.equal(stage.server.tokenRequestsBegun, begun + 2);
});

test('what another program renewed is called so', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await replaceEntry(stage.configFile, await stage.credential(), await stage.foreignCredential());
  const { code, out } = await terminal.run(['refresh'], variables(stage));
  assert.equal(code, 0);
  assert.match(out, /^Renewed already, by another program\. Token until /);
});

test('a login that somebody else approves takes nobody’s place, and says so', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const ada = await stage.credential();
  const environment = { ...variables(stage), BROWSER: `${approvingBrowser} --person ${GRACE.uuid}` };
  const { code, out, error } = await terminal.run(['login', '--json'], environment);
  const told = json(out);
  assert.deepEqual([code, told['id'], told['email']], [0, 'account-2', GRACE.email]);
  assert.match(error, /The sign-in of ada@example\.org was left as it is.*\[account-2\]/);
  assert.equal((await stage.credential()).accessToken, ada.accessToken);
});

test('what another program did since is known to a command that starts now', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await rm(join(stage.dataDir, 'copies.json'));
  const run = (...words: string[]) => terminal.run(words, variables(stage));
  const status = await run('status');
  assert.match(status.out, /taken out of the config file/);
  const token = await run('token');
  assert.deepEqual([token.code, token.out], [3, '']);
  const refresh = await run('refresh');
  assert.deepEqual([refresh.code, refresh.out], [3, '']);
  assert.match(refresh.error, /taken out of the config file/);
});

test('a credential that could not be written to the file is no failure, but told', async (t) => {
  const stage = await expired(t);
  const whole = await readFile(stage.configFile, 'utf8');
  const run = (...words: string[]) => terminal.run(words, variables(stage));
  stage.server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'slow', milliseconds: 300 } });
  const begun = stage.server.tokenRequestsBegun;
  const refresh = terminal.start(['refresh', '--json'], variables(stage));
  await until('the request', () => (stage.server.tokenRequestsBegun > begun ? true : undefined));
  await writeAsOthersDo(stage.configFile, 'providers: [\n');
  const { code, out, error } = await refresh.ended;
  assert.deepEqual([code, json(out)['outcome']], [0, 'refreshed']);
  // The command has done its work: a notice. Where the token is instead is known here.
  assert.match(
    error,
    /^⚠ There is a mistake in the config file \[config-not-yaml\]\n.*\n {2}Stored: Latchkey’s own folder, until the config file can take them\n$/,
  );
  const { accessToken } = await stage.credential();
  assert.deepEqual(await run('token'), { code: 0, out: `${accessToken}\n`, error: '' });
  const status = await run('status', '--json');
  assert.deepEqual([status.code, json(status.out)['accounts'] instanceof Array], [1, true]);
  assert.match(status.out, /"storage":"own-folder"/);
  assert.match(status.error, /not valid YAML/);
  const forPeople = await run('status');
  assert.match(
    forPeople.out,
    /^Signed in as ada@example\.org\n(.*\n)* {2}Stored: Latchkey’s own folder, until the config file can take them\n$/,
  );
  // The next command writes it once the file is mended.
  await writeAsOthersDo(stage.configFile, whole);
  assert.match((await run('status', '--json')).out, /"storage":"config-file"/);
  assert.ok((await readFile(stage.configFile, 'utf8')).includes(accessToken));
});

test(
  'a sign-in ends when it is done, not when the browser is closed',
  { skip: process.platform === 'win32' },
  async (t) => {
    const stage = await signedIn(t, { clock: systemClock });
    const [browser, pid] = [join(stage.folder, 'browser'), join(stage.folder, 'pid')];
    const script = `#!/bin/sh\necho $$ > ${pid}\n${approvingBrowser} "$1"\nexec sleep 60\n`;
    await writeFile(browser, script, { mode: 0o700 });
    const run = terminal.start(['login'], { ...variables(stage), BROWSER: browser });
    try {
      const { code } = await Promise.race([
        run.ended,
        delay(10 * SECOND, undefined, { ref: false }).then(() => assert.fail('it goes on')),
      ]);
      assert.equal(code, 0);
    } finally {
      process.kill(Number(await readFile(pid, 'utf8')));
    }
  },
);

test('a sign-in that has ended leaves no timer, which would keep a command from ending', async (t) => {
  const stage = await signedIn(t);
  assert.equal(stage.clock.untilNext, Infinity);
  const login = await stage.open({ openBrowser: () => Promise.resolve() });
  const signingIn = login.signIn();
  await until('the wait', () => (login.snapshot.signIn?.approvalDeadline == null ? undefined : true));
  login.cancelSignIn();
  await signingIn;
  assert.equal(stage.clock.untilNext, Infinity);
});

test('Ctrl-C during a sign-in cancels it', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const before = await readFile(stage.configFile, 'utf8');
  const run = terminal.start(['login'], { ...variables(stage), BROWSER: '' });
  await until('the callback server', async () =>
    fetch('http://localhost:18865/approved').then(
      () => true,
      () => undefined,
    ),
  );
  run.process.kill('SIGINT');
  const { code, error } = await run.ended;
  assert.equal(code, 1);
  assert.match(error, /Sign-in cancelled/);
  assert.equal(await readFile(stage.configFile, 'utf8'), before);
});

test('Ctrl-C during a refresh lets it come to its end', async (t) => {
  const stage = await expired(t);
  const { server } = stage;
  const begun = server.tokenRequestsBegun;
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'slow', milliseconds: 700 } });
  const run = terminal.start(['refresh', '--json'], variables(stage));
  await until('the request', () => (server.tokenRequestsBegun > begun ? true : undefined));
  run.process.kill('SIGINT');
  await delay(100);
  run.process.kill('SIGTERM');
  run.process.kill('SIGQUIT');
  const { code, out, error } = await run.ended;
  assert.deepEqual([code, json(out)['outcome']], [0, 'refreshed']);
  assert.match(error, /^(Waiting for Claude’s answer: .*\n){3}$/);
  assert.equal(await server.refreshTokenState((await stage.credential()).refreshToken ?? ''), 'live');
});

test(
  'so does a limit of time, which ends it where no refresh is under way',
  { skip: process.platform === 'win32' },
  async (t) => {
    const stage = await expired(t);
    const { server } = stage;
    const begun = server.tokenRequestsBegun;
    server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'slow', milliseconds: 700 } });
    const run = terminal.start(['refresh'], variables(stage));
    await until('the request', () => (server.tokenRequestsBegun > begun ? true : undefined));
    for (const signal of ['SIGALRM', 'SIGUSR2', 'SIGXCPU'] as const) run.process.kill(signal);
    assert.equal((await run.ended).code, 0);
    assert.equal(await server.refreshTokenState((await stage.credential()).refreshToken ?? ''), 'live');
    const agent = terminal.start(['agent', '--socket', join(stage.folder, 'agent.sock')], variables(stage));
    await once(agent.process.stdout ?? assert.fail(), 'data');
    agent.process.kill('SIGALRM');
    await agent.ended;
    assert.equal(agent.process.signalCode, 'SIGALRM');
  },
);

/** What has become of the login after a process was killed, seen by one that starts then. */
async function afterwards(stage: Stage, ahead: number): Promise<'live' | 'spent'> {
  const startedAt = performance.now();
  let offset = ahead;
  const login = await stage.open({ clock: { ...systemClock, now: () => Date.now() + offset } });
  await login.catchUp();
  // Else the refresh would be a second click where that has taken something over.
  offset += 10 * SECOND;
  const outcome = await login.refresh(ID);
  const isLost = outcome.kind === 'refused' && outcome.failure.code === 'grant-refused';
  if (isLost) {
    // The server has carried out one request more than we know of. Nothing but a sign-in helps.
    await login.signIn();
    assert.equal(login.snapshot.signIn?.phase, 'succeeded');
  } else {
    // What a crash left in a temporary file is adopted.
    assert.match(outcome.kind, /^(refreshed|adopted)$/, JSON.stringify(outcome));
    const { refreshToken } = await stage.credential();
    assert.equal(await stage.server.refreshTokenState(refreshToken ?? ''), 'live');
  }
  assert.deepEqual(
    accountOf(login).troubles.filter(({ code }) => code !== 'clock-off'),
    [],
  );
  assert.ok(performance.now() - startedAt < STUCK, 'a lock is stuck');
  await login.stop();
  return isLost ? 'spent' : 'live';
}

/** A process that refreshes; `begun` when it has done so once, or has ended. */
function refreshing(t: TestContext, stage: Stage, ahead: number, dieAt: number | null) {
  const { server, configFile, dataDir } = stage;
  const { authorizeUrl, tokenUrl, apiUrl } = server;
  const order: Order = { configFile, dataDir, endpoints: { authorizeUrl, tokenUrl, apiUrl }, ahead, dieAt };
  const child = startChild(t, '../login/refreshing-child.ts', JSON.stringify(order));
  let text = '';
  const first = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('refreshed\n')) resolve();
    });
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { child, closed, begun: Promise.race([first, closed]), said: () => text.split('\n').slice(0, -1) };
}

/** A round begins this much later than the one before, by the clocks of its processes: no refresh is a second click. */
const ROUND = 10 * MINUTE;

/**
 * Where the new credential goes: into the file, or, while that cannot be written, into our own folder. A temporary file of
 * either is looked at by whoever refreshes next.
 */
const PLACES = [
  { place: 'the file', prepare: () => Promise.resolve() },
  {
    place: 'our own folder',
    // Something in the way of the lock for writing.
    prepare: ({ configFile }: Stage) =>
      mkdir(join(dirname(configFile), `.${basename(configFile)}.latchkey.lock`)),
  },
] as const;

/** `KILLS=1000` gives the figures of docs/reliability.md. */
const KILLS = Number(process.env['KILLS'] ?? 24);

test('killed at random, a process leaves a login that lives, but for one window', async (t) => {
  const stage = await signedIn(t, { clock: systemClock });
  const { server } = stage;
  const states: string[] = [];
  const [windows, stored]: [number[], number[]] = [[], []];
  for (let round = 1; round <= KILLS; round++) {
    const asked = server.tokenRequestsBegun;
    const { child, closed, begun, said } = refreshing(t, stage, round * ROUND, null);
    await begun;
    await delay(Math.random() * 150);
    child.kill('SIGKILL');
    await closed;
    const times = (what: string) =>
      said().flatMap((line) => (line.startsWith(what) ? Number(line.split(' ')[1]) : []));
    windows.push(...times('window'));
    stored.push(...times('stored'));
    const unknown = server.tokenRequestsBegun - asked - times('window').length;
    const state = await afterwards(stage, round * ROUND + ROUND / 2);
    assert.ok(state === 'live' || unknown === 1, `${unknown} requests nobody knows of`);
    states.push(state);
  }
  const spent = states.filter((state) => state === 'spent').length;
  const within = (times: readonly number[], share: number) =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]?.toFixed(1) ?? '';
  const told = (times: readonly number[]) =>
    `median ${within(times, 0.5)} ms, 95 % within ${within(times, 0.95)} ms`;
  t.diagnostic(
    `${KILLS} kills, ${spent} between the server's commit and our draft; ${windows.length} refreshes, ` +
      `from the answer to the draft: ${told(windows)}; to the disk: ${told(stored)}`,
  );
});

describe('a process that is killed', { concurrency: true }, () => {
  for (const { place, prepare } of PLACES) {
    test(`at any step of a refresh into ${place} leaves a login that lives, but for one window`, async (t) => {
      const stage = await signedIn(t, { clock: systemClock });
      await rm(join(dirname(stage.configFile), `.${basename(stage.configFile)}.latchkey.lock`));
      await prepare(stage);
      const steps: { readonly name: string; readonly state: 'live' | 'spent' }[] = [];
      for (let dieAt = 1; ; dieAt++) {
        const { child, closed, said } = refreshing(t, stage, dieAt * ROUND, dieAt);
        await closed;
        if (child.signalCode === null) {
          assert.deepEqual([child.exitCode, said().at(-1)], [0, 'refreshed']);
          break;
        }
        // Named after the last one that was done.
        const name = said().at(-1) ?? 'begin';
        steps.push({ name, state: await afterwards(stage, dieAt * ROUND + ROUND / 2) });
      }
      const sent = steps.findIndex(({ name }) => name === 'send');
      const kept = steps.findIndex(({ name }, index) => index > sent && name === 'write');
      assert.ok(sent >= 0 && kept > sent && steps.length > kept + 3, JSON.stringify(steps));
      // The answer was still to come, and the server had carried it out. What has come is in a draft at once.
      for (const [index, { name, state }] of steps.entries()) {
        assert.equal(state, index === sent ? 'spent' : 'live', name);
      }
      t.diagnostic(
        `${steps.length} steps, ${kept - sent} of them after it was sent and before it is in its place`,
      );
    });
  }
});

/** As the app has it, in this process. */
async function keptApp(
  t: TestContext,
): Promise<{ stage: Stage; app: Login; run: (...words: string[]) => Promise<void> }> {
  const stage = await signedIn(t, { clock: systemClock });
  stage.login.keep();
  return {
    stage,
    app: stage.login,
    run: async (...words) => {
      const { code, error } = await terminal.run(words, variables(stage));
      assert.equal(code, 0, error);
    },
  };
}

/** Resolves when the app's snapshot is so; a second after the command has ended is what a person may wait. */
function agrees(app: Login, what: string, is: (snapshot: Snapshot) => boolean): Promise<true> {
  return until(what, () => (is(app.snapshot) ? true : undefined), SECOND);
}

test('the app knows within a second what the terminal did', async (t) => {
  const { stage, app, run } = await keptApp(t);
  const end = accountOf(app).accessExpiresAt ?? 0;
  await letAge(stage, HOUR);
  await agrees(app, 'its age', ({ accounts }) => (accounts[0]?.accessExpiresAt ?? end) < end);
  const first = accountOf(app);
  await run('refresh');
  await agrees(app, 'the refresh', ({ accounts }) => accounts[0]?.history.at(-1)?.kind === 'refreshed');
  assert.ok((accountOf(app).accessExpiresAt ?? 0) > (first.accessExpiresAt ?? 0));
  assert.equal(await app.accessToken(ID, MINUTE), (await stage.credential()).accessToken);

  await run('logout');
  await agrees(app, 'the sign-out', ({ accounts }) => accounts.length === 0);
  assert.deepEqual(app.snapshot.troubles, []);
  await assert.rejects(app.accessToken(ID, MINUTE), { code: 'not-signed-in' });

  await run('login');
  await agrees(app, 'the sign-in', ({ accounts }) => accounts[0]?.owner?.email === 'ada@example.org');
  assert.equal(await app.accessToken(ID, MINUTE), (await stage.credential()).accessToken);
  assert.deepEqual(accountOf(app).troubles, []);
  assert.deepEqual(
    accountOf(app).history.map(({ kind }) => kind),
    ['signed-out', 'signed-in'],
  );
});

test('the terminal knows at once what the app did', async (t) => {
  const { stage, app } = await keptApp(t);
  await letAge(stage, HOUR);
  assert.equal((await app.refresh(ID)).kind, 'refreshed');
  const { accessToken } = await stage.credential();
  assert.equal((await terminal.run(['token'], variables(stage))).out, `${accessToken}\n`);
  await app.signOut(ID);
  assert.equal((await terminal.run(['status'], variables(stage))).code, 3);
  await assert.rejects(stat(join(stage.dataDir, 'rescue.json')), { code: 'ENOENT' });
});
