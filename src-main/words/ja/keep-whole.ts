const NO_BREAK_SPACE = '\u00A0';
const WORD_JOINER = '\u2060';

/** A Western word or number and the Japanese that follows it: a particle, a unit, the rest of a name ("API キー"). */
const AFTER_WESTERN = /(?<=[!-~…\p{sc=Latin}]) (?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/gu;
/** "約 4 週間", "全 12 件", "この API キー" */
const BEFORE_WESTERN = /(?<=[約全]) (?=\d)|(?<=この) (?=[A-Z]{2})/gu;

/** A name of two words, and the little that stands in brackets: there is a better place to break before it. */
const NAME = /Claude Code|Secret Service|（[!-~ \p{sc=Latin}]{1,30}）/gu;

/** What Chromium's model of Japanese phrases takes for two (`|`), or what reads as one with the word before it. */
const TORN = [
  'もう|一度',
  'もう|一つ',
  'もう|一方',
  '引き|続',
  '取り|除',
  '切り|替',
  'か|どうか',
  'うまく|いく',
  'その|後',
  'バージ|ョン',
  '方|法',
  '方|式',
  'と|して',
];
/**
 * A month and its day, from and to, a span and its waiting, a bracket and its particle, "this" and a short name, what
 * something becomes or is made, and nouns that only lean: "because", "when", "that which".
 */
const WITH_WHAT_FOLLOWS = [
  '(?<=\\d月)(?=\\d)',
  '(?<=\\d〜)(?=\\d)',
  '(?<=[秒分間])(?=待って)',
  '(?<=[）」])(?=\\p{sc=Hiragana})',
  '(?<=この)(?=\\p{sc=Han})',
  '(?<=[にく])(?=する|して|した|しま|なる|なり|なっ)',
  '(?<=\\p{sc=Hiragana})(?=ため|とき|こと|もの)',
];
const TORN_APART = new RegExp(
  [...TORN.map((word) => `(?<=${word.replace('|', ')(?=')})`), ...WITH_WHAT_FOLLOWS].join('|'),
  'gu',
);

/** A text for lines of some width: what belongs together stays on one of them. The letters are the same. */
export function keepWhole(text: string): string {
  return text
    .replace(AFTER_WESTERN, NO_BREAK_SPACE)
    .replace(NAME, (name) => name.replaceAll(' ', NO_BREAK_SPACE))
    .replace(BEFORE_WESTERN, NO_BREAK_SPACE)
    .replace(TORN_APART, WORD_JOINER);
}
