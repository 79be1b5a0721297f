import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { createBrotliCompress } from 'node:zlib';
import { unpacked } from '../../../src-main/network/content-coding.ts';

/** As whoever packs an answer while it comes. */
async function brotliInPieces(content: string): Promise<Buffer> {
  const packer = createBrotliCompress();
  const pieces = packer.toArray();
  packer.write(content);
  await new Promise<void>((resolve) => packer.flush(() => resolve()));
  packer.end();
  return Buffer.concat((await pieces) as Buffer[]);
}

test('an answer that is packed by Brotli is no page, however it begins', async () => {
  for (let length = 600; length < 1_300; length++) {
    const answer = JSON.stringify({ access_token: 'a', padding: 'x'.repeat(length) }).slice(-length);
    const packed = Readable.from([await brotliInPieces(answer)], { objectMode: false });
    const headers = { 'content-encoding': 'br' };
    assert.equal(await text(await unpacked(Object.assign(packed, { headers }))), answer);
  }
});
