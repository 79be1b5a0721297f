import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isLoopback } from '../../../src-main/domain/loopback.ts';
import { PROXY_USES, type ProxySetting } from '../../../src-main/domain/proxy.ts';
import { NO_PROXY_VARIABLES, PROXY_VARIABLES } from '../../../src-main/domain/way.ts';
import {
  asksSystem,
  routeTo,
  type ProxyVariables,
  type RouteFacts,
} from '../../../src-main/network/route.ts';

const API = new URL('https://api.example.com');
const SYSTEM: ProxySetting = { use: 'system', address: '' };
const facts = (changes: Partial<RouteFacts> = {}): RouteFacts => ({
  variables: {},
  setting: SYSTEM,
  system: null,
  ...changes,
});
/** The ways as they would be told. */
function told(url: URL, changes: Partial<RouteFacts>): readonly string[] {
  const route = routeTo(url, facts(changes));
  if (route.hops === null) return [`${route.flaw}, ${route.as}`];
  return route.hops.map(({ way }) => `${way.proxy ?? 'direct'}, ${way.as}`);
}
const word = (text: string) => ({ text, as: 'system' }) as const;
const both: ProxyVariables = { HTTPS_PROXY: 'a.test:1', ALL_PROXY: 'b.test:2', http_proxy: 'c.test:3' };

test('nothing names a proxy: directly', () => {
  assert.deepEqual(told(API, {}), ['direct, nothing']);
});

test('of the variables the one for the scheme counts, the lower case first, then the one for all', () => {
  assert.deepEqual(told(API, { variables: both }), ['a.test:1, HTTPS_PROXY']);
  assert.deepEqual(told(API, { variables: { ...both, https_proxy: 'd.test:4' } }), ['d.test:4, https_proxy']);
  assert.deepEqual(told(new URL('http://api.example.com'), { variables: both }), ['c.test:3, http_proxy']);
  assert.deepEqual(told(API, { variables: { HTTPS_PROXY: '', all_proxy: 'b.test:2' } }), [
    'b.test:2, all_proxy',
  ]);
  assert.deepEqual(told(API, { variables: { HTTP_PROXY: 'c.test:3' } }), ['direct, nothing']);
});

test('the more particular counts: none, NO_PROXY, this one, the variables, the system', () => {
  const system = word('PROXY s.test:9');
  const all = { variables: { ...both, NO_PROXY: 'example.com' }, system };
  const address = 'socks5://t.test:7';
  assert.deepEqual(told(API, { ...all, setting: { use: 'none', address } }), ['direct, setting']);
  assert.deepEqual(told(API, { ...all, setting: { use: 'this', address } }), ['direct, NO_PROXY']);
  const other = { variables: { ...both, NO_PROXY: 'other.test' }, system };
  assert.deepEqual(told(API, { ...other, setting: { use: 'this', address } }), ['t.test:7, setting']);
  assert.deepEqual(told(API, other), ['a.test:1, HTTPS_PROXY']);
  assert.deepEqual(told(API, { system }), ['s.test:9, system']);
});

test("the system's words are a PAC script's: in order, without kinds that are not spoken", () => {
  const ways = (text: string) => told(API, { system: word(text) });
  assert.deepEqual(ways('DIRECT'), ['direct, system']);
  assert.deepEqual(ways('PROXY a.test:8080; SOCKS5 b.test:1081;HTTPS c.test; DIRECT'), [
    'a.test:8080, system',
    'b.test:1081, system',
    'c.test:443, system',
    'direct, system',
  ]);
  assert.deepEqual(ways('SOCKS a.test:1080; proxy [fd00::1]:8080'), ['[fd00::1]:8080, system']);
  assert.deepEqual(ways('SOCKS a.test:1080'), ['unknown-kind, system']);
  const kinds = routeTo(API, facts({ system: word('HTTPS c.test:8443; SOCKS5 b.test:1') })).hops ?? [];
  assert.deepEqual(
    kinds.map(({ proxy }) => proxy?.kind),
    ['https', 'socks5'],
  );
});

test('what cannot be used is told as such, and not passed over', () => {
  assert.deepEqual(told(API, { variables: { HTTPS_PROXY: 'ftp://a.test' } }), ['unknown-kind, HTTPS_PROXY']);
  assert.deepEqual(told(API, { setting: { use: 'this', address: '' } }), ['not-an-address, setting']);
});

test('the system is asked only where its word can matter', () => {
  assert.ok(asksSystem(API, facts()));
  assert.ok(!asksSystem(API, facts({ variables: both })));
  assert.ok(!asksSystem(API, facts({ setting: { use: 'none', address: '' } })));
  assert.ok(!asksSystem(new URL('http://localhost:1'), facts()));
});

test('this machine itself is never behind a proxy, whatever is said', () => {
  const text = fc.oneof(fc.constant('http://p.test:1'), fc.constant('*'), fc.string());
  const variables = fc.record(
    Object.fromEntries([...PROXY_VARIABLES, ...NO_PROXY_VARIABLES].map((name) => [name, text])),
    { requiredKeys: [] },
  );
  const here = fc.constantFrom(
    'http://127.0.0.1:1',
    'https://localhost',
    'http://[::1]:8080',
    'https://127.9.9.9',
  );
  fc.assert(
    fc.property(
      variables,
      fc.constantFrom(...PROXY_USES),
      text,
      text,
      here,
      (set, use, address, pac, url) => {
        assert.ok(isLoopback(new URL(url)));
        const ways = told(new URL(url), { variables: set, setting: { use, address }, system: word(pac) });
        assert.deepEqual(ways, ['direct, loopback']);
      },
    ),
  );
});
