import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo } from '../../support/login/signed-in.ts';
import { text } from './kit.ts';

for (const [name, change] of [
  ['dropped', (all: string) => all.replace(/ *client_id:.*\n/, '')],
  ['empty', (all: string) => all.replace(/client_id:.*/, 'client_id: ""')],
  [
    'upper case',
    (all: string) => all.replace(/client_id: (.*)/, (_, id: string) => `client_id: ${id.toUpperCase()}`),
  ],
] as const) {
  test(`another program rewrites our entry, its client_id ${name}: it is renewed all the same, or told`, async (t) => {
    const stage = await signedIn(t);
    const { login, clock, configFile } = stage;
    await writeAsOthersDo(configFile, change(await text(stage)));
    await login.catchUp();
    clock.advance(8 * HOUR);
    const outcome = await login.refresh('default');
    assert.equal(outcome.kind, 'refreshed');
  });
}
