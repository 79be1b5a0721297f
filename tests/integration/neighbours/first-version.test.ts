import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { times, renewedIntoRescue } from './kit.ts';

test('what an older version kept goes into its own config file, also where another one is looked at first', async (t) => {
  const stage = await signedIn(t);
  const { configFile, dataDir, folder } = stage;
  const { first, whole } = await renewedIntoRescue(stage);
  await stage.login.stop();
  await writeAsOthersDo(configFile, whole);
  // As the older version had it.
  const read = async (name: string) => JSON.parse(await readFile(join(dataDir, name), 'utf8')) as never;
  const { files } = (await read('accounts.json')) as { files: { accounts: Record<string, unknown>[] }[] };
  const [{ id, ...record } = { id: '' }] = files[0]?.accounts ?? [];
  await writeFile(
    join(dataDir, 'accounts.json'),
    JSON.stringify({ version: 1, accounts: { [String(id)]: record } }),
  );
  const rescue = (await read('rescue.json')) as { credentials: Record<string, unknown>[] };
  const credentials = rescue.credentials.map((each) =>
    Object.fromEntries(
      Object.entries(each).filter(([key]) => !['configFile', 'kind', 'replaces'].includes(key)),
    ),
  );
  await writeFile(join(dataDir, 'rescue.json'), JSON.stringify({ version: 1, credentials }));
  // The first thing after the update is a look at a file elsewhere.
  const elsewhere = join(folder, 'elsewhere', 'config.yaml');
  const other = await stage.open({ configFile: elsewhere });
  await other.catchUp();
  await other.saveAgain();
  await other.stop();
  const later = await stage.open();
  await later.catchUp();
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
});
