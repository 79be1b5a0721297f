/** Replaces `text.slice(start, end)`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with every edit made and each other byte as it was. Edits at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let cursor = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(cursor, Math.max(cursor, edit.start)) + edit.text;
    cursor = Math.max(cursor, edit.end);
  }
  return result + text.slice(cursor);
}

/** Offset of the first character of the line that holds `offset`; a byte order mark is no part of a line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Offset of the line break (or the end of the text) that ends the line of `offset`. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset after the line break that stands at `offset`. */
export function afterLineBreak(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return text[offset] === '\n' ? offset + 1 : offset;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The text's own line break: its first one, `\n` where it has none. */
export function lineBreakOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}

/** Line and column of an offset as an editor counts them, from 1. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  return { line: text.slice(0, offset).split('\n').length, column: columnOf(text, offset) + 1 };
}

/** Where nothing is replaced. */
export function at(offset: number): { readonly start: number; readonly end: number } {
  return { start: offset, end: offset };
}
