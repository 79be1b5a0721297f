/** A stretch of a text: plain, a path, or what no line may break. */
export interface Part {
  readonly kind: 'plain' | 'path' | 'whole';
  /** The marks of the sentence that stay on its line, and the particle that follows it in Japanese. */
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** Of the sentence around it. */
const MARKS = '[.,:;)：、。）]*';
/** `keepWhole` has tied it to what it follows. */
const PARTICLE =
  '(?:[\u00A0\u2060]?(?:(?:から|まで|より|[にでとへ])(?:は|も|の)|から|まで|より|として|など|[がをにはでとのへもや]))?';
const PATH = `(?<open>[(（]?)(?<path>(?:~|\\p{L}:)?[/\\\\][^\\s：、。（）]*[^\\s.,:;)：、。（）])(?<end>${MARKS}${PARTICLE})`;
/** `mcp-code-api`, `libsecret-1-0`, and no part of an address or a longer word. */
const PACKAGE = '(?<![\\p{L}\\d.:@/-])[a-z]+(?:-[a-z\\d]+){2,}(?![\\p{L}\\d]|[.:@-][\\p{L}\\d])';
/**
 * A name in quotation marks, a command, an option, a shown key, a package: its spaces and hyphens are no places to break
 * it.
 */
const QUOTED = `[“„「][^“”„「」]{1,24}[”“」]|latchkey (?:token|exec|agent)|--[a-z][a-z-]*|sk-ant-\\S*|${PACKAGE}`;
const PARTS = new RegExp(`${PATH}|(?<whole>${QUOTED})(?<close>[.,:;：、。]*${PARTICLE})`, 'gu');

/** A text, by what its lines may break. */
export function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let told = 0;
  const plain = (till: number) => {
    if (till > told) parts.push({ kind: 'plain', before: '', text: text.slice(told, till), after: '' });
  };
  for (const match of text.matchAll(PARTS)) {
    const { open = '', path, end = '', whole = '', close = '' } = match.groups ?? {};
    plain(match.index);
    if (path === undefined) parts.push({ kind: 'whole', before: '', text: whole, after: close });
    else parts.push({ kind: 'path', before: open, text: path, after: end });
    told = match.index + match[0].length;
  }
  plain(text.length);
  return parts;
}
