import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeFailure } from '../../../src-main/words/failure-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src-main/domain/instant.ts';
import { planRefresh, type RefreshPlan } from '../../../src-main/domain/refresh-policy.ts';
import { standingOf } from '../../../src-main/domain/standing.ts';
import type { Login } from '../../../src-main/login/login.ts';
import {
  accountOf,
  replaceEntry,
  signedIn,
  writeAsOthersDo,
  type Stage,
} from '../../support/login/signed-in.ts';
import type { Mood } from '../../support/practice/mood.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { deadUrl } from '../../support/scripted-server.ts';

const ENGLISH = wordsFor('en');

const ID = 'default';
const ONE = { endpoint: 'token', times: 1 } as const;

/** What happens next by itself: in how many milliseconds, or why nothing. */
function nextStep({ clock, login }: Stage, of: Login = login): [number | null, RefreshPlan['reason']] {
  const account = accountOf(of);
  const { at, reason } = planRefresh(account, account.history, clock.now());
  return [at === null ? null : at - clock.now(), reason];
}

const kinds = (login: Login) => accountOf(login).history.map(({ kind }) => kind);
const standing = ({ clock, login }: Stage) => standingOf(accountOf(login), clock.now());

/** A refresh that is refused in this way: the file is untouched, the history and the faces tell why. */
async function refusedBy(stage: Stage, failure: Failure, login = stage.login): Promise<void> {
  const before = await readFile(stage.configFile, 'utf8');
  const outcome = await login.refresh(ID);
  assert.deepEqual(outcome, { kind: 'refused', failure });
  assert.equal(await readFile(stage.configFile, 'utf8'), before);
  const { history, troubles, refreshing, whereabouts } = accountOf(login);
  assert.deepEqual(history.at(-1), { at: stage.clock.now(), kind: 'refused', failure });
  assert.deepEqual(troubles, [failure]);
  assert.deepEqual([refreshing, whereabouts], [false, 'config-file']);
  // Another process, started later, knows as much.
  assert.deepEqual(accountOf(await stage.open()).history.at(-1), history.at(-1));
  const words = JSON.stringify(describeFailure(ENGLISH, failure, 'refresh'));
  assert.doesNotMatch(words, /undefined|NaN|sk-ant/);
}

/** After what has passed by itself the login goes on with the credential it has. */
async function livesOn(stage: Stage): Promise<void> {
  stage.clock.advance(10 * SECOND);
  const old = await stage.credential();
  assert.equal((await stage.login.refresh(ID)).kind, 'refreshed');
  assert.notEqual((await stage.credential()).refreshToken, old.refreshToken);
  assert.deepEqual(accountOf(stage.login).troubles, []);
}

test('a refresh stores the new credential, remembers it, and leaves the login clock alone', async (t) => {
  const stage = await signedIn(t);
  const { login, clock, server } = stage;
  const [old, before] = [await stage.credential(), accountOf(login)];
  // The answer leaves the second clock out: the one known goes on.
  server.setMood({ ...ONE, behaviour: { kind: 'change', fields: { refresh_token_expires_in: null } } });
  clock.advance(HOUR);
  assert.deepEqual(await login.refresh(ID), { kind: 'refreshed', failure: null, clockOffSeconds: 0 });

  const renewed = await stage.credential();
  assert.notEqual(renewed.accessToken, old.accessToken);
  assert.notEqual(renewed.refreshToken, old.refreshToken);
  const text = await readFile(stage.configFile, 'utf8');
  assert.ok(text.includes(renewed.accessToken) && text.includes(String(renewed.refreshToken)));
  assert.ok(!text.includes(old.accessToken) && !text.includes(String(old.refreshToken)));
  assert.equal(await server.refreshTokenState(renewed.refreshToken ?? ''), 'live');

  const after = accountOf(login);
  assert.equal(after.accessExpiresAt, Math.floor((clock.now() + 8 * HOUR) / SECOND) * SECOND);
  assert.equal(after.loginExpiresAt, before.loginExpiresAt);
  assert.equal(after.loginIssuedAt, before.loginIssuedAt);
  assert.deepEqual(kinds(login), ['signed-in', 'refreshed']);
  assert.deepEqual(after.owner, before.owner);
});

