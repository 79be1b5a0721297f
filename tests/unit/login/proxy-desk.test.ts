import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProxyDesk } from '../../../src-main/login/proxy-desk.ts';

const URL_OF_SERVICE = new URL('https://service.test/v1/oauth/token');
const noPasswords = {
  read: () => Promise.resolve(null),
  keep: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

test('a system that never says which proxy to take is not waited for: what was learnt last counts', async () => {
  const desk = new ProxyDesk(noPasswords, () => new Promise(() => undefined), 20);
  assert.equal(await desk.system(URL_OF_SERVICE), null);
  desk.begin({ [URL_OF_SERVICE.origin]: 'PROXY proxy.test:3128' }, () => undefined);
  assert.deepEqual(await desk.system(URL_OF_SERVICE), { text: 'PROXY proxy.test:3128; DIRECT', as: 'app' });
});
