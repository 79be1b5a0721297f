import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { SECOND } from '../../../src-main/domain/instant.ts';
import { signedIn, writeAsOthersDo, type Stage } from '../../support/login/signed-in.ts';
import { approve } from '../../support/practice/approve.ts';
import { GRACE } from '../../support/practice/people.ts';
import { file, isHeld } from './kit.ts';

const AT_WORK = { uuid: '99999999-9999-4999-8999-999999999999', name: 'Ada at work' };
const byGrace = (url: string) => approve(url, { person: GRACE.uuid });

/** What the token answer of the next sign-in leaves out (`null`) or has. */
function tells({ server }: Stage, fields: Readonly<Record<string, unknown>>): void {
  server.setMood({ endpoint: 'token', times: 1, behaviour: { kind: 'change', fields } });
}

function profile({ server }: Stage, status: 403 | 429, times?: number): void {
  const behaviour = { kind: 'answer', status, body: {} } as const;
  server.setMood({ endpoint: 'profile', behaviour, ...(times === undefined ? {} : { times }) });
}

/** A sign-in under `default` whose answer tells that much, and no profile. */
async function signedInWith(t: TestContext, fields: Readonly<Record<string, unknown>>): Promise<Stage> {
  const stage = await signedIn(t);
  await stage.login.signOut('default');
  profile(stage, 403, 3);
  tells(stage, fields);
  await (await stage.open()).signIn('default');
  stage.clock.advance(10 * SECOND);
  stage.server.setMood({ endpoint: 'profile', behaviour: { kind: 'well' } });
  return stage;
}

/** Somebody signs in over the login of `default`, which the service still honours: that is at hand then. */
async function signsInOver(stage: Stage, openBrowser = approve): Promise<void> {
  const { refreshToken } = await stage.credential();
  const again = await stage.open({ openBrowser });
  await again.signIn('default');
  assert.equal(again.snapshot.signIn?.phase, 'succeeded');
  assert.equal(await stage.server.refreshTokenState(String(refreshToken)), 'live');
  assert.notDeepEqual(await isHeld(refreshToken, stage), [], 'it is nowhere any more');
}

test('one person, two organisations: the answer leaves the second one out', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({
    endpoint: 'profile',
    behaviour: { kind: 'change', fields: { organization: AT_WORK } },
  });
  tells(stage, { organization: null });
  await signsInOver(stage);
});

test('somebody else, and neither the answer nor the profile tells who', async (t) => {
  const stage = await signedIn(t);
  profile(stage, 429);
  tells(stage, { account: null, organization: null });
  await signsInOver(stage, byGrace);
});

test('somebody else, of whom the answer has the e-mail address alone', async (t) => {
  const stage = await signedIn(t);
  profile(stage, 429);
  tells(stage, { account: { email_address: GRACE.email }, organization: null });
  await signsInOver(stage, byGrace);
});

test('somebody else, over a login of which nobody ever told whose it was', async (t) => {
  await signsInOver(await signedInWith(t, { account: null, organization: null }), byGrace);
});

test('another organisation, over a login of which only the person was told', async (t) => {
  const stage = await signedInWith(t, { organization: null });
  tells(stage, { organization: AT_WORK });
  await signsInOver(stage);
});

test('somebody of whom nobody tells who, over an entry that another program took out', async (t) => {
  const stage = await signedIn(t);
  const { refreshToken } = await stage.credential();
  await writeAsOthersDo(stage.configFile, file());
  await stage.login.catchUp();
  profile(stage, 429);
  tells(stage, { account: null, organization: null });
  const again = await stage.open({ openBrowser: byGrace });
  await again.signIn('default');
  assert.equal(again.snapshot.signIn?.phase, 'succeeded');
  assert.notDeepEqual(await isHeld(refreshToken, stage), [], 'it is nowhere any more');
  const offered = again.snapshot.accounts.filter(({ whereabouts }) => whereabouts === 'copy');
  assert.equal(offered.length, 1);
});
