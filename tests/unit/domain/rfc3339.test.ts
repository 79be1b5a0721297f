import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLocal, isReadableByGo, parseExpiry, parseRfc3339 } from '../../../src-main/domain/rfc3339.ts';

test('an instant is written in whole seconds with the local offset', (t) => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const instant = Date.UTC(2025, 10, 18, 16, 30, 0, 999);
  const expected: Record<string, string> = {
    'America/Denver': '2025-11-18T09:30:00-07:00',
    'Asia/Kolkata': '2025-11-18T22:00:00+05:30',
    'America/St_Johns': '2025-11-18T13:00:00-03:30',
    UTC: '2025-11-18T16:30:00+00:00',
  };
  for (const [name, text] of Object.entries(expected)) {
    process.env['TZ'] = name;
    assert.equal(formatLocal(instant), text);
    assert.equal(parseRfc3339(text), instant - 999);
  }
});

test('what Go reads is an instant, and nothing else', () => {
  const readable: readonly [text: string, instant: number][] = [
    ['2025-11-18T09:30:00Z', Date.UTC(2025, 10, 18, 9, 30)],
    ['2025-11-18T09:30:00.5Z', Date.UTC(2025, 10, 18, 9, 30, 0, 500)],
    ['2025-11-18T09:30:00.123456789-07:00', Date.UTC(2025, 10, 18, 16, 30, 0, 123)],
    ['2024-02-29T23:59:59+05:30', Date.UTC(2024, 1, 29, 18, 29, 59)],
    // Beyond the RFC, but Go does take these (golang/go issue 54580).
    ['2025-11-18T9:30:00Z', Date.UTC(2025, 10, 18, 9, 30)],
    ['2025-11-18T09:30:00,5Z', Date.UTC(2025, 10, 18, 9, 30, 0, 500)],
    ['2025-11-18T09:30:00+24:00', Date.UTC(2025, 10, 17, 9, 30)],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ];
  for (const [text, instant] of readable) {
    assert.equal(parseRfc3339(text), instant, text);
    assert.ok(isReadableByGo(text), text);
  }
  for (const text of [
    '',
    'soon',
    '2025-11-18',
    '2025-11-18 09:30:00Z',
    '2025-11-18t09:30:00Z',
    '2025-11-18T09:30:00z',
    '2025-11-18T09:30:00',
    '2025-11-18T09:30Z',
    '2025-11-18T09:30:00+0700',
    '2025-11-18T09:30:00 +07:00',
    '2025-11-18T09:30:00.Z',
    '2025-13-18T09:30:00Z',
    '2025-02-29T09:30:00Z',
    '2025-11-31T09:30:00Z',
    '2025-00-18T09:30:00Z',
    '2025-11-00T09:30:00Z',
    '2025-11-18T24:00:00Z',
    '2025-11-18T09:60:00Z',
    '2025-11-18T09:30:60Z',
    '2025-11-18T09:30:00+25:00',
    '2025-11-18T09:30:00+07:61',
    ' 2025-11-18T09:30:00Z',
    '12025-11-18T09:30:00Z',
    '1763458200',
  ]) {
    assert.equal(parseRfc3339(text), null, text);
    assert.ok(!isReadableByGo(text), text);
  }
});

test('an expiry is understood where it can mean one instant only', () => {
  const instant = Date.UTC(2025, 10, 18, 9, 30);
  for (const text of [
    '2025-11-18T09:30:00Z',
    '2025-11-18T09:30:00+00:00',
    '2025-11-18 09:30:00Z',
    '2025-11-18t09:30:00z',
    '2025-11-18T09:30:00+0000',
    '2025-11-18 10:30:00.000 +0100',
    ' 2025-11-18T02:30:00-07:00\n',
    '1763458200',
    '1763458200.0',
    '1763458200000',
  ]) {
    assert.equal(parseExpiry(text), instant, text);
  }
  for (const text of [
    '',
    'soon',
    '0',
    '17634582',
    '2025-11-18',
    '2025-11-18T09:30:00',
    '2025-02-30T09:30:00Z',
    '2025-11-18T24:00:00Z',
    '11/18/2025',
  ]) {
    assert.equal(parseExpiry(text), null, text);
  }
});

test('Go’s zero time is no instant, in whatever offset it is written', () => {
  for (const text of [
    '0001-01-01T00:00:00Z',
    '0001-01-01T00:00:00.000Z',
    '0001-01-01T00:00:00-07:00',
    '0001-01-01T05:30:00+05:30',
    '0000-12-31T16:07:02-07:52',
  ]) {
    assert.equal(parseExpiry(text), null, text);
    assert.ok(isReadableByGo(text), text);
  }
});
