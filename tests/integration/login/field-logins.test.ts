import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../../src-main/login/clock.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { letAge, signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { BuiltTerminal, variablesOf } from '../../support/login/terminal.ts';
import type { Mood } from '../../support/practice/mood.ts';

// Logins as people who do this job met them (`facts.md` sections 1, 3 and 5), in processes that know nothing but the files.

const terminal = await BuiltTerminal.build();
after(() => terminal[Symbol.asyncDispose]());
const PORT = 18_876;

const latchkey = (stage: Stage, ...words: string[]) => terminal.run(words, variablesOf(stage, PORT));

/** Signed in, the token over, and nothing of it in a running process. */
async function expired(...given: Parameters<typeof signedIn>): Promise<Stage> {
  const [t, options] = given;
  const stage = await signedIn(t, { clock: systemClock, ...options });
  await letAge(stage, 9 * HOUR);
  const old = new Date(Date.now() - 60_000);
  await utimes(stage.configFile, old, old);
  return stage;
}

const refreshTokens = (text: string) =>
  [...text.matchAll(/refresh_token: "?([\w-]+)/g)].map(([, token]) => token);
const isLive = async ({ server }: Stage, token: string | undefined) =>
  (await server.refreshTokenState(token ?? '')) === 'live';

test('a block that was copied by hand: one request, both entries, and told', async (t) => {
  const stage = await expired(t);
  const { configFile, server } = stage;
  const text = await readFile(configFile, 'utf8');
  const block = text.slice(text.indexOf('      - id: default')).replace('id: default', 'id: work');
  await writeAsOthersDo(configFile, `${text}${block}`);
  const begun = server.tokenRequestsBegun;
  const asked: number[] = [];
  for (const id of ['default', 'work', 'default']) {
    assert.equal((await latchkey(stage, 'refresh', '--account', id)).code, 0, id);
    const [one, two] = refreshTokens(await readFile(configFile, 'utf8'));
    assert.equal(one, two);
    assert.ok(await isLive(stage, one));
    asked.push(server.tokenRequestsBegun - begun);
  }
  // Whoever comes more than two seconds later wants one more.
  assert.ok(asked[0] === 1 && Math.max(...asked) <= 3, String(asked));
  assert.match((await latchkey(stage, 'status')).out, /\[login-shared\]/);
  assert.match((await latchkey(stage, 'doctor')).out, /under “work” as well/);
});

const ANSWERS: readonly (readonly [why: string, behaviour: Mood['behaviour'], isOldKept: boolean])[] = [
  ['scope as a list', { kind: 'change', fields: { scope: ['user:profile', 'user:inference'] } }, false],
  ['an empty refresh token', { kind: 'change', fields: { refresh_token: '' } }, true],
  ['no token type', { kind: 'change', fields: { token_type: null } }, false],
  ['an odd token type', { kind: 'change', fields: { token_type: 'mac' } }, false],
  ['the lifetime as text', { kind: 'change', fields: { expires_in: '3600' } }, false],
];

for (const [why, behaviour, isOldKept] of ANSWERS) {
  test(`an answer with tokens is kept, whatever the rest looks like: ${why}`, async (t) => {
    const stage = await expired(t);
    const { configFile, server } = stage;
    const [old] = refreshTokens(await readFile(configFile, 'utf8'));
    server.setMood({ endpoint: 'token', times: 1, behaviour });
    const { code, out, error } = await latchkey(stage, 'refresh');
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^Renewed\. /);
    const [now] = refreshTokens(await readFile(configFile, 'utf8'));
    assert.equal(now === old, isOldKept);
    if (!isOldKept) assert.ok(await isLive(stage, now));
    if (why === 'the lifetime as text') {
      const status = JSON.parse((await latchkey(stage, 'status', '--json')).out) as {
        accounts: { access_expires_at: string }[];
      };
      const end = Date.parse(status.accounts[0]?.access_expires_at ?? '');
      assert.ok(Math.abs(end - Date.now() - HOUR) < 60_000);
    }
  });
}

test('a file that is mounted by itself is written all the same', async (t) => {
  const stage = await expired(t);
  const real = join(stage.folder, 'real.yaml');
  await writeFile(real, await readFile(stage.configFile), { mode: 0o600 });
  const old = new Date(Date.now() - 60_000);
  await utimes(real, old, old);
  const mount = `mount --bind ${real} ${stage.configFile}`;
  const { code, out, error } = await terminal.runWithMounts([mount], ['refresh'], variablesOf(stage, PORT));
  assert.deepEqual([code, error], [0, '']);
  assert.match(out, /^Renewed\. /);
  const [token] = refreshTokens(await readFile(real, 'utf8'));
  assert.ok(await isLive(stage, token));
  assert.doesNotMatch(await readFile(join(stage.dataDir, 'rescue.json'), 'utf8').catch(() => ''), /sk-ant/);
});

test('a full disk: nothing is asked, nothing is said to be renewed', async (t) => {
  const stage = await expired(t);
  const begun = stage.server.tokenRequestsBegun;
  const before = await readFile(stage.configFile, 'utf8');
  const disk = join(stage.folder, 'disk');
  await mkdir(disk);
  const files = { LATCHKEY_CONFIG_FILE: `${disk}/config.yaml`, LATCHKEY_DATA_DIR: `${disk}/data` };
  const setUp = [
    `mount -t tmpfs -o size=64k tmpfs ${disk}`,
    `cp -p ${stage.configFile} ${disk}/config.yaml`,
    `(head -c 200000 /dev/zero > ${disk}/filling || true) 2> ${stage.folder}/full`,
  ];
  const { code, out, error } = await terminal.runWithMounts(setUp, ['refresh'], {
    ...variablesOf(stage, PORT),
    ...files,
  });
  assert.deepEqual([code, out], [1, '']);
  assert.match(error, /the disk is full/);
  assert.equal(stage.server.tokenRequestsBegun, begun);
  assert.equal(await readFile(stage.configFile, 'utf8'), before);
});

test('mode 0644 becomes 0600 once a token was written into it, and is told once', async (t) => {
  const stage = await expired(t);
  await chmod(stage.configFile, 0o644);
  const first = await latchkey(stage, 'refresh');
  assert.equal(first.code, 0);
  assert.match(first.error, /\[config-made-private\]/);
  assert.equal((await stat(stage.configFile)).mode & 0o777, 0o600);
  const second = await latchkey(stage, 'status');
  assert.deepEqual([second.code, second.error], [0, '']);
});

test('two config files over one data folder: what is known of the one is not told of the other', async (t) => {
  const stage = await expired(t);
  const second = join(stage.folder, 'second', 'config.yaml');
  await mkdir(dirname(second));
  const theirs = await stage.foreignCredential();
  const text = (await readFile(stage.configFile, 'utf8'))
    .replace(/access_token: .*/, `access_token: ${theirs.accessToken}`)
    .replace(/refresh_token: .*/, `refresh_token: ${String(theirs.refreshToken)}`);
  await writeFile(second, text, { mode: 0o600 });
  const there = { ...variablesOf(stage, PORT), LATCHKEY_CONFIG_FILE: second };
  for (let times = 0; times < 2; times++) {
    const here = await latchkey(stage, 'status');
    const elsewhere = await terminal.run(['status'], there);
    for (const { out, error } of [here, elsewhere])
      assert.doesNotMatch(out + error, /entry-|replaced|removed/);
  }
  assert.equal((await terminal.run(['refresh'], there)).code, 0);
  assert.equal((await latchkey(stage, 'refresh')).code, 0);
  for (const file of [stage.configFile, second]) {
    assert.ok(await isLive(stage, refreshTokens(await readFile(file, 'utf8'))[0]), file);
  }
});
