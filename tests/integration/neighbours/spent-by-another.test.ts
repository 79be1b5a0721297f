import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Credential } from '../../../src-main/domain/credential.ts';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { until } from '../../support/desktop/until.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import {
  account,
  block,
  codes,
  graces,
  iso,
  renewedByAnother,
  spentBeside,
  text,
  times,
  write,
} from './kit.ts';

/** The app asks the service whose what it has adopted is, and tells beside the file what that is the successor of. */
async function told({ login, configFile }: Stage): Promise<void> {
  login.keep();
  const now = () => text({ configFile: spentBeside(configFile) }).catch(() => '');
  await until('it to be told beside the file', async () => ((await now()) === '' ? undefined : true));
}

/** A Latchkey with a data folder of its own presents nothing that is spent. */
async function isLeftAloneByContainer(stage: Stage, { refreshToken }: Credential) {
  const container = await stage.open({ dataDir: join(stage.folder, 'container') });
  await container.catchUp();
  await container.refresh('default');
  assert.equal(times(refreshToken), 1, 'what is spent was presented once more');
}

test('another program renews one of two entries with one login, and we adopt it: a container with a data folder of its own does not present the other one', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const first = await stage.credential();
  await write(
    stage,
    block('default', first, iso(clock.now() + 8 * HOUR)),
    block('copy', first, iso(clock.now() + 8 * HOUR)),
  );
  await login.catchUp();
  const second = await renewedByAnother(stage, first);
  await write(
    stage,
    block('default', first, iso(clock.now() + 8 * HOUR)),
    block('copy', second, iso(clock.now() + 8 * HOUR)),
  );
  await login.catchUp();
  await told(stage);
  await isLeftAloneByContainer(stage, first);
  assert.equal(await stage.server.refreshTokenState(String(second.refreshToken)), 'live');
});

test('another program renews ours, we adopt it, and an older file comes back: a container with a data folder of its own does not present it', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const first = await stage.credential();
  const older = await text(stage);
  await write(stage, block('default', await renewedByAnother(stage, first), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await told(stage);
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  await isLeftAloneByContainer(stage, first);
});

test('somebody else’s login that was written over ours tells nothing: also once a container has adopted it ours is put back', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const ours = await stage.credential();
  const container = await stage.open({ dataDir: join(stage.folder, 'container') });
  await container.catchUp();
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  login.keep();
  const { id } = await until('ours to be offered', () =>
    login.snapshot.accounts.find((each) => each.id !== 'default' && each.troubles.length > 0),
  );
  await login.stop();
  await container.catchUp();
  const later = await stage.open();
  await later.catchUp();
  assert.deepEqual(codes(later, id), ['entry-removed']);
  await later.putBack(id);
  assert.ok((await text(stage)).includes(String(ours.refreshToken)), 'ours is not there');
  clock.advance(10_000);
  assert.equal((await later.refresh(id)).kind, 'refreshed');
  assert.deepEqual(account(later).troubles, []);
});

test('another program renews ours twice before the service tells whose it is, and an older file comes back: a container does not present what came between', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const at = () => iso(clock.now() + 8 * HOUR);
  const second = await renewedByAnother(stage, await stage.credential());
  await write(stage, block('default', second, at()));
  await login.catchUp();
  await write(stage, block('default', await renewedByAnother(stage, second), at()));
  await login.catchUp();
  await told(stage);
  await write(stage, block('default', second, at()));
  await isLeftAloneByContainer(stage, second);
});

/** We renew ours: the file as it was before, and what is spent since. */
async function renewed(stage: Stage) {
  const [older, first] = [await text(stage), await stage.credential()];
  stage.clock.advance(8 * HOUR);
  await stage.login.refresh('default');
  return { older, first };
}

test('what is told beside the file is gone, and an older file comes back: it is told again, and a container does not present what is spent', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const { older, first } = await renewed(stage);
  await rm(spentBeside(stage.configFile));
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  await isLeftAloneByContainer(stage, first);
});

test('a file of many renewals ago comes back: a container with a data folder of its own does not present what is spent', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const { older, first } = await renewed(stage);
  // A month of ten more accounts, at three a day.
  const others = Array.from({ length: 900 }, (_, at) => `other-${at} other-${at + 1}\n`);
  await appendFile(spentBeside(stage.configFile), others.join(''));
  clock.advance(8 * HOUR);
  await login.refresh('default');
  await writeAsOthersDo(stage.configFile, older);
  await isLeftAloneByContainer(stage, first);
});

test('what somebody else’s login was written over may live: that it is spent is not told', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const older = await text(stage);
  await write(stage, block('default', await graces(stage), iso(clock.now() + 8 * HOUR)));
  await login.catchUp();
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  await assert.rejects(text({ configFile: spentBeside(stage.configFile) }));
});

test('a copy of the config file is renewed: of the first file neither a container nor we, with our data folder lost, present what is spent', async (t) => {
  const stage = await signedIn(t);
  const { clock, login } = stage;
  const first = await stage.credential();
  const copy = join(stage.folder, 'copy', 'config.yaml');
  await mkdir(dirname(copy));
  await cp(stage.configFile, copy);
  clock.advance(8 * HOUR);
  const command = await stage.open({ configFile: copy });
  await command.refresh('default');
  await login.catchUp();
  assert.deepEqual(codes(login), ['entry-replaced']);
  await login.stop();
  await isLeftAloneByContainer(stage, first);
  await rm(stage.dataDir, { recursive: true });
  const later = await stage.open();
  await later.refresh('default');
  assert.equal(times(first.refreshToken), 1, 'what is spent was presented once more');
});

test('a config file with somebody else’s login, which is certain there, was copied over ours: that ours is spent is not told', async (t) => {
  const stage = await signedIn(t);
  const { login } = stage;
  const older = await text(stage);
  const graces = join(stage.folder, 'graces', 'config.yaml');
  const hers = await stage.open({
    configFile: graces,
    openBrowser: (url) => approve(url, { person: GRACE.uuid }),
  });
  await hers.signIn();
  await writeAsOthersDo(stage.configFile, await text({ configFile: graces }));
  await login.catchUp();
  await writeAsOthersDo(stage.configFile, older);
  await login.catchUp();
  await assert.rejects(text({ configFile: spentBeside(stage.configFile) }));
});
