import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ConfigFile } from '../../../src-main/vault/config/config-file.ts';
import { saving } from '../../support/vault/edits.ts';
import { credential, temporaryFolder } from '../../support/vault/sample.ts';

async function newConfigFile(t: TestContext, text: string): Promise<ConfigFile> {
  const path = join(await temporaryFolder(t), 'config.yaml');
  await writeFile(path, text, { mode: 0o600 });
  const file = new ConfigFile(path, { journalFolder: dirname(path) });
  await file.prepareToSave();
  return file;
}

/** Milliseconds that the processor was at it: unlike the clock it does not count what other programs do. */
async function effort(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function efforts(times: number, work: (index: number) => Promise<unknown>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let index = 0; index < times; index++) all.push(await effort(() => work(index)));
  return all.sort((a, b) => a - b);
}

async function median(times: number, work: (index: number) => Promise<unknown>): Promise<number> {
  return (await efforts(times, work))[Math.floor(times / 2)] ?? NaN;
}

/** A refresh of the last entry, again and again; the least, since programs beside it slow a processor down. */
async function refreshes(file: ConfigFile, id: string): Promise<number> {
  const [least = NaN] = await efforts(9, async (index) => {
    const { changed } = await file.edit(
      saving({ ...credential, id, accessToken: `access-${index}`, refreshToken: `refresh-${index}` }),
    );
    assert.ok(changed);
  });
  return least;
}

/** As a grown file may look: comments, nested settings, and a list of credentials after them. */
function manyLines(entries: number, lines: number): string {
  const list = Array.from(
    { length: entries },
    (_, index) => `      - id: account-${index}
        client_id: 9d1c250a-e61b-44d9-88ed-5944d1962f5e
        access_token: sk-ant-oat01-${'A'.repeat(90)}${index}
        refresh_token: sk-ant-ort01-${'A'.repeat(90)}${index}
        expires_at: "2026-11-18T09:30:00-07:00"
        scopes:
          - user:profile
`,
  );
  const others = Array.from(
    { length: (lines - 7 * entries) / 4 },
    (_, index) => `  # about ${index}\n  key_${index}:\n    name: "number ${index}"\n    values: [1, 2]\n`,
  );
  return `server:\n${others.join('')}providers:\n  anthropic:\n    oauth_credentials:\n${list.join('')}`;
}

test('an edit in a file of 500 entries and 20,000 lines costs little more than one in a file of 12', async (t) => {
  const small = await newConfigFile(t, manyLines(1, 11));
  const large = await newConfigFile(t, manyLines(500, 20_000));
  const first = await effort(() => large.read());
  const again = await median(5, () => large.read());
  const inSmall = await refreshes(small, 'account-0');
  const inLarge = await refreshes(large, 'account-499');
  assert.equal((await large.read()).entries.length, 500);
  const rounded = [first, again, inSmall, inLarge].map(Math.round);
  t.diagnostic(`read ${rounded[0]} ms, again ${rounded[1]}; edit ${rounded[2]} and ${rounded[3]} ms`);
  // On a slow machine by what parsing it takes there.
  assert.ok(inLarge - inSmall < Math.max(300, 0.6 * first), 'an edit');
  assert.ok(again < first / 4, 'the same text is not parsed again');
});

test('what an edit costs grows with the file, and not faster', async (t) => {
  const shapes: readonly [name: string, textOf: (size: number) => string][] = [
    ['lines', (size) => manyLines(10, size * 10)],
    ['entries', (size) => manyLines(size, size * 7)],
    [
      'aliases',
      (size) => {
        const anchors = Array.from({ length: size }, (_, index) => `b${index}: &b${index} {client_id: c}\n`);
        const list = Array.from(
          { length: size },
          (_, index) => `      - <<: *b${index}\n        id: a${index}\n        access_token: t\n`,
        );
        return `${anchors.join('')}providers:\n  anthropic:\n    oauth_credentials:\n${list.join('')}`;
      },
    ],
    ['removed', (size) => manyLines(size, size * 7)],
  ];
  for (const [name, textOf] of shapes) {
    const cost = async (file: ConfigFile) => {
      const { entries } = await file.read();
      if (name !== 'removed') return refreshes(file, entries.at(-1)?.credential.id ?? '');
      return median(5, (index) =>
        file.edit((content) =>
          content.entries
            .filter(({ position }) => position % 5 === index % 5)
            .map(({ position }) => ({ kind: 'remove', position })),
        ),
      );
    };
    const one = await cost(await newConfigFile(t, textOf(250)));
    const four = await cost(await newConfigFile(t, textOf(1_000)));
    t.diagnostic(`${name}: ${Math.round(one)} and ${Math.round(four)} ms`);
    assert.ok(four < 8 * (one + 5), name);
  }
});

test('a file of the largest size is read and written', async (t) => {
  const line = `# ${'x'.repeat(1_021)}\n`;
  const file = await newConfigFile(t, line.repeat(4 * 1024 - 2));
  const outcome = await file.edit(saving(credential));
  assert.ok(outcome.changed);
  assert.ok((await stat(file.path)).size > 4 * 1024 * 1023);
  assert.equal((await file.read()).entries.length, 1);
});
