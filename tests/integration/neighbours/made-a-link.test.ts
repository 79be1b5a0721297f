import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { MemoryKeychain } from '../../support/login/memory-keychain.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { until } from '../../support/desktop/until.ts';
import { account, block, codes, graces, isHeld, iso, kinds, received, text, times, write } from './kit.ts';

/** Where the config file lies then. */
const linked = ({ folder }: Stage) => join(folder, 'dotfiles', 'config.yaml');

/** What a program for dotfiles does. */
async function makeLink(stage: Stage, configFile: string) {
  const target = linked(stage);
  await mkdir(dirname(target));
  await rename(configFile, target);
  await symlink(target, configFile);
}

test('a sign-in waits for a config file that is made a link: it is written where that leads', async (t) => {
  const stage = await signedIn(t);
  const configFile = join(stage.folder, 'other', 'config.yaml');
  await writeAsOthersDo(configFile, '\t: [');
  const login = await stage.open({ configFile });
  await login.signIn();
  await login.stop();
  await makeLink(stage, configFile);
  await writeAsOthersDo(join(stage.folder, 'dotfiles', 'config.yaml'), 'providers: {}\n');
  const later = await stage.open({ configFile });
  await later.catchUp();
  assert.deepEqual(codes(later), []);
  assert.ok((await text({ configFile })).includes(received.at(-1) ?? ''));
});

test('a login that was taken out is offered also once the file is a link', async (t) => {
  const stage = await signedIn(t);
  const ours = await stage.credential();
  await writeAsOthersDo(stage.configFile, 'providers: {}\n');
  await stage.login.catchUp();
  await stage.login.stop();
  await makeLink(stage, stage.configFile);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-removed']);
  await later.putBack('default');
  assert.deepEqual(codes(later), []);
  stage.clock.advance(8 * HOUR);
  assert.equal((await later.refresh('default')).kind, 'refreshed');
  assert.deepEqual(await isHeld(ours.refreshToken, stage), []);
});

for (const hasKeychain of [false, true]) {
  test(`a link that leads to another login of the same id: ours is offered once it is told whose that is (${hasKeychain ? 'with' : 'without'} a keychain)`, async (t) => {
    const keychain = new MemoryKeychain();
    const kept = hasKeychain ? { keychain } : {};
    const stage = await signedIn(t, kept);
    const [ada, grace] = [await stage.credential(), await graces(stage)];
    await stage.login.stop();
    await makeLink(stage, stage.configFile);
    // A keychain has it by the name of the link.
    for (const [id, copy] of [...keychain.copies]) {
      keychain.copies.delete(id);
      keychain.copies.set(`former ${id}`, { ...copy, isFormer: true });
    }
    await write(
      { configFile: join(stage.folder, 'dotfiles', 'config.yaml') },
      block('default', grace, iso(stage.clock.now() + 8 * HOUR)),
    );
    const later = await stage.open(kept);
    await later.catchUp();
    assert.deepEqual([kinds(later), later.snapshot.accounts.length], [['adopted'], 1]);
    later.keep();
    await until('its owner to be told', () => account(later).owner ?? undefined);
    await later.catchUp();
    assert.deepEqual([codes(later), codes(later, 'account-2')], [[], ['entry-removed']]);
    await later.putBack('account-2');
    assert.deepEqual(codes(later, 'account-2'), []);
    for (const { refreshToken } of [ada, grace])
      assert.ok((await text(stage)).includes(String(refreshToken)));
  });
}

test('a link that leads to the same person’s other login brings nothing along', async (t) => {
  const stage = await signedIn(t);
  const other = await stage.foreignCredential();
  await stage.login.stop();
  await makeLink(stage, stage.configFile);
  await write(
    { configFile: join(stage.folder, 'dotfiles', 'config.yaml') },
    block('default', other, iso(stage.clock.now() + 8 * HOUR)),
  );
  const later = await stage.open();
  await later.catchUp();
  later.keep();
  await until('its owner to be told', () => account(later).owner ?? undefined);
  await later.catchUp();
  assert.deepEqual([kinds(later), later.snapshot.accounts.length], [['adopted'], 1]);
});

