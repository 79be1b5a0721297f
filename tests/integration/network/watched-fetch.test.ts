import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import type { ReportError } from '../../../src-main/domain/log-line.ts';
import { directNetwork } from '../../support/network/direct.ts';
import { watchedFetch } from '../../../src-main/network/watched-fetch.ts';

test('a request that fails or is refused is noted with host, duration and status; one that was called off is not', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/hang') return;
    if (request.url === '/cut') request.socket.destroy();
    else response.writeHead(request.url === '/ok' ? 200 : 503).end('sk-ant-oat01-secret');
  });
  t.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const noted: (readonly unknown[])[] = [];
  const report: ReportError = (place, error, request) => {
    assert.ok((request?.milliseconds ?? -1) >= 0);
    noted.push([place, (error as Error).name, request?.host, request?.status]);
  };
  const ask = watchedFetch(directNetwork.fetch, report);

  assert.equal(await (await ask(new URL(`http://${host}/ok`))).text(), 'sk-ant-oat01-secret');
  assert.deepEqual(noted, []);
  assert.equal((await ask(new URL(`http://${host}/no?code=secret`))).status, 503);
  await assert.rejects(ask(new URL(`http://${host}/cut`)), FailureError);
  const called = new AbortController();
  const off = assert.rejects(ask(new URL(`http://${host}/hang`), { signal: called.signal }), {
    name: 'AbortError',
  });
  called.abort();
  await off;
  await assert.rejects(ask(new URL(`http://${host}/hang`), { signal: AbortSignal.timeout(20) }));
  assert.deepEqual(noted, [
    ['request', 'Refused', host, 503],
    ['request', 'FailureError', host, undefined],
    ['request', 'TimeoutError', host, undefined],
  ]);
  server.closeAllConnections();
});
