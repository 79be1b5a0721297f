import { isAlias, isMap, isPair, isScalar, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { API_KEY } from './api-key.ts';
import { CREDENTIALS_PATH, OLDER_KEY } from './config-entry.ts';
import { isOurField } from './credential-fields.ts';
import { isVacant, ownPair, textOf, type YamlTree } from './yaml-tree.ts';

/** What an edit was meant to change; positions in the list as it was. */
export interface Touched {
  readonly set: ReadonlyMap<number, unknown>;
  readonly removed: ReadonlySet<number>;
  readonly added: number;
  readonly isOlderBlockDropped: boolean;
  readonly isKeySet: boolean;
}

/**
 * Whether a file says the same as before but for what was to be changed. Comments, spacing and quotes do not count; a
 * level of the path that has nothing in it counts as none. What is ours of an entry is for others to compare.
 */
export function isElseSame(before: YamlTree, after: YamlTree, touched: Touched): boolean {
  return isLevelSame(before.root, after.root, touched, CREDENTIALS_PATH);
}

function isLevelSame(
  before: YAMLMap | null,
  after: YAMLMap | null,
  touched: Touched,
  [key = '', ...rest]: readonly string[],
): boolean {
  const isAtEnd = rest.length === 0;
  const gone =
    before !== null && isAtEnd && touched.isOlderBlockDropped ? ownPair(before, OLDER_KEY) : undefined;
  const isKey = (pair: Pair) => isAtEnd && touched.isKeySet && textOf(pair.key) === API_KEY;
  const [pairBefore, pairAfter] = [before && ownPair(before, key), after && ownPair(after, key)];
  const areOthersSame = areAllSame(
    before?.items.filter((pair) => pair !== pairBefore && pair !== gone && !isKey(pair)) ?? [],
    after?.items.filter((pair) => pair !== pairAfter && !isKey(pair)) ?? [],
  );
  if (!areOthersSame || !isDressSame(before, after)) return false;
  if (pairBefore && !isSame(pairBefore.key, pairAfter?.key)) return false;
  const [within, withinAfter] = [contentOf(pairBefore), contentOf(pairAfter)];
  if (rest.length === 0) {
    if (!isListOrNone(within) || !isListOrNone(withinAfter)) return false;
    return isListSame(within, withinAfter, touched);
  }
  if (!isMapOrNone(within) || !isMapOrNone(withinAfter)) return false;
  return isLevelSame(within, withinAfter, touched, rest);
}

function contentOf(pair: Pair | null | undefined): unknown {
  return pair == null || isVacant(pair.value) ? null : pair.value;
}

function isMapOrNone(node: unknown): node is YAMLMap | null {
  return node === null || isMap(node);
}

function isListOrNone(node: unknown): node is YAMLSeq | null {
  return node === null || isSeq(node);
}

function isListSame(
  before: YAMLSeq | null,
  after: YAMLSeq | null,
  { set, removed, added }: Touched,
): boolean {
  const left = [...(before?.items ?? []).entries()].filter(([position]) => !removed.has(position));
  const items: readonly unknown[] = after?.items ?? [];
  if (items.length !== left.length + added || !isDressSame(before, after)) return false;
  return items.every((item, index) => {
    const [position, old] = left[index] ?? [];
    if (position === undefined) return isMap(item) && foreignPairs(item).length === 0;
    if (!set.has(position)) return isSame(old, item);
    return isMap(old) && isMap(item) && isDressSame(old, item) && areForeignSame(old, item);
  });
}

function areForeignSame(before: YAMLMap, after: YAMLMap): boolean {
  return areAllSame(foreignPairs(before), foreignPairs(after));
}

/** The pairs of an entry that its writer has put there for itself. */
function foreignPairs(entry: YAMLMap): readonly Pair[] {
  return entry.items.filter(({ key }) => !isOurField(textOf(key)));
}

function isSame(before: unknown, after: unknown): boolean {
  if (isPair(before)) {
    return isPair(after) && isSame(before.key, after.key) && isSame(before.value, after.value);
  }
  if (isAlias(before)) return isAlias(after) && before.source === after.source;
  if (isScalar(before)) {
    return (
      isScalar(after) &&
      before.source === after.source &&
      before.type === after.type &&
      isDressSame(before, after)
    );
  }
  if (isMap(before))
    return isMap(after) && isDressSame(before, after) && areAllSame(before.items, after.items);
  if (isSeq(before))
    return isSeq(after) && isDressSame(before, after) && areAllSame(before.items, after.items);
  return before == null && after == null;
}

function areAllSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((each, index) => isSame(each, after[index]));
}

interface Dressed {
  readonly tag?: string | undefined;
  readonly anchor?: string | undefined;
  readonly flow?: boolean | undefined;
}

/** Tag, anchor and style of two nodes; one that is not there has nothing to compare. */
function isDressSame(before: Dressed | null, after: Dressed | null): boolean {
  if (before === null || after === null) return true;
  return before.tag === after.tag && before.anchor === after.anchor && before.flow === after.flow;
}
