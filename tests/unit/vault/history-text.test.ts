import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONFIG_SHAPES, KEYCHAIN_OBSTACLES, NETWORK_OBSTACLES } from '../../../src-main/domain/failure.ts';
import {
  NOTIFICATION_TOPICS,
  WAKE_CAUSES,
  type EventKind,
  type EventOf,
  type HistoryEvent,
} from '../../../src-main/domain/history.ts';
import { PROXY_FLAWS } from '../../../src-main/domain/proxy.ts';
import { REFUSAL_CODES, type RefusalCode, type RefusalFailure } from '../../../src-main/domain/refusal.ts';
import { REVOCATION_OBSTACLES } from '../../../src-main/domain/revocation.ts';
import { PROXY_SOURCES } from '../../../src-main/domain/way.ts';
import { historyFromText, historyToText } from '../../../src-main/vault/records/history-text.ts';
import { NOW } from '../../support/snapshots.ts';

/** Of each refusal, with every value that one of a closed list may take. */
const REFUSALS: {
  readonly [C in RefusalCode]: readonly Extract<RefusalFailure, { readonly code: C }>[];
} = {
  'grant-refused': [{ code: 'grant-refused' }],
  'request-malformed': [
    { code: 'request-malformed', message: 'm', requestId: 'r' },
    { code: 'request-malformed', message: 'm', requestId: null },
  ],
  'rate-limited': [
    { code: 'rate-limited', retryAfterSeconds: 3.5 },
    { code: 'rate-limited', retryAfterSeconds: null },
  ],
  'network-challenge': [{ code: 'network-challenge', host: 'h' }],
  'token-endpoint-missing': [{ code: 'token-endpoint-missing', host: 'h' }],
  'service-down': [{ code: 'service-down', status: 503 }],
  'network-down': [
    ...NETWORK_OBSTACLES.map((reason) => ({ code: 'network-down', host: 'h', reason }) as const),
    ...PROXY_SOURCES.map(
      (as) => ({ code: 'network-down', host: 'h', reason: 'ENETDOWN', proxy: 'p:1', as }) as const,
    ),
  ],
  'connection-untrusted': [
    { code: 'connection-untrusted', host: 'h', reason: 'EPROTO' },
    { code: 'connection-untrusted', host: 'h', reason: 'EPROTO', issuer: 'i', proxy: 'p:1', as: 'app' },
  ],
  'proxy-unusable': PROXY_FLAWS.map((reason) => ({ code: 'proxy-unusable', as: 'setting', reason })),
  'proxy-refused': [{ code: 'proxy-refused', host: 'h', reason: 'HTTP 403', proxy: 'p:1', as: 'system' }],
  'proxy-login': [
    { code: 'proxy-login', schemes: ['Basic', 'NTLM'], given: true, proxy: 'p:1', as: 'HTTPS_PROXY' },
  ],
  'answer-lost': [
    { code: 'answer-lost', host: 'h' },
    { code: 'answer-lost', host: 'h', proxy: 'p:1', as: 'https_proxy' },
  ],
  'answer-unexpected': [{ code: 'answer-unexpected', host: 'h', reason: 'not-json' }],
  'not-refreshable': [{ code: 'not-refreshable' }],
  'login-locked': [{ code: 'login-locked' }],
  'nowhere-to-store': [{ code: 'nowhere-to-store', path: '/p', reason: 'ENOSPC' }],
  'config-unreadable': [{ code: 'config-unreadable', path: '/p', reason: 'EACCES' }],
  'config-not-yaml': [{ code: 'config-not-yaml', path: '/p', line: 1, column: 2 }],
  'config-shape': CONFIG_SHAPES.map((expected) => ({
    code: 'config-shape',
    path: '/p',
    at: 'providers',
    expected,
  })),
  'config-not-writable': [{ code: 'config-not-writable', path: '/p', reason: 'EROFS' }],
  'config-locked': [{ code: 'config-locked', path: '/p' }],
  'data-not-writable': [{ code: 'data-not-writable', path: '/p', reason: 'EIO' }],
  'secret-locked': KEYCHAIN_OBSTACLES.map((reason) => ({ code: 'secret-locked', reason })),
  'secret-missing': [{ code: 'secret-missing', id: 'default' }],
  internal: [{ code: 'internal', message: 'TypeError' }],
};

