import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { kinds, settled } from '../neighbours/kit.ts';

test('an agent that has nobody to tell notes nobody as told: the app tells it', async (t) => {
  const stage = await signedIn(t);
  const agent = await stage.open();
  agent.keep();
  await settled(agent);
  await writeAsOthersDo(stage.configFile, 'logging: {}\n');
  await agent.catchUp();
  await settled(agent);
  assert.equal(kinds(agent).at(-1), 'removed');
  const told: string[] = [];
  const app = await stage.open();
  app.onNotification(({ topic }) => told.push(topic));
  app.keep();
  await settled(app);
  assert.deepEqual(told, ['entry-lost']);
});
