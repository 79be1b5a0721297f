import type { CST, Pair } from 'yaml';

/**
 * Offset after the last character of a token's content: comments, spaces and line breaks that follow are not part of
 * it, the last line break of a block scalar neither.
 */
export function tokenEnd(token: CST.Token): number {
  if (token.type === 'block-map' || token.type === 'block-seq') {
    // The last item may be a mere comment. Each item is looked into once: they nest.
    return itemEnd(token.items.at(-1)) ?? itemEnd(token.items.at(-2)) ?? token.offset;
  }
  if (token.type === 'flow-collection') {
    const close = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    return close === undefined ? token.offset : close.offset + close.source.length;
  }
  if (token.type === 'block-scalar') {
    const source = token.props.map((prop) => ('source' in prop ? prop.source : '')).join('') + token.source;
    return token.offset + source.replace(/\r?\n$/, '').length;
  }
  return 'source' in token ? token.offset + token.source.length : token.offset;
}

/** Offset after the last character of an item of a collection; `null` where there is nothing but comments. */
export function itemEnd(item: CST.CollectionItem | undefined): number | null {
  if (item === undefined) return null;
  const { start, key, sep, value } = item;
  if (value !== undefined) return tokenEnd(value);
  const last = [...start, ...(key ? [key] : []), ...(sep ?? [])].findLast(isContent);
  return last === undefined ? null : tokenEnd(last);
}

/** Offset of the first character of an item (its dash, question mark, anchor, tag, key or value). */
export function itemStart({ start, key, value }: CST.CollectionItem): number | null {
  return [...start, key, value].find((token) => token && isContent(token))?.offset ?? null;
}

/** Whether a token says something: spaces, comments, line breaks and commas do not. */
function isContent({ type }: CST.Token): boolean {
  return type !== 'space' && type !== 'comment' && type !== 'newline' && type !== 'comma';
}

/** Offset after a pair's key, colon, anchor and tag. */
export function headEnd(pair: Pair): number {
  const { start = [], key = null, sep = [] } = pair.srcToken ?? {};
  return itemEnd({ start, key, sep }) ?? 0;
}
