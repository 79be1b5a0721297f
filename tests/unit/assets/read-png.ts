import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import type { Picture } from '../../support/desktop/png.ts';

/** Decodes the kind of PNG our icons are: 8 bits a channel, RGBA, not interlaced (W3C PNG, sections 5, 9 and 11). */
export function readPng(file: Buffer): Picture {
  assert.equal(file.toString('latin1', 0, 8), '\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
    }
  }
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  assert.deepEqual([...file.subarray(24, 29)], [8, 6, 0, 0, 0]);
  return { width, height, rgba: unfilter(inflateSync(Buffer.concat(data)), width * 4, height) };
}

function unfilter(rows: Buffer, stride: number, height: number): Buffer {
  const rgba = Buffer.alloc(stride * height);
  const byte = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (rgba[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = rows[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const [left, up, upLeft] = [byte(x - 4, y), byte(x, y - 1), byte(x - 4, y - 1)];
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter] ?? 0;
      rgba[y * stride + x] = (rows[y * (stride + 1) + 1 + x] ?? 0) + predicted;
    }
  }
  return rgba;
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [byLeft, byUp, byUpLeft] = [left, up, upLeft].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ];
  if (byLeft <= byUp && byLeft <= byUpLeft) return left;
  return byUp <= byUpLeft ? up : upLeft;
}