test('a login clock that the answer tells counts from its receipt', async (t) => {
  const started = performance.now();
  const stage = await signedIn(t, { loginSeconds: 1_000 });
  const before = accountOf(stage.login).loginExpiresAt ?? 0;
  assert.equal((await stage.login.refresh(ID)).kind, 'refreshed');
  const after = accountOf(stage.login).loginExpiresAt ?? 0;
  // The test's clock was moved, the server's goes on by itself.
  const late = before + 10 * SECOND - after;
  assert.ok(late >= -2 * SECOND && late <= performance.now() - started + 2 * SECOND, `${late} ms`);
});

test('two clicks are one refresh, at the same time and shortly after each other', async (t) => {
  const { login, server, clock } = await signedIn(t);
  const begun = server.tokenRequestsBegun;
  const outcomes = await Promise.all([login.refresh(ID), login.refresh(ID)]);
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['refreshed', 'refreshed'],
  );
  clock.advance(SECOND);
  assert.deepEqual(await login.refresh(ID), { kind: 'fresh' });
  assert.equal(server.tokenRequestsBegun, begun + 1);
});

/** The table of `facts.md` section 1 as far as the login lives on: the answer, what it is taken for, when the next try is. */
const PASSING: readonly {
  readonly name: string;
  readonly behaviour: Mood['behaviour'];
  readonly failure: (host: string) => Failure;
  readonly wait: number;
  readonly second?: number;
  readonly title: string;
}[] = [
  {
    name: 'a request called malformed is not an ended login',
    behaviour: REFUSALS.malformed,
    failure: () => ({
      code: 'request-malformed',
      message: 'Invalid request format',
      requestId: 'req_practice',
    }),
    wait: 5 * MINUTE,
    second: 10 * MINUTE,
    title: 'Claude turned the request down',
  },
  {
    name: '429 without Retry-After',
    behaviour: REFUSALS.rateLimited,
    failure: () => ({ code: 'rate-limited', retryAfterSeconds: null }),
    wait: 5 * MINUTE,
    second: 10 * MINUTE,
    title: 'Claude asks to wait',
  },
  {
    name: '429 with Retry-After',
    behaviour: REFUSALS.rateLimitedFor(1_234),
    failure: () => ({ code: 'rate-limited', retryAfterSeconds: 1_234 }),
    wait: 1_234 * SECOND,
    second: 1_234 * SECOND,
    title: 'Claude asks to wait',
  },
  {
    name: '429 with an absurd Retry-After waits six hours',
    behaviour: REFUSALS.rateLimitedFor(999_999),
    failure: () => ({ code: 'rate-limited', retryAfterSeconds: 21_600 }),
    wait: 6 * HOUR,
    title: 'Claude asks to wait',
  },
  {
    name: 'a challenge is the network',
    behaviour: REFUSALS.challenge,
    failure: (host) => ({ code: 'network-challenge', host }),
    wait: 5 * MINUTE,
    second: 10 * MINUTE,
    title: 'The network is in the way',
  },
  {
    name: '404 on the only token URL',
    behaviour: REFUSALS.gone,
    failure: (host) => ({ code: 'token-endpoint-missing', host }),
    wait: 5 * MINUTE,
    title: 'Claude has moved',
  },
  {
    name: "404 in the service's own words on the only token URL",
    behaviour: REFUSALS.notFound,
    failure: () => ({ code: 'request-malformed', message: 'Not found', requestId: 'req_practice' }),
    wait: 5 * MINUTE,
    second: 10 * MINUTE,
    title: 'Claude turned the request down',
  },
  {
    name: '500',
    behaviour: REFUSALS.broken,
    failure: () => ({ code: 'service-down', status: 500 }),
    wait: 5 * SECOND,
    second: 10 * SECOND,
    title: 'No answer from Claude',
  },
  {
    name: '503',
    behaviour: REFUSALS.down,
    failure: () => ({ code: 'service-down', status: 503 }),
    wait: 5 * SECOND,
    second: 10 * SECOND,
    title: 'No answer from Claude',
  },
  {
    name: 'a redirect is not followed',
    behaviour: REFUSALS.redirected,
    failure: (host) => ({ code: 'answer-unexpected', host, reason: 'redirect' }),
    wait: 5 * MINUTE,
    title: 'Claude’s answer made no sense',
  },
  {
    name: 'an answer that is not JSON',
    behaviour: REFUSALS.notJson,
    failure: (host) => ({ code: 'answer-unexpected', host, reason: 'not-json' }),
    wait: 5 * MINUTE,
    second: 10 * MINUTE,
    title: 'Claude’s answer made no sense',
  },
  {
    name: 'an oversized answer',
    behaviour: REFUSALS.oversized,
    failure: (host) => ({ code: 'answer-unexpected', host, reason: 'too-large' }),
    wait: 5 * MINUTE,
    title: 'Claude’s answer made no sense',
  },
  {
    name: 'a connection reset before the request was looked at may have spent the token, for all we know',
    behaviour: { kind: 'reset' },
    failure: (host) => ({ code: 'answer-lost', host }),
    wait: MINUTE,
    title: 'Uncertain whether you are still signed in',
  },
];

