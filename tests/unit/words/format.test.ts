import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '../../../src-main/domain/instant.ts';
import { LANGUAGES } from '../../../src-main/domain/language.ts';
import { wordsFor } from '../../../src-main/words/words.ts';
import { NOW } from '../../support/snapshots.ts';

const { en, de, ja } = {
  en: wordsFor('en').format,
  de: wordsFor('de').format,
  ja: wordsFor('ja').format,
};
const at = (year: number, month: number, day: number) => new Date(year, month, day, 14, 30).getTime();

test('durations are told in the units that matter, and in no smaller one than minutes', () => {
  const told: readonly (readonly [milliseconds: number, en: string, de: string, ja: string])[] = [
    [-5, '< 1 min', '< 1 Min.', '1 分未満'],
    [59_999, '< 1 min', '< 1 Min.', '1 分未満'],
    [MINUTE, '1 min', '1 Min.', '1 分'],
    [HOUR - 1, '59 min', '59 Min.', '59 分'],
    [HOUR, '1 h', '1 Std.', '1 時間'],
    [3 * HOUR + 12 * MINUTE, '3 h 12 min', '3 Std. 12 Min.', '3 時間 12 分'],
    [2 * DAY - 1, '47 h 59 min', '47 Std. 59 Min.', '47 時間 59 分'],
    [24 * DAY + HOUR, '24 days', '24 Tage', '24 日'],
  ];
  for (const [milliseconds, ...words] of told) {
    assert.deepEqual(
      [en, de, ja].map((format) => format.duration(milliseconds)),
      words,
    );
  }
});

test('a unit written out is singular and plural as its language has it', () => {
  assert.deepEqual([en.lasting(1), en.lasting(60 * 30)], ['1 second', '30 minutes']);
  assert.deepEqual([de.lasting(60 * 60 * 2), de.lasting(1)], ['2 Stunden', '1 Sekunde']);
  assert.deepEqual([ja.lasting(45), ja.lasting(60 * 60 * 3)], ['45 秒', '3 時間']);
});

test('a countdown begins full and ends at zero', () => {
  assert.equal(en.countdown(5 * MINUTE), '5:00');
  assert.equal(en.countdown(5 * MINUTE - 1), '5:00');
  assert.equal(en.countdown(61_000), '1:01');
  assert.equal(en.countdown(0), '0:00');
  assert.equal(en.countdown(-1), '0:00');
});

test('an instant is told by time today, by its day nearby, by date later, by year in another one', () => {
  assert.equal(en.instant(at(2026, 10, 23), NOW), '14:30');
  assert.equal(en.instant(at(2026, 10, 24), NOW), 'tomorrow 14:30');
  assert.equal(en.instant(at(2026, 10, 22), NOW), 'yesterday 14:30');
  assert.equal(en.instant(at(2026, 11, 21), NOW), '21 December 14:30');
  assert.equal(en.instant(at(2027, 0, 2), NOW), '2 January 2027 14:30');
  assert.equal(de.instant(at(2026, 10, 24), NOW), 'morgen, 14:30');
  assert.equal(de.instant(at(2026, 11, 21), NOW), '21. Dezember, 14:30');
  assert.equal(ja.instant(at(2026, 10, 22), NOW), '昨日 14:30');
  assert.equal(ja.instant(at(2027, 0, 2), NOW), '2027年1月2日 14:30');
});

test('a stretch of time names its days once', () => {
  assert.equal(en.span(NOW - HOUR, NOW - HOUR, NOW), '08:00');
  assert.equal(en.span(NOW - 2 * HOUR, NOW - HOUR, NOW), '07:00–08:00');
  assert.equal(en.span(NOW - DAY, NOW - HOUR, NOW), 'yesterday 09:00 – today 08:00');
  assert.equal(de.span(NOW - 10 * DAY, NOW - 9 * DAY, NOW), '13. Nov., 09:00 – 14. Nov., 09:00');
});

test('what is left of a login is as many days as the calendar has until then, and hours at its end', () => {
  assert.equal(en.left(NOW + 28 * DAY, NOW), '28 days');
  assert.equal(en.left(NOW + 28 * DAY, NOW + HOUR), '28 days');
  assert.equal(en.left(NOW + 28 * DAY, NOW + 15 * HOUR), '27 days');
  assert.equal(de.left(NOW + 2 * DAY, NOW), '2 Tage');
  assert.equal(en.left(NOW + 2 * DAY, NOW + HOUR), '47 h');
  assert.equal(en.shortDay(NOW + 28 * DAY), '21 Dec');
});

test('the first sentence ends where a reader would end it', () => {
  const [first, second] = [
    'console.anthropic.com could not be reached (ENOTFOUND).',
    'Latchkey goes on by itself.',
  ];
  assert.equal(en.firstSentence(`${first} ${second}`), first);
  assert.equal(ja.firstSentence('応答がありません。自動的に再開します。'), '応答がありません。');
  assert.equal(de.firstSentence('ein Wort'), 'ein Wort');
});

test('a day has seven narrow letters in every language', () => {
  for (const language of LANGUAGES) {
    const { format } = wordsFor(language);
    const letters = Array.from({ length: 7 }, (_, day) => format.weekday(NOW + day * DAY, 'narrow'));
    for (const letter of letters) assert.equal(letter.length, 1, letter);
  }
});
