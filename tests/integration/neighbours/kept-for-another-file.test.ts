import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { block, file, graces, isHeld, iso } from './kit.ts';

test('what is kept for another config file takes nothing of the same id away here', async (t) => {
  // B: the stage’s own file, Ada under default.
  const stage = await signedIn(t);
  const { clock, dataDir } = stage;
  const ada = await stage.credential();
  const grace = await graces(stage);
  const bob = await stage.foreignCredential();
  const at = iso(clock.now() + 8 * HOUR);
  // A: another file over the same data folder: Grace under default, Ada under work.
  const A = { configFile: `${stage.folder}/A/config.yaml`, dataDir };
  await writeAsOthersDo(A.configFile, file(block('default', grace, at), block('work', ada, at)));
  const onA = await stage.open(A);
  await onA.catchUp();
  clock.advance(3 * HOUR);
  stage.onTokenRequest = () =>
    writeAsOthersDo(A.configFile, file(block('default', bob, at), block('work', ada, at)));
  await onA.refresh('default');
  const rescue = async () =>
    (
      JSON.parse(await readFile(`${dataDir}/rescue.json`, 'utf8')) as {
        credentials: { refreshToken: string; id: string; kind: string }[];
      }
    ).credentials;
  const [g1] = await rescue();
  // B breaks while Ada is renewed there.
  stage.onTokenRequest = () => writeAsOthersDo(stage.configFile, 'providers: [\n');
  await stage.login.refresh('default');
  stage.onTokenRequest = () => Promise.resolve();
  await onA.catchUp();
  assert.equal(await stage.server.refreshTokenState(g1?.refreshToken ?? ''), 'live');
  const later = await stage.open(A);
  await later.catchUp();
  assert.notDeepEqual(
    await isHeld(g1?.refreshToken ?? '', A),
    [],
    'Grace’s living login is on no disk any more',
  );
});