const EVENTS: { readonly [K in EventKind]: readonly EventOf<K>[] } = {
  'signed-in': [{ at: NOW, kind: 'signed-in' }],
  refreshed: [{ at: NOW, kind: 'refreshed' }],
  adopted: [{ at: NOW, kind: 'adopted' }],
  refused: Object.values(REFUSALS)
    .flat()
    .map((failure) => ({ at: NOW, kind: 'refused', failure })),
  woke: WAKE_CAUSES.map((by) => ({ at: NOW, kind: 'woke', by })),
  removed: [{ at: NOW, kind: 'removed' }],
  replaced: [{ at: NOW, kind: 'replaced' }],
  'put-back': [{ at: NOW, kind: 'put-back' }],
  'handed-out': [
    { at: NOW, kind: 'handed-out', to: 'curl', times: 3 },
    { at: NOW, kind: 'handed-out', to: null, times: 1 },
  ],
  'signed-out': [
    ...(['asked', 'revoked', 'no-answer'] as const).map((outcome) => ({ outcome })),
    { outcome: 'refused' as const, status: 400 },
    ...REVOCATION_OBSTACLES.map((reason) => ({ outcome: 'not-asked' as const, reason })),
  ].map((revocation) => ({ at: NOW, kind: 'signed-out', revocation })),
  'made-private': [{ at: NOW, kind: 'made-private', mode: '0644' }],
  notified: NOTIFICATION_TOPICS.map((about) => ({ at: NOW, kind: 'notified', about })),
};
const ALL: readonly HistoryEvent[] = Object.values(EVENTS).flat();

const onDisk = (history: readonly unknown[]) => JSON.parse(JSON.stringify(history)) as readonly unknown[];

test('every event, with every refusal, cause and topic, comes back from the file as it was', () => {
  assert.deepEqual(Object.keys(REFUSALS).toSorted(), REFUSAL_CODES.toSorted());
  assert.deepEqual(historyFromText(onDisk(historyToText(ALL, []))), ALL);
});

const at = new Date(NOW).toISOString();
const NEWER = [
  { kind: 'teleported', at, to: 'elsewhere' },
  { kind: 'notified', at, about: 'a-topic-of-tomorrow' },
  { kind: 'woke', at, by: 'a-cause-of-tomorrow' },
  'not even an object',
];

test('what another version wrote stays in the file, where it was, however the history goes on', () => {
  const [first, second, third] = [
    { kind: 'signed-in', at, added: 'by a newer version' },
    { at, kind: 'woke', by: 'resume' },
    { at, kind: 'refreshed' },
  ];
  const old = [NEWER[0], first, NEWER[1], second, NEWER[2], third, NEWER[3]];
  const history = historyFromText(old);
  assert.deepEqual(
    history.map(({ kind }) => kind),
    ['signed-in', 'woke', 'refreshed'],
  );
  assert.deepEqual(historyToText(history, old), old);
  const further: HistoryEvent = { at: NOW + 1, kind: 'removed' };
  const written = { ...further, at: new Date(NOW + 1).toISOString() };
  assert.deepEqual(historyToText([...history, further], old), [...old, written]);
  // One that had to make room.
  const shorter = history.filter(({ kind }) => kind !== 'woke');
  assert.deepEqual(
    historyToText([...shorter, further], old),
    [...old, written].filter((each) => each !== second),
  );
});

test('a refusal that only another version knows is one all the same, and stays as it was written', () => {
  const unknown = { kind: 'refused', at, failure: { code: 'moon-in-the-way', phase: 'full' } };
  const odd = { kind: 'refused', at, failure: null };
  const history = historyFromText([unknown, odd]);
  assert.deepEqual(history, [
    { at: NOW, kind: 'refused', failure: { code: 'internal', message: 'moon-in-the-way' } },
    { at: NOW, kind: 'refused', failure: { code: 'internal', message: 'unknown' } },
  ]);
  assert.deepEqual(historyToText(history, [unknown, odd]), [unknown, odd]);
});

test('a history that begins afresh takes nothing of the old one along but what it does not know', () => {
  const old = [{ kind: 'refreshed', at }, NEWER[0]];
  assert.deepEqual(historyToText([], old), [NEWER[0]]);
});
