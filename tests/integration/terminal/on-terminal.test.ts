import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, test, type TestContext } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { systemClock } from '../../../src-main/login/clock.ts';
import { until } from '../../support/desktop/until.ts';
import { letAge, signedIn, type Stage } from '../../support/login/signed-in.ts';
import { approvingBrowser, BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';
import { approveElsewhere, approveManually } from '../../support/practice/approve.ts';
import { PseudoTerminal } from '../../support/terminal/pseudo-terminal.ts';

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const PORT = 18_895;

const stageOf = (t: TestContext) => signedIn(t, { clock: systemClock });

interface Opening {
  readonly more?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

function open(stage: Stage, words: readonly string[], { more = {}, columns = 200 }: Opening = {}) {
  const variables = { ...variablesOf(stage, PORT), BROWSER: '', ...more };
  return new PseudoTerminal([...terminal.program, ...words], variables, { columns });
}

/** The address as it stands on the screen. */
function addressOn(screen: PseudoTerminal): string {
  const [, url] = /Authorization URL: (http\S+)/.exec(screen.text) ?? [];
  return url ?? assert.fail(screen.text);
}

test('status has bars and colour; not where they are not wanted, and bars only where there is room', async (t) => {
  const stage = await stageOf(t);
  await using coloured = open(stage, ['status']);
  assert.equal(await coloured.ended, 0);
  assert.match(coloured.output, /\x1b\[32m█+░*\x1b\[0m Token until/u);
  await using plain = open(stage, ['status'], { more: { NO_COLOR: '1' } });
  await plain.ended;
  assert.doesNotMatch(plain.output, /\x1b/);
  assert.match(plain.text, /^ {2}█+░* Token until .*\n {2}█+░* Signed in until /m);
  await using dumb = open(stage, ['status'], { more: { TERM: 'dumb' } });
  await dumb.ended;
  assert.doesNotMatch(dumb.output, /\x1b/);
  await using narrow = open(stage, ['status'], { columns: 40 });
  await narrow.ended;
  assert.match(narrow.text, /^ {2}Token until /m);
});

test('status --watch draws in place what others do, and leaves the screen as it was', async (t) => {
  const stage = await stageOf(t);
  await using screen = open(stage, ['status', '--watch']);
  await screen.shows('Token until');
  assert.ok(screen.output.startsWith('\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H'));
  const before = screen.output.length;
  await letAge(stage, 9 * HOUR);
  await screen.shows('Token expired');
  assert.ok(screen.output.slice(before).includes('\x1b[H'), 'from the top left');
  screen.type('\x03');
  assert.equal(await screen.ended, 0);
  assert.ok(screen.output.endsWith('\x1b[?7h\x1b[?25h\x1b[?1049l'));
});

test('status --watch --json is a line for each change', async (t) => {
  const stage = await stageOf(t);
  const run = terminal.start(['status', '--watch', '--json'], variablesOf(stage, PORT));
  let out = '';
  run.process.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const lines = () => out.trimEnd().split('\n');
  await until('the first line', () => (out.endsWith('\n') ? true : undefined), 15_000);
  await letAge(stage, 9 * HOUR);
  await until('the second', () => (lines().length === 2 && out.endsWith('\n') ? true : undefined), 15_000);
  run.process.kill('SIGTERM');
  assert.equal((await run.ended).code, 0);
  const standings = lines().map(
    (line) => (JSON.parse(line) as { accounts: { standing: string }[] }).accounts[0]?.standing,
  );
  assert.deepEqual(standings, ['valid', 'expired']);
});

test('login --paste: which half is wrong is said, and the whole is taken, from either page', async (t) => {
  const stage = await stageOf(t);
  for (const copied of [approveManually, approveElsewhere]) {
    const old = (await stage.credential()).accessToken;
    await using screen = open(stage, ['login', '--paste']);
    await screen.shows('Paste the code');
    assert.doesNotMatch(screen.text, /Opening browser/);
    const address = addressOn(screen);
    assert.equal(new URL(address).searchParams.get('code'), 'true', 'the page that shows a code');
    // Elsewhere: a person took the ordinary address from the window.
    const answer = copied === approveManually ? await copied(address) : await ordinary(address);
    const [code = '', state = ''] = answer.includes('#')
      ? answer.split('#')
      : ['code', 'state'].map((name) => new URL(answer).searchParams.get(name) ?? '');
    screen.type(`${code}\r`);
    await screen.shows(/only the first half.*\[no-state\]/);
    screen.type(`${code}#${state.slice(0, 20)}\r`);
    await screen.shows(/end of the code is missing.*\[state-cut-short\]/);
    screen.type(`${code}#${'A'.repeat(43)}\r`);
    await screen.shows(/another sign-in.*\[state-mismatch\]/);
    screen.type(`${address}\r`);
    await screen.shows('[authorization-url]');
    screen.type(`${answer}\r`);
    assert.equal(await screen.ended, 0, screen.text);
    assert.notEqual((await stage.credential()).accessToken, old);
  }

  /** What the address bar of a browser on another machine shows in the end. */
  async function ordinary(address: string): Promise<string> {
    const url = new URL(address);
    url.searchParams.delete('code');
    url.searchParams.set('redirect_uri', `http://localhost:${PORT}/callback`);
    return approveElsewhere(url.href);
  }
});

test('login --paste takes the code from a pipe, and ends with it', async (t) => {
  const stage = await stageOf(t);
  const script = `${terminal.program.join(' ')} login --paste`;
  const variables = variablesOf(stage, PORT);
  await using none = new PseudoTerminal(['sh', '-c', `echo nothing | ${script}`], variables);
  assert.equal(await none.ended, 1);
  await none.shows('[no-state]');
  await none.shows('[sign-in-cancelled]');
  await using empty = new PseudoTerminal(['sh', '-c', `${script} </dev/null`], variables);
  assert.equal(await empty.ended, 1);
  await empty.shows('[sign-in-cancelled]');
});

test('the address: whole in a line of its own, or a link in one row where the terminal makes links', async (t) => {
  const stage = await stageOf(t);
  await using plain = open(stage, ['login', '--no-browser'], { columns: 60 });
  await plain.shows('Waiting for authorization');
  assert.doesNotMatch(plain.text, /Opening browser/);
  const address = addressOn(plain);
  assert.equal(new URL(address).searchParams.get('state')?.length, 43);
  plain.type('\x03');
  assert.equal(await plain.ended, 1);

  await using linked = open(stage, ['login', '--no-browser'], { columns: 60, more: { VTE_VERSION: '7600' } });
  await linked.shows('Waiting for authorization');
  const [, href = '', shown = ''] =
    /\x1b\]8;;(http[^\x1b]+)\x1b\\([^\x1b]+)\x1b\]8;;\x1b\\/.exec(linked.output) ?? [];
  assert.equal(new URL(href).searchParams.get('state')?.length, 43);
  assert.ok(href.startsWith(shown.slice(0, -1)) && shown.endsWith('…'));
  assert.ok(`  Authorization URL: ${shown}`.length < 60);
  linked.type('\x03');
  assert.equal(await linked.ended, 1);
});

test('--qr draws the address, and says where there is no room', async (t) => {
  const stage = await stageOf(t);
  await using wide = open(stage, ['login', '--qr']);
  await wide.shows('Paste the code');
  assert.ok(wide.text.split('\n').filter((line) => /^[█▀▄ ]{40,}$/.test(line)).length > 20);
  wide.type('\x03');
  assert.equal(await wide.ended, 1);
  await using narrow = open(stage, ['login', '--qr'], { columns: 50 });
  await narrow.shows(/columns wide, and the terminal 50/);
  await narrow.shows('Paste the code');
  narrow.type('\x04');
  assert.equal(await narrow.ended, 1);
});

/** Each step of a sign-in at which a person can lose patience. */
const STEPS: readonly {
  readonly step: string;
  readonly words: readonly string[];
  readonly opening?: Opening;
  readonly prepare?: (stage: Stage) => void;
  readonly shows: string;
  /** Whether a sign-in that far is stored, and stays. */
  readonly isKept?: true;
}[] = [
  {
    step: 'the terms',
    words: ['login'],
    // Anthropic itself: nothing is asked of it before the terms are.
    opening: { more: { LATCHKEY_AUTHORIZE_URL: '', LATCHKEY_TOKEN_URL: '', LATCHKEY_API_URL: '' } },
    shows: 'I understand',
  },
  { step: 'the approval', words: ['login'], shows: 'Waiting for authorization' },
  { step: 'the code', words: ['login', '--paste'], shows: 'Paste the code' },
  {
    step: 'the exchange',
    words: ['login'],
    opening: { more: { BROWSER: approvingBrowser } },
    prepare: ({ server }) =>
      server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'slow', milliseconds: 5_000 } }),
    shows: 'Step 5: Exchanging',
  },
  {
    step: 'the test',
    words: ['login'],
    opening: { more: { BROWSER: approvingBrowser } },
    prepare: ({ server }) =>
      server.setMood({ endpoint: 'profile', times: 1, behaviour: { kind: 'slow', milliseconds: 5_000 } }),
    shows: 'Step 7: Testing',
    isKept: true,
  },
];

