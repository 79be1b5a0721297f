import type { CST } from 'yaml';
import { afterLineBreak, lineEnd, lineStart, type TextEdit } from './text-edit.ts';
import { itemEnd, itemStart, tokenEnd } from './yaml-tokens.ts';

/** Whole lines; `null` where one of them shares its line with something that stays. */
export function removeLines(text: string, items: readonly CST.CollectionItem[]): TextEdit[] | null {
  const edits: TextEdit[] = [];
  for (const item of items) {
    const first = itemStart(item) ?? 0;
    const start = lineStart(text, first);
    if (text.slice(start, first).trim() !== '') return null;
    const end = afterLineBreak(text, lineEnd(text, itemEnd(item) ?? first));
    const previous = edits.at(-1);
    if (previous?.end === start) edits[edits.length - 1] = { ...previous, end };
    else edits.push({ start, end, text: '' });
  }
  const last = edits.at(-1);
  // The text's last line may have no line break to go with it: the one before goes.
  if (last?.end === text.length && !text.endsWith('\n')) {
    edits[edits.length - 1] = { ...last, start: endOfLineBefore(text, last.start) };
  }
  return edits;
}

function endOfLineBefore(text: string, start: number): number {
  return start === 0 ? 0 : lineEnd(text, lineStart(text, start - 1));
}

/** With their commas. */
export function removeFromFlow(
  token: CST.FlowCollection,
  items: readonly CST.CollectionItem[],
  isGone: readonly boolean[],
): TextEdit[] {
  if (!isGone.includes(false)) return [{ start: token.offset + 1, end: tokenEnd(token) - 1, text: '' }];
  return items.flatMap((item, index) => {
    if (!isGone[index]) return [];
    const isLastOfAll = !isGone.includes(false, index);
    const [before, after] = [items[index - 1], items[index + 1]];
    const [start, end] = [itemStart(item) ?? 0, itemEnd(item) ?? 0];
    // With its comma: the one after it, or before it where nothing is left behind it.
    if (isLastOfAll) return [{ start: itemEnd(before) ?? start, end, text: '' }];
    return [{ start, end: (after && itemStart(after)) ?? end, text: '' }];
  });
}
