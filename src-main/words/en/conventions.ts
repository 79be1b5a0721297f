/** How numbers, times and sentences are put together. */
export const conventions = {
  /** After a number, with a space between. */
  hour: 'h',
  minute: 'min',
  /** "tomorrow 09:15" */
  dayAndTime: (day: string, time: string) => `${day} ${time}`,
  /** From when till when: on one day, on several. */
  timeSpan: (from: string, till: string) => `${from}–${till}`,
  daySpan: (from: string, till: string) => `${from} – ${till}`,
  sentence: (text: string) => `${text}.`,
  inBrackets: (text: string, inside: string) => `${text} (${inside})`,
  /** Between two sentences, and between a label and what it names. */
  between: ' ',
  /** Between two of a kind. */
  comma: ', ',
  /** Of a span of time. */
  lessThan: (span: string) => `< ${span}`,
};
