import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLocal, parseRfc3339 } from '../../../src-main/vault/rfc3339.ts';

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

test('only RFC 3339 date-times are instants', () => {
  assert.equal(parseRfc3339('2025-11-18T09:30:00.5Z'), Date.UTC(2025, 10, 18, 9, 30, 0, 500));
  for (const text of [
    '',
    'soon',
    '2025-11-18',
    '2025-11-18 09:30:00Z',
    '2025-11-18T09:30:00',
    '2025-13-18T09:30:00Z',
  ]) {
    assert.equal(parseRfc3339(text), null, text);
  }
});
