import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { FailureError } from '../../../src-main/domain/failure.ts';
import { TokenEndpoint } from '../../../src-main/oauth/token-endpoint.ts';
import { directNetwork } from '../../support/network/direct.ts';

const http = { network: directNetwork, userAgent: 'test', now: () => Date.now() };

/** What breaks off behind a refusal's head, or has one that Node does not read: no answer was lost, and two of them leave nobody uncertain. */
for (const [head, body, code] of [
  ['503 Service Unavailable\r\nContent-Length: 500', '<html>busy', 'service-down'],
  [
    '429 Too Many Requests\r\nRetry-After: 60\r\nTransfer-Encoding: chunked',
    '6\r\n<html>\r\n',
    'rate-limited',
  ],
  [
    '400 Bad Request\r\nContent-Length: 90',
    '{"error":"invalid_grant","error_description":"over"}',
    'grant-refused',
  ],
  ['400 Bad Request\r\nContent-Length: 90', '{"error":"invalid_grant"', 'answer-unexpected'],
  ['503 Service Unavailable\r\nX Filter Id: 7\r\nContent-Length: 5', 'busy!', 'service-down'],
  ['429 Too Many Requests\r\nContent-Length: 2\r\nContent-Length: 3', '{}', 'rate-limited'],
] as const)
  test(`a refusal that breaks off is told by its status: ${head.slice(0, 3)}, ${code}`, async (t) => {
    const server = createServer((socket) => {
      const end = () => socket.end(`HTTP/1.1 ${head}\r\n\r\n${body}`);
      socket.on('error', () => undefined).once('data', end);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    const endpoint = new TokenEndpoint([new URL(`http://127.0.0.1:${port}/`)], http);
    await assert.rejects(endpoint.refresh('a-token'), (error) => {
      assert.ok(error instanceof FailureError);
      assert.equal(error.code, code);
      return true;
    });
  });
