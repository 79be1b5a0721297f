import { NO_API_KEY, type ApiKey } from '../../src-main/domain/api-key.ts';
import type { Failure } from '../../src-main/domain/failure.ts';
import { DAY, HOUR, MINUTE, SECOND, type Instant } from '../../src-main/domain/instant.ts';

/** The states of an API key, at an instant. */
export function keysAt(now: Instant) {
  const own = { kind: 'key', start: 'sk-ant-api03-', end: 'wxyz' } as const;
  const tested = (failure: Failure | null, ago = HOUR): ApiKey => ({
    ...NO_API_KEY,
    own,
    since: now - 12 * DAY,
    test: { at: now - ago, failure },
  });
  const fine = tested(null);
  const placeholder: ApiKey = { ...NO_API_KEY, own: { kind: 'placeholder', text: '${ANTHROPIC_API_KEY}' } };
  const states: readonly (readonly [name: string, apiKey: ApiKey])[] = [
    ['fine', fine],
    ['untested', { ...NO_API_KEY, own }],
    ['testing', { ...fine, testing: true }],
    ['refused', tested({ code: 'key-refused' })],
    ['forbidden', tested({ code: 'key-forbidden', message: 'This key may not list models.' })],
    ['no-credit', tested({ code: 'key-no-credit' })],
    ['limited', tested({ code: 'rate-limited', retryAfterSeconds: 60 })],
    [
      'no-connection',
      tested({ code: 'network-down', host: 'api.anthropic.com', reason: 'ENOTFOUND' }, MINUTE),
    ],
    ['placeholder', placeholder],
    ['of-another-form', { ...NO_API_KEY, own: { kind: 'key', start: '', end: '' } }],
    ['listed', { ...NO_API_KEY, listed: [own, own] }],
    ['in-keychain', { ...fine, storage: 'keychain' }],
    ['in-both', { ...fine, beside: { shown: { ...own, end: '1234' }, isSame: false } }],
    ['in-both-same', { ...fine, beside: { shown: own, isSame: true } }],
    ['removed', { ...NO_API_KEY, undo: { until: now + 8 * SECOND, to: 'config-file' } }],
    ['removed-from-keychain', { ...NO_API_KEY, undo: { until: now + 8 * SECOND, to: 'keychain' } }],
  ];
  return { fine, placeholder, states };
}
