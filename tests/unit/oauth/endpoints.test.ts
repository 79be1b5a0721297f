import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOKEN_HOSTS } from '../../../src-main/domain/settings.ts';
import {
  isSameService,
  manualRedirectUri,
  preferTokenHost,
  readEndpoints,
} from '../../../src-main/oauth/endpoints.ts';

const NOTHING_GIVEN = { authorizeUrl: undefined, tokenUrl: undefined, apiUrl: undefined };
const hosts = ({ tokenUrls }: ReturnType<typeof readEndpoints>) => tokenUrls.map(({ host }) => host);

test('the preferred token host is asked first, and the other one still after it', () => {
  const endpoints = readEndpoints(NOTHING_GIVEN);
  const [first, second] = TOKEN_HOSTS;
  assert.deepEqual(hosts(endpoints), [first, second]);
  assert.deepEqual(hosts(preferTokenHost(endpoints, first)), [first, second]);
  const preferred = preferTokenHost(endpoints, second);
  assert.deepEqual(hosts(preferred), [second, first]);
  assert.deepEqual({ ...preferred, tokenUrls: null }, { ...endpoints, tokenUrls: null });
  assert.deepEqual(hosts(endpoints), [first, second], 'what was given stays as it is');
});

test('each host that can be preferred is one of the defaults', () => {
  const endpoints = readEndpoints(NOTHING_GIVEN);
  for (const host of TOKEN_HOSTS) assert.equal(preferTokenHost(endpoints, host).tokenUrls[0]?.host, host);
});

test('a prescribed token endpoint is the only one, whatever is preferred', () => {
  const tokenUrl = 'http://127.0.0.1:9000/v1/oauth/token';
  const endpoints = readEndpoints({ ...NOTHING_GIVEN, tokenUrl });
  for (const host of TOKEN_HOSTS) {
    assert.deepEqual(
      preferTokenHost(endpoints, host).tokenUrls.map(({ href }) => href),
      [tokenUrl],
    );
  }
});

test('the page with the code is the service’s own, whichever of its hosts is asked first', () => {
  const page = 'https://platform.claude.com/oauth/code/callback';
  const endpoints = readEndpoints(NOTHING_GIVEN);
  for (const host of TOKEN_HOSTS) assert.equal(manualRedirectUri(preferTokenHost(endpoints, host)), page);
  const elsewhere = readEndpoints({ ...NOTHING_GIVEN, tokenUrl: 'http://127.0.0.1:9000/v1/oauth/token' });
  assert.equal(manualRedirectUri(elsewhere), 'http://127.0.0.1:9000/oauth/code/callback');
});

test('a default named by the environment comes first, and what is preferred changes nothing', () => {
  const [platform, console] = TOKEN_HOSTS;
  for (const [first, second] of [
    [platform, console],
    [console, platform],
  ] as const) {
    const endpoints = readEndpoints({ ...NOTHING_GIVEN, tokenUrl: `https://${first}/v1/oauth/token` });
    assert.deepEqual(hosts(endpoints), [first, second]);
    assert.deepEqual(hosts(preferTokenHost(endpoints, second)), [first, second]);
  }
});

test('a login is revoked at the server of its token endpoint, and of an unknown one at none', () => {
  const at = (tokenUrl: string | undefined) =>
    readEndpoints({ ...NOTHING_GIVEN, tokenUrl }).revocationUrl?.href;
  for (const host of [undefined, ...TOKEN_HOSTS]) {
    const tokenUrl = host === undefined ? undefined : `https://${host}/v1/oauth/token`;
    assert.equal(at(tokenUrl), 'https://platform.claude.com/v1/oauth/revoke');
  }
  assert.equal(at('http://127.0.0.1:9000/v1/oauth/token'), 'http://127.0.0.1:9000/v1/oauth/revoke');
  assert.equal(at('https://gateway.example/claude'), undefined);
});

test('the hosts of the service know the same logins, and no other host does', () => {
  assert.ok(isSameService('platform.claude.com', 'console.anthropic.com'));
  assert.ok(isSameService('127.0.0.1', '127.0.0.1'));
  assert.ok(!isSameService('platform.claude.com', '127.0.0.1'));
  assert.ok(!isSameService('127.0.0.2', '127.0.0.1'));
  assert.ok(!isSameService('platform.claude.com', 'platform.claude.com.example'));
});
