import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWithoutProxy } from '../../../src-main/network/no-proxy.ts';

/**
 * curl 7.88 gave the same, but for ports and brackets, which it knows not, a `*` among spaces, and the block of IPv6,
 * which its manual promises.
 */
const CASES: readonly (readonly [list: string, url: string, isWithout: boolean])[] = [
  ['*', 'https://api.example.com', true],
  [' * ', 'https://api.example.com', true],
  ['example.com', 'https://example.com', true],
  ['example.com', 'https://api.example.com', true],
  ['example.com', 'https://notexample.com', false],
  ['.example.com', 'https://api.example.com', true],
  ['.example.com', 'https://example.com', true],
  ['example.com.', 'https://api.example.com', true],
  ['example.com', 'https://api.example.com.', true],
  ['EXAMPLE.com', 'https://Api.Example.COM', true],
  ['api.example.com', 'https://example.com', false],
  ['other.test,example.com', 'https://example.com', true],
  ['other.test example.com', 'https://example.com', true],
  ['other.test , example.com', 'https://example.com', true],
  ['*.example.com', 'https://api.example.com', false],
  ['com', 'https://api.example.com', true],
  ['192.168.1.5', 'https://192.168.1.5', true],
  ['168.1.5', 'https://192.168.1.5', false],
  ['192.168.0.0/16', 'https://192.168.1.5', true],
  ['192.168.0.0/16', 'https://192.169.1.5', false],
  ['192.168.1.5/32', 'https://192.168.1.5', true],
  ['10.0.0.0/8 192.168.0.0/33', 'https://192.168.1.5', false],
  ['0.0.0.0/0', 'https://example.com', false],
  ['fd00::1', 'https://[fd00::1]', true],
  ['fd00::/8', 'https://[fd00:1::1]', true],
  ['fd00::/8', 'https://[fe00::1]', false],
  ['', 'https://example.com', false],
  [',, ,', 'https://example.com', false],
  ['.', 'https://example.com', false],
  ['example.com:443', 'https://example.com', true],
  ['example.com:8443', 'https://example.com', false],
  ['example.com:8443', 'https://api.example.com:8443', true],
  ['[fd00::1]', 'https://[fd00::1]', true],
  ['[fd00::1]:443', 'https://[fd00::1]', true],
  ['[fd00::1]:8443', 'https://[fd00::1]', false],
];

for (const [list, url, isWithout] of CASES) {
  test(`NO_PROXY="${list}" ${isWithout ? 'spares' : 'does not spare'} ${url}`, () => {
    assert.equal(isWithoutProxy(list, new URL(url)), isWithout);
  });
}

test('whatever stands in the list, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.string(), fc.webUrl(), (list, url) => {
      isWithoutProxy(list, new URL(url));
    }),
  );
});