for (const { name, behaviour, failure, wait, second, title } of PASSING) {
  test(`${name}: the credential stays, and the login lives on`, async (t) => {
    const stage = await signedIn(t);
    const expected = failure(new URL(stage.server.tokenUrl).host);
    stage.server.setMood({ ...ONE, behaviour });
    await refusedBy(stage, expected);
    assert.deepEqual(nextStep(stage), [wait, 'after-refusal']);
    assert.equal(standing(stage), 'valid');
    assert.equal(describeFailure(ENGLISH, expected, 'refresh').title, title);
    if (second !== undefined) {
      stage.clock.advance(wait);
      stage.server.setMood({ ...ONE, behaviour });
      await refusedBy(stage, expected);
      assert.deepEqual(nextStep(stage), [second, 'after-refusal']);
    }
    await livesOn(stage);
  });
}

test('a refused connection is an outage: tried again after seconds, at once when the network is back', async (t) => {
  const stage = await signedIn(t);
  const nowhere = await deadUrl();
  const cutOff = await stage.open({ endpoints: { ...stage.endpoints, tokenUrls: [nowhere] } });
  const failure: Failure = { code: 'network-down', host: nowhere.host, reason: 'ECONNREFUSED' };
  await refusedBy(stage, failure, cutOff);
  assert.deepEqual(nextStep(stage, cutOff), [5 * SECOND, 'after-refusal']);
  stage.clock.advance(30 * MINUTE);
  await cutOff.resume();
  assert.deepEqual(nextStep(stage, cutOff), [0, 'network-back']);
  assert.deepEqual(describeFailure(ENGLISH, failure, 'refresh').title, 'No connection to Claude');
  await stage.login.resume();
  await livesOn(stage);
});

test('the other token URL is asked where the first certainly processed nothing', async (t) => {
  const stage = await signedIn(t);
  const url = new URL(stage.server.tokenUrl);
  for (const refusal of [REFUSALS.gone, REFUSALS.notFound, REFUSALS.challenge]) {
    const login = await stage.open({ endpoints: { ...stage.endpoints, tokenUrls: [url, url] } });
    const begun = stage.server.tokenRequestsBegun;
    stage.server.setMood({ ...ONE, behaviour: refusal });
    assert.equal((await login.refresh(ID)).kind, 'refreshed');
    assert.equal(stage.server.tokenRequestsBegun, begun + 2);
    stage.clock.advance(10 * SECOND);
  }
  const login = await stage.open({ endpoints: { ...stage.endpoints, tokenUrls: [url, url] } });
  const begun = stage.server.tokenRequestsBegun;
  stage.server.setMood({ ...ONE, behaviour: { kind: 'reset' } });
  assert.equal((await login.refresh(ID)).kind, 'refused');
  assert.equal(stage.server.tokenRequestsBegun, begun + 1);
});

test('invalid_grant ends the login: nobody asks again, and only a sign-in helps', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ ...ONE, behaviour: REFUSALS.invalidGrant });
  await refusedBy(stage, { code: 'grant-refused' });
  assert.deepEqual(nextStep(stage), [null, 'login-ended']);
  assert.equal(standing(stage), 'needs-sign-in');
  assert.equal(
    describeFailure(ENGLISH, { code: 'grant-refused' }, 'refresh').title,
    'Your sign-in has ended',
  );

  const begun = stage.server.tokenRequestsBegun;
  stage.clock.advance(DAY);
  assert.deepEqual(await stage.login.refresh(ID), { kind: 'refused', failure: { code: 'grant-refused' } });
  assert.equal(stage.server.tokenRequestsBegun, begun);

  await stage.login.signIn();
  assert.equal(standing(stage), 'valid');
  await livesOn(stage);
});

