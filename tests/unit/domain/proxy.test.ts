import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressWithoutPassword, isKeepable, nameOf, readProxy } from '../../../src-main/domain/proxy.ts';

const NOBODY = { user: null, password: null };

test('an address is a host and a port, with a scheme or without, as people write it', () => {
  const http = { kind: 'http', host: 'proxy.example', port: 3128, ...NOBODY };
  for (const text of ['proxy.example:3128', 'http://proxy.example:3128', ' HTTP://Proxy.Example:3128/ ']) {
    assert.deepEqual(readProxy(text), http);
  }
  assert.deepEqual(readProxy('http://proxy.example'), { ...http, port: 80 });
  assert.deepEqual(readProxy('http://proxy.example:80'), { ...http, port: 80 });
  assert.deepEqual(readProxy('https://proxy.example'), { ...http, kind: 'https', port: 443 });
  for (const scheme of ['socks', 'socks5', 'socks5h']) {
    assert.deepEqual(readProxy(`${scheme}://proxy.example`), { ...http, kind: 'socks5', port: 1080 });
  }
  assert.deepEqual(readProxy('socks5://proxy.example:80'), { ...http, kind: 'socks5', port: 80 });
  assert.deepEqual(readProxy('[fd00::1]:8080'), { ...http, host: 'fd00::1', port: 8080 });
});

test('user and password are what was meant, whatever characters they have', () => {
  assert.partialDeepStrictEqual(readProxy('http://ada:p%40ss%3A%20word@proxy.example:1'), {
    user: 'ada',
    password: 'p@ss: word',
  });
  assert.partialDeepStrictEqual(readProxy('ada@proxy.example:1'), { user: 'ada', password: null });
  assert.partialDeepStrictEqual(readProxy('http://ada:100%@proxy.example:1'), { password: '100%' });
});

test('what is no address of a proxy we speak to is told apart', () => {
  for (const text of ['', '  ', 'http://', 'proxy.example:port', 'proxy.example:0', 'two words:1', ':3128']) {
    assert.equal(readProxy(text), 'not-an-address', text);
  }
  for (const text of ['ftp://proxy.example', 'socks4://proxy.example', 'file:///etc']) {
    assert.equal(readProxy(text), 'unknown-kind', text);
  }
  assert.equal(readProxy('http://proxy.example/proxy.pac'), 'has-path');
});

test('what may be kept in a file has no password, and reads as the same proxy', () => {
  fc.assert(
    fc.property(
      fc.webUrl(),
      fc.string({ minLength: 1 }),
      fc.string({ minLength: 1 }),
      (url, user, password) => {
        const { host } = new URL(url);
        const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        const proxy = readProxy(`http://${login}@${host}`);
        assert.ok(typeof proxy !== 'string');
        const address = addressWithoutPassword(proxy);
        assert.ok(isKeepable(address) && !isKeepable(`http://${login}@${host}`));
        assert.deepEqual(readProxy(address), { ...proxy, password: null });
        assert.ok(!nameOf(proxy).includes('@'));
      },
    ),
  );
});
