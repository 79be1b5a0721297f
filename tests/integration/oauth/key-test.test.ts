import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure } from '../../../src-main/domain/failure.ts';
import { testKey } from '../../../src-main/oauth/key-test.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { PRACTICE_KEYS } from '../../support/practice/models-endpoint.ts';
import { startPracticeServer, type PracticeServer } from '../../support/practice/practice-server.ts';
import { REFUSALS } from '../../support/practice/refusals.ts';
import { deadUrl, json, startScriptedServer } from '../../support/scripted-server.ts';

const http = { network: directNetwork, userAgent: 'Latchkey/test', now: () => Date.now() };
const never = new AbortController().signal;
const tested = (url: string | URL, key: string = PRACTICE_KEYS.good) =>
  testKey(new URL(url), key, http, never);

test('a key is tested by asking for the models, with the key in a header and nothing else', async () => {
  await using server = await startScriptedServer((_, response) => json(response, 200, { data: [] }));
  assert.equal(await tested(server.url, 'sk-ant-api03-key'), null);
  const [asked] = server.received;
  assert.equal(asked?.method, 'GET');
  assert.equal(asked.path, '/v1/models?limit=10');
  assert.equal(asked.headers['x-api-key'], 'sk-ant-api03-key');
  assert.equal(asked.headers['anthropic-version'], '2023-06-01');
  assert.equal(asked.headers['user-agent'], 'Latchkey/test');
  assert.equal(asked.headers.authorization, undefined);
});

test('the practice server knows its keys', async () => {
  await using server = await startPracticeServer();
  const answers = async (key: string) => (await tested(server.apiUrl, key))?.code ?? null;
  assert.equal(await answers(PRACTICE_KEYS.good), null);
  assert.equal(await answers(PRACTICE_KEYS.forbidden), 'key-forbidden');
  assert.equal(await answers(PRACTICE_KEYS.limited), 'rate-limited');
  assert.equal(await answers(PRACTICE_KEYS.nocredit), 'key-no-credit');
  assert.equal(await answers(`${PRACTICE_KEYS.good}x`), 'key-refused');
});

const answers: readonly [
  name: string,
  answer: Parameters<PracticeServer['setMood']>[0]['behaviour'],
  Failure,
][] = [
  ['401', REFUSALS.keyUnknown, { code: 'key-refused' }],
  [
    '403',
    REFUSALS.keyForbidden,
    { code: 'key-forbidden', message: 'This API key is not allowed to list models.' },
  ],
  ['no credit', REFUSALS.noCredit, { code: 'key-no-credit' }],
  [
    '402 billing_error',
    { kind: 'answer', status: 402, body: { error: { type: 'billing_error', message: 'x' } } },
    { code: 'key-no-credit' },
  ],
  ['429', REFUSALS.rateLimited, { code: 'rate-limited', retryAfterSeconds: null }],
  ['429 with a time', REFUSALS.rateLimitedFor(30), { code: 'rate-limited', retryAfterSeconds: 30 }],
  ['503', REFUSALS.down, { code: 'service-down', status: 503 }],
  [
    'another refusal',
    REFUSALS.malformed,
    { code: 'answer-unexpected', host: '', reason: 'HTTP 400 invalid_request_error' },
  ],
  ['404', REFUSALS.gone, { code: 'answer-unexpected', host: '', reason: 'HTTP 404' }],
  ['no list', REFUSALS.notJson, { code: 'answer-unexpected', host: '', reason: 'not-understood' }],
  ['a challenge', REFUSALS.challenge, { code: 'network-challenge', host: '' }],
  ['a reset', { kind: 'reset' }, { code: 'answer-lost', host: '' }],
];
for (const [name, behaviour, expected] of answers) {
  test(`each answer has its own code: ${name}`, async () => {
    await using server = await startPracticeServer();
    server.setMood({ endpoint: 'models', behaviour });
    const { host } = new URL(server.apiUrl);
    const failure = await tested(server.apiUrl);
    assert.deepEqual(failure, 'host' in expected ? { ...expected, host } : expected);
  });
}

test('no connection is told as one, and an aborted test as nothing', async () => {
  assert.equal((await tested(await deadUrl()))?.code, 'network-down');
  await assert.rejects(
    testKey(new URL('http://127.0.0.1:1'), 'k', http, AbortSignal.abort('gone')),
    (e) => e === 'gone',
  );
});