test('invalid_grant while the file holds another token meanwhile: that one is adopted', async (t) => {
  const stage = await signedIn(t);
  const [ours, theirs] = [await stage.credential(), await stage.foreignCredential()];
  stage.server.setMood({ ...ONE, behaviour: REFUSALS.invalidGrant });
  stage.onTokenRequest = () => replaceEntry(stage.configFile, ours, theirs);
  assert.deepEqual(await stage.login.refresh(ID), { kind: 'adopted' });
  assert.deepEqual(kinds(stage.login), ['signed-in', 'adopted']);
  assert.deepEqual(accountOf(stage.login).troubles, []);
  assert.equal((await stage.credential()).refreshToken, theirs.refreshToken);
  stage.onTokenRequest = () => Promise.resolve();
  await livesOn(stage);
});

test('a newer credential in the file is taken before anybody is asked', async (t) => {
  const stage = await signedIn(t);
  await replaceEntry(stage.configFile, await stage.credential(), await stage.foreignCredential());
  const begun = stage.server.tokenRequestsBegun;
  assert.deepEqual(await stage.login.refresh(ID), { kind: 'adopted' });
  assert.equal(stage.server.tokenRequestsBegun, begun);
});

test('a sign-out meanwhile is not undone', async (t) => {
  const stage = await signedIn(t);
  const refreshing: Promise<unknown>[] = [];
  const other = await stage.open({
    keychain: {
      keep: () => Promise.resolve(),
      read: () => Promise.resolve([]),
      // The last that a sign-out does.
      forget: () => {
        refreshing.push(stage.login.refresh(ID));
        return Promise.resolve();
      },
    },
  });
  await other.signOut(ID);
  const [outcome] = await Promise.all(refreshing);
  assert.deepEqual(outcome, { kind: 'refused', failure: { code: 'not-signed-in', id: ID } });
  assert.doesNotMatch(await readFile(stage.configFile, 'utf8'), /sk-ant/);
  assert.deepEqual((await stage.open()).snapshot.accounts, []);
});

test('an entry that nobody of ours has seen is refreshed, also where it is over', async (t) => {
  const stage = await signedIn(t);
  stage.clock.advance(9 * HOUR);
  const stranger = await stage.open({ dataDir: join(stage.folder, 'other-data') });
  assert.equal((await stranger.refresh(ID)).kind, 'refreshed');
  stage.clock.advance(9 * HOUR);
  const next = await stage.open({ dataDir: join(stage.folder, 'third-data') });
  await next.catchUp();
  assert.deepEqual(kinds(next), ['adopted']);
  assert.equal(await next.accessToken(ID, MINUTE), (await stage.credential()).accessToken);
  assert.deepEqual(kinds(next), ['adopted', 'refreshed']);
});

test('a login that ended leaves its clock behind when another program has a new one', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ ...ONE, behaviour: REFUSALS.invalidGrant });
  await stage.login.refresh(ID);
  await replaceEntry(stage.configFile, await stage.credential(), await stage.foreignCredential());
  await stage.login.catchUp();
  assert.equal(standing(stage), 'valid');
  const { loginIssuedAt, loginExpiresAt, troubles } = accountOf(stage.login);
  assert.deepEqual([loginIssuedAt, loginExpiresAt, troubles], [null, null, []]);
});

test('an answer that got lost is asked for once more, and a second time is uncertain: never a third by itself', async (t) => {
  const stage = await signedIn(t);
  const { host } = new URL(stage.server.tokenUrl);
  const failure: Failure = { code: 'answer-lost', host };
  stage.server.setMood({ endpoint: 'token', times: 2, behaviour: { kind: 'lose-answer' } });
  await refusedBy(stage, failure);
  assert.deepEqual(nextStep(stage), [MINUTE, 'after-refusal']);
  assert.equal(standing(stage), 'valid');
  stage.clock.advance(MINUTE);
  await refusedBy(stage, failure);
  assert.deepEqual(nextStep(stage), [null, 'uncertain']);
  assert.equal(standing(stage), 'needs-sign-in');
  assert.equal(
    describeFailure(ENGLISH, failure, 'refresh').title,
    'Uncertain whether you are still signed in',
  );

  // A person may ask, and is told the truth then.
  stage.clock.advance(10 * SECOND);
  await refusedBy(stage, { code: 'grant-refused' });
  assert.deepEqual(nextStep(stage), [null, 'login-ended']);
});