for (const isMadeALink of [false, true]) {
  for (const hasKeychain of [false, true]) {
    test(`a sign-in waits in the place of an earlier one, and the config file ${isMadeALink ? 'is made a link' : 'stays a file'} (${hasKeychain ? 'with' : 'without'} a keychain): it is written`, async (t) => {
      const keychain = new MemoryKeychain();
      const kept = hasKeychain ? { keychain } : {};
      const stage = await signedIn(t, kept);
      const { configFile, login, clock } = stage;
      const whole = await text(stage);
      const first = received.at(-1) ?? '';
      await writeAsOthersDo(configFile, `${whole}\n\t: [`);
      clock.advance(60_000);
      await login.signIn('default');
      const second = received.at(-1) ?? '';
      assert.notEqual(second, first);
      await login.stop();
      if (isMadeALink) await makeLink(stage, configFile);
      await writeAsOthersDo(isMadeALink ? linked(stage) : configFile, whole);
      const later = await stage.open(kept);
      await later.catchUp();
      assert.deepEqual(codes(later), []);
      const isIn = (await text(stage)).includes(second);
      assert.ok(
        isIn,
        `the sign-in is in ${JSON.stringify(await isHeld(second, stage, keychain))}, and nobody is told`,
      );
    });
  }
}

test('what another program has replaced by its access token alone is offered also once the file is a link', async (t) => {
  const stage = await signedIn(t);
  const { configFile, login } = stage;
  const ours = await stage.credential();
  const withoutToken = (await text(stage)).replace(/^ *refresh_token: .*\n/m, '');
  await writeAsOthersDo(configFile, withoutToken);
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await login.stop();
  await makeLink(stage, configFile);
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later), ['entry-replaced'], 'nobody is told any more');
  await later.putBack('default');
  assert.ok((await text(stage)).includes(String(ours.refreshToken)));
});

const TOKEN = 'a'.repeat(80);

/** What in somebody's dotfiles has the id of ours, and can be no successor. */
const templates: Readonly<Record<string, (text: string) => string>> = {
  placeholders: (whole) => withTokens(whole, 'YOUR_ACCESS_TOKEN', 'YOUR_REFRESH_TOKEN'),
  'what sops has encrypted': (whole) => withTokens(whole, 'ENC[AES256_GCM,data:a]', 'ENC[AES256_GCM,data:b]'),
  'another client’s login': (whole) =>
    withTokens(whole, TOKEN, TOKEN).replace(
      /client_id: .*/,
      'client_id: 11111111-2222-3333-4444-555555555555',
    ),
  'a token for a year': (whole) => withTokens(whole, TOKEN, '').replace(/^ *refresh_token: .*\n/m, ''),
};

function withTokens(whole: string, access: string, refresh: string): string {
  return whole
    .replace(/access_token: .*/, `access_token: ${access}`)
    .replace(/refresh_token: .*/, `refresh_token: ${refresh}`);
}

for (const [what, templateOf] of Object.entries(templates)) {
  for (const when of ['while the app runs', 'before it is started'] as const) {
    test(`the file is made a link to ${what} ${when}: ours is offered there`, async (t) => {
      const stage = await signedIn(t);
      const ours = await stage.credential();
      const template = templateOf(await text(stage));
      if (when === 'before it is started') await stage.login.stop();
      await mkdir(dirname(linked(stage)));
      await writeFile(linked(stage), template);
      await rm(stage.configFile);
      await symlink(linked(stage), stage.configFile);
      const login = when === 'before it is started' ? await stage.open() : stage.login;
      await login.catchUp();
      assert.deepEqual(codes(login), ['entry-replaced']);
      await login.putBack('default');
      assert.ok((await text({ configFile: linked(stage) })).includes(String(ours.refreshToken)));
      stage.clock.advance(8 * HOUR);
      assert.equal((await login.refresh('default')).kind, 'refreshed');
    });
  }
}

test('what is spent is told also where the file lies then: an older one there is presented by no other Latchkey', async (t) => {
  const stage = await signedIn(t);
  const { configFile, folder, login, clock } = stage;
  const [first, older] = [await stage.credential(), await text(stage)];
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await makeLink(stage, configFile);
  await login.catchUp();
  await writeAsOthersDo(linked(stage), older);
  const box = await stage.open({ configFile: linked(stage), dataDir: join(folder, 'box-data') });
  await box.catchUp();
  await box.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'a spent one was presented again');
});
