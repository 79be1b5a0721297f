import assert from 'node:assert/strict';
import { access, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR, SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { codes, renewedIntoRescue, spentBeside, text, times } from './kit.ts';

const changes = {
  'has vanished': ({ configFile }: { readonly configFile: string }) => rm(configFile),
  'was written by somebody else': async ({ configFile }: { readonly configFile: string }, before: string) =>
    writeAsOthersDo(configFile, `# mine\n${before}`),
  'is without us': ({ configFile }: { readonly configFile: string }) =>
    writeAsOthersDo(configFile, 'providers:\n  openai:\n    api_key: kept\n'),
};

for (const [name, change] of Object.entries(changes)) {
  test(`what only the journal of a write that was cut short has is kept where the file ${name}`, async (t) => {
    const stage = await signedIn(t);
    const { login, server, clock, configFile, dataDir } = stage;
    const before = await text(stage);
    const first = await stage.credential();
    clock.advance(8 * HOUR);
    await login.refresh('default');
    await login.stop();
    const second = await stage.credential();
    // As killed in the middle of writing: nothing but the journal knows the new one.
    const journal = join(dirname(configFile), `.${basename(configFile)}.latchkey.journal`);
    await writeFile(journal, JSON.stringify({ version: 1, before, after: await text(stage) }), {
      mode: 0o600,
    });
    await rm(spentBeside(configFile));
    await rm(dataDir, { recursive: true });
    await change(stage, before);

    const later = await stage.open();
    await later.catchUp();
    await assert.rejects(access(journal));
    await later.putBack('default');
    clock.advance(3 * SECOND);
    assert.equal((await later.refresh('default')).kind, 'refreshed');
    assert.equal(times(first.refreshToken), 1, 'the spent one was presented');
    assert.equal(await server.refreshTokenState(String(second.refreshToken)), 'spent');
    if (name === 'was written by somebody else') assert.match(await text(stage), /^# mine/);
  });
}

test('a journal from a backup puts nothing spent over what waits', async (t) => {
  const stage = await signedIn(t);
  const { second, whole } = await renewedIntoRescue(stage);
  await stage.login.stop();
  const { configFile } = stage;
  const journal = join(dirname(configFile), `.${basename(configFile)}.latchkey.journal`);
  await writeFile(journal, JSON.stringify({ version: 1, before: '', after: whole }), { mode: 0o600 });
  await writeAsOthersDo(configFile, `# mine\n${whole}`);
  const later = await stage.open();
  await later.catchUp();
  await assert.rejects(access(journal));
  assert.deepEqual(codes(later), []);
  assert.ok((await text(stage)).includes(String(second.refreshToken)), 'it waits no more');
});

test('…and the journal stays while it can be kept nowhere', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, configFile, dataDir } = stage;
  const before = await text(stage);
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await login.stop();
  const journal = join(dirname(configFile), `.${basename(configFile)}.latchkey.journal`);
  await writeFile(journal, JSON.stringify({ version: 1, before, after: await text(stage) }), { mode: 0o600 });
  await rm(configFile);
  await rm(dataDir, { recursive: true });
  await writeFile(dataDir, 'no folder');
  const later = await stage.open();
  await later.catchUp();
  assert.equal(later.snapshot.isFileReadable, false);
  assert.ok(later.snapshot.troubles.some(({ code }) => code === 'data-not-writable'));
  await access(journal);
});
