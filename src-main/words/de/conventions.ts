import type { Catalogue } from '../catalogue.ts';

export const conventions: Catalogue['conventions'] = {
  hour: 'Std.',
  minute: 'Min.',
  dayAndTime: (day, time) => `${day}, ${time}`,
  timeSpan: (from, till) => `${from}–${till}`,
  daySpan: (from, till) => `${from} – ${till}`,
  sentence: (text) => `${text}.`,
  inBrackets: (text, inside) => `${text} (${inside})`,
  between: ' ',
  comma: ', ',
  lessThan: (span) => `< ${span}`,
};