for (const { step, words, opening = {}, prepare, shows, isKept = false } of STEPS) {
  test(`Ctrl-C at ${step} ends the sign-in${isKept ? ', which is stored' : ''}`, async (t) => {
    const stage = await stageOf(t);
    const before = await readFile(stage.configFile, 'utf8');
    prepare?.(stage);
    await using screen = open(stage, words, opening);
    await screen.shows(shows);
    const started = performance.now();
    screen.type('\x03');
    assert.equal(await screen.ended, isKept ? 0 : 1, screen.text);
    assert.ok(performance.now() - started < 4_000, 'at once');
    assert.equal((await readFile(stage.configFile, 'utf8')) === before, !isKept);
    if (!isKept) assert.match(screen.text, /\[sign-in-cancelled\]/);
  });

  test(`a terminal that goes away at ${step} leaves nothing running`, async (t) => {
    const stage = await stageOf(t);
    prepare?.(stage);
    await using screen = open(stage, ['login', ...words.slice(1)], opening);
    await screen.shows(shows);
    const marker = stage.configFile;
    assert.notEqual((await processesWith(marker)).length, 0);
    screen.hangUp();
    await until('nothing to be left', async () =>
      (await processesWith(marker)).length === 0 ? true : undefined,
    );
    // Whatever became of it: what is there is a login that lives.
    const { refreshToken } = await stage.credential();
    assert.equal(await stage.server.refreshTokenState(refreshToken ?? ''), 'live');
  });
}

/** Ids of the processes of `latchkey` whose config file this is. */
async function processesWith(configFile: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const own = await Promise.all(
    pids.map(async (pid) => {
      const [words, variables] = await Promise.all(
        ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
      );
      const isOurs = variables?.includes(`LATCHKEY_CONFIG_FILE=${configFile}`) === true;
      return isOurs && words?.includes('latchkey.cjs') === true ? [pid] : [];
    }),
  );
  return own.flat();
}
