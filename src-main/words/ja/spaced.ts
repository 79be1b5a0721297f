const JAPANESE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/u;
const WESTERN = /[!-~\p{sc=Latin}]/u;

/**
 * A template whose values may be Japanese or not ("明日 09:15", "14:30"): puts the space that stands between Japanese
 * and Latin letters or digits where a value meets the text around it, and there only.
 */
export function spaced(texts: TemplateStringsArray, ...values: readonly string[]): string {
  return texts
    .slice(1)
    .reduce((text, next, index) => join(join(text, values[index] ?? ''), next), texts[0] ?? '');
}

function join(before: string, after: string): string {
  const [last = '', first = ''] = [Array.from(before).at(-1), Array.from(after)[0]];
  const meets = (JAPANESE.test(last) && WESTERN.test(first)) || (WESTERN.test(last) && JAPANESE.test(first));
  return meets ? `${before} ${after}` : before + after;
}