test('an answer that got lost before the server carried it out costs nothing', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ endpoint: 'token', times: 2, behaviour: { kind: 'reset' } });
  for (let times = 0; times < 2; times++) {
    await stage.login.refresh(ID);
    stage.clock.advance(MINUTE);
  }
  assert.deepEqual(nextStep(stage), [null, 'uncertain']);
  await livesOn(stage);
});

test('a time-out after the request was sent is a lost answer', async (t) => {
  const stage = await signedIn(t);
  const login = await stage.open({
    fetch: () => Promise.reject(new DOMException('The operation timed out.', 'TimeoutError')),
  });
  await refusedBy(stage, { code: 'answer-lost', host: new URL(stage.server.tokenUrl).host }, login);
});

for (const [expiresIn, lasts, wait] of [
  [0, 0, 5 * MINUTE],
  [-3_600, 0, 5 * MINUTE],
  [1, SECOND, 5 * MINUTE],
  [60, MINUTE, 48 * SECOND],
  [1e12, 8 * HOUR, 8 * HOUR - 20 * MINUTE],
  ['soon', 8 * HOUR, 8 * HOUR - 20 * MINUTE],
  [null, 8 * HOUR, 8 * HOUR - 20 * MINUTE],
] as const) {
  test(`a lifetime of ${JSON.stringify(expiresIn)} does no harm`, async (t) => {
    const stage = await signedIn(t);
    stage.server.setMood({ ...ONE, behaviour: { kind: 'change', fields: { expires_in: expiresIn } } });
    assert.equal((await stage.login.refresh(ID)).kind, 'refreshed');
    const { accessExpiresAt } = accountOf(stage.login);
    assert.ok(Math.abs((accessExpiresAt ?? 0) - stage.clock.now() - lasts) <= SECOND);
    assert.ok(Math.abs((nextStep(stage)[0] ?? 0) - wait) <= SECOND);
    await livesOn(stage);
  });
}

test('a clock that is off is told, and told no more when it is right again', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ ...ONE, behaviour: { kind: 'clock', aheadSeconds: 3_600 } });
  const outcome = await stage.login.refresh(ID);
  assert.ok(outcome.kind === 'refreshed' && Math.abs(outcome.clockOffSeconds + 3_600) <= 2);
  const [trouble] = accountOf(stage.login).troubles;
  assert.ok(trouble?.code === 'clock-off' && trouble.seconds === outcome.clockOffSeconds);
  assert.match(
    describeFailure(ENGLISH, trouble, 'refresh').explanation,
    /differ by 60 minutes|differ by 1 hour/,
  );
  // The expiry counts from the receipt, by this machine's clock.
  assert.ok(Math.abs((accountOf(stage.login).accessExpiresAt ?? 0) - stage.clock.now() - 8 * HOUR) <= SECOND);
  await livesOn(stage);
});

for (const [what, line, becomes] of [
  ['without a refresh token', /^ *refresh_token: .*\n/m, ''],
  ['of another client', /client_id: .*/, 'client_id: somebody-elses'],
] as const) {
  test(`a credential ${what} is never sent`, async (t) => {
    const stage = await signedIn(t);
    const text = await readFile(stage.configFile, 'utf8');
    await writeAsOthersDo(stage.configFile, text.replace(line, becomes));
    const begun = stage.server.tokenRequestsBegun;
    // In a data folder that knows nothing of it, too.
    const stranger = await stage.open({ dataDir: join(stage.folder, 'other-data') });
    assert.deepEqual(await stranger.refresh(ID), { kind: 'refused', failure: { code: 'not-refreshable' } });
    assert.deepEqual(nextStep(stage, stranger), [null, 'no-refresh-token']);
    assert.notEqual((await stage.login.refresh(ID)).kind, 'refreshed');
    assert.equal(nextStep(stage)[0], null);
    assert.equal(stage.server.tokenRequestsBegun, begun);
  });
}

test('a token that ends at once is handed out as it is, instead of one like it each time', async (t) => {
  const stage = await signedIn(t);
  stage.server.setMood({ endpoint: 'token', behaviour: { kind: 'change', fields: { expires_in: 0 } } });
  await stage.login.refresh(ID);
  stage.clock.advance(3 * SECOND);
  const begun = stage.server.tokenRequestsBegun;
  const { accessToken } = await stage.credential();
  assert.equal(await stage.login.accessToken(ID, MINUTE), accessToken);
  assert.equal(stage.server.tokenRequestsBegun, begun);
});
