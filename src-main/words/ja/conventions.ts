import type { Catalogue } from '../catalogue.ts';

export const conventions: Catalogue['conventions'] = {
  hour: '時間',
  minute: '分',
  dayAndTime: (day, time) => `${day} ${time}`,
  timeSpan: (from, till) => `${from}〜${till}`,
  daySpan: (from, till) => `${from} 〜 ${till}`,
  sentence: (text) => `${text}。`,
  inBrackets: (text, inside) => `${text}（${inside}）`,
  between: '',
  comma: '、',
  lessThan: (span) => `${span}未満`,
};
