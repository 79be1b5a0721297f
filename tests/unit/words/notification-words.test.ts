import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_API_KEY } from '../../../src-main/domain/api-key.ts';
import type { Failure } from '../../../src-main/domain/failure.ts';
import type { RefusalFailure } from '../../../src-main/domain/refusal.ts';
import type { HistoryEvent } from '../../../src-main/domain/history.ts';
import { DAY, HOUR } from '../../../src-main/domain/instant.ts';
import {
  describeGoingOn,
  describeNotification,
  describeRefresh,
} from '../../../src-main/words/notification-words.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { anAccount, aSnapshot, NOW } from '../../support/snapshots.ts';

const ENGLISH = wordsFor('en');

const refused = (failure: RefusalFailure): HistoryEvent => ({ at: NOW, kind: 'refused', failure });
const ENDED = refused({ code: 'grant-refused' });
const LOST = refused({ code: 'answer-lost', host: 'h' });
const SERVICE_DOWN: RefusalFailure = { code: 'service-down', status: 503 };

test('the coming end of a login names its day', () => {
  const account = anAccount({ loginExpiresAt: NOW + 3 * DAY });
  for (const topic of ['login-ends-in-3-days', 'login-ends-in-1-day'] as const) {
    assert.deepEqual(describeNotification(ENGLISH, topic, account, NOW), {
      title: 'The sign-in of ada@example.org ends on 26 November',
      body: 'Click to sign in once more, whenever it suits you before then.',
      action: 'Sign in again',
    });
  }
  const unknown = anAccount({ owner: null, loginExpiresAt: null });
  assert.equal(
    describeNotification(ENGLISH, 'login-ends-in-1-day', unknown, NOW).title,
    'Your sign-in ends in the next days',
  );
});

test('the first closing of the window tells where the app is, and promises nothing to nobody', () => {
  const { title, body, action } = describeGoingOn(ENGLISH, aSnapshot([anAccount()]));
  assert.deepEqual([title, action], ['Latchkey goes on in the tray', 'Show']);
  assert.match(body, /looks after your sign-in/);
  assert.doesNotMatch(describeGoingOn(ENGLISH, aSnapshot()).body, /looks after/);
  const apiKey = { ...NO_API_KEY, own: { kind: 'key', start: '', end: '' } } as const;
  assert.match(describeGoingOn(ENGLISH, aSnapshot([], null, { apiKey })).body, /API key/);
});

test('the end of a login says why it ended', () => {
  const body = (history: readonly HistoryEvent[]) =>
    describeNotification(ENGLISH, 'needs-sign-in', anAccount({ history }), NOW);
  assert.deepEqual(body([ENDED]), {
    title: 'Sign in again as ada@example.org',
    body: 'Your sign-in has ended. Click to sign in.',
    action: 'Sign in again',
  });
  assert.equal(body([LOST, LOST]).body, 'Uncertain whether you are still signed in. Click to sign in.');
  assert.equal(body([]).body, 'The sign-in has reached its end. Click to sign in.');
  // Its clock ran out during an outage: the outage is not why.
  assert.equal(body([refused(SERVICE_DOWN)]).body, 'The sign-in has reached its end. Click to sign in.');
});

test('a lost entry says what another program did', () => {
  const troubles: readonly Failure[] = [{ code: 'entry-removed', path: '/c.yaml', copy: true }];
  assert.deepEqual(describeNotification(ENGLISH, 'entry-lost', anAccount({ troubles }), NOW), {
    title: 'Your sign-in was taken out of the config file',
    body: 'Click to see what helps.',
    action: 'Show',
  });
  assert.equal(
    describeNotification(ENGLISH, 'entry-lost', anAccount(), NOW).title,
    'Your sign-in was changed',
  );
});

test('a refresh that a person asked for tells how it ended', () => {
  assert.deepEqual(describeRefresh(ENGLISH, anAccount(), NOW), {
    title: 'Token renewed',
    body: 'Signed in as ada@example.org. Token until 17:00.',
    action: null,
  });
  assert.equal(
    describeRefresh(ENGLISH, anAccount({ accessExpiresAt: null }), NOW)?.body,
    'Signed in as ada@example.org.',
  );
  const refusal = anAccount({ troubles: [SERVICE_DOWN], history: [refused(SERVICE_DOWN)] });
  assert.equal(describeRefresh(ENGLISH, refusal, NOW)?.title, 'No answer from Claude');
  // A clock that is off kept nobody from renewing.
  const clockOff = anAccount({ troubles: [{ code: 'clock-off', seconds: HOUR / 1_000 }] });
  assert.equal(describeRefresh(ENGLISH, clockOff, NOW)?.title, 'Token renewed');
  const shared = anAccount({ troubles: [{ code: 'login-shared', others: ['work'] }] });
  assert.equal(describeRefresh(ENGLISH, shared, NOW)?.title, 'Token renewed');
});

test('what a notification tells anyway is not told twice', () => {
  for (const history of [[ENDED], [LOST, LOST], [{ at: NOW, kind: 'removed' } as const]])
    assert.equal(describeRefresh(ENGLISH, anAccount({ history }), NOW), null);
});
