import {
  Composer,
  CST,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Parser,
  Scalar,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { FailureError, type ConfigShape } from '../domain/failure.ts';
import { positionOf } from './text-edit.ts';

const MAX_DEPTH = 100;

/** A parsed config file. `root` is `null` where the text has no content beyond comments and document markers. */
export interface YamlTree {
  readonly document: Document.Parsed | null;
  readonly root: YAMLMap | null;
}

/**
 * Parses a config file without interpreting any scalar: `id: 1` reads as the text "1", as it does in typed readers.
 *
 * @throws FailureError `config-not-yaml`, `config-shape`
 */
export function parseYamlTree(text: string, path: string): YamlTree {
  const notYaml = (offset: number) =>
    new FailureError({ code: 'config-not-yaml', path, ...positionOf(text, offset) });
  const shape = (at: string, expected: ConfigShape) =>
    new FailureError({ code: 'config-shape', path, at, expected });

  // YAML takes a lone CR for a line break, the parser does not: the two would see different documents.
  if (/\r(?!\n)/.test(text)) throw shape('', 'line-ends');
  const tokens = [...new Parser().parse(text)];
  if (tokens.some((token) => isDeeperThan(MAX_DEPTH, token))) {
    throw shape('', 'shallow');
  }
  const composer = new Composer({
    keepSourceTokens: true,
    schema: 'failsafe',
    merge: true,
    // The composer's own check takes quadratic time, `firstMistake` linear.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const documents = [...composer.compose(tokens, false, text.length)] as Document.Parsed[];
  const errors = documents.flatMap((each) => each.errors).map(({ pos }) => pos[0]);
  if (errors.length > 0) throw notYaml(Math.min(...errors));
  if (documents.length > 1) throw shape('', 'one-document');
  const [document] = documents;
  if (document === undefined) return { document: null, root: null };
  const mistake = firstMistake(document);
  if (mistake !== null) throw notYaml(mistake);
  const { contents } = document as { readonly contents: Node | null };
  // Only comments and markers: the parser makes up an empty scalar.
  if (isScalar(contents) && contents.srcToken === undefined) return { document, root: null };
  if (!isMap(contents)) throw shape('', 'top-level-map');
  return { document, root: contents };
}

/** Looks no deeper than it has to: composing such a tree takes the parser minutes, walking one exhausts the stack. */
function isDeeperThan(levels: number, token: CST.Token | null | undefined): boolean {
  if (token?.type === 'document') return isDeeperThan(levels, token.value);
  if (!CST.isCollection(token)) return false;
  if (levels === 0) return true;
  return token.items.some(
    ({ key, value }) => isDeeperThan(levels - 1, key) || isDeeperThan(levels - 1, value),
  );
}

/** Offset of the first thing that parses but means nothing: a key given twice, an alias without its anchor. */
function firstMistake(document: Document): number | null {
  let mistake: number | null = null;
  const anchors = new Set<string>();
  const found = (node: Node): symbol => {
    mistake = node.range?.[0] ?? 0;
    return visit.BREAK;
  };
  const note = (_key: unknown, { anchor }: Scalar | YAMLSeq) => {
    if (anchor !== undefined) anchors.add(anchor);
  };
  visit(document, {
    Scalar: note,
    Seq: note,
    Alias: (_key, alias) => (anchors.has(alias.source) ? undefined : found(alias)),
    Map: (_key, map) => {
      if (map.anchor !== undefined) anchors.add(map.anchor);
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key) || isMergeKey(key)) continue;
        // `1` and `"1"` are two keys: a number and a text.
        const isTyped =
          key.type === Scalar.PLAIN && /^([-+.\d].*|~|null|true|false|)$/i.test(key.source ?? '');
        const identity = `${isTyped ? 'typed' : 'text'} ${key.source ?? ''}`;
        if (seen.has(identity)) return found(key);
        seen.add(identity);
      }
      return undefined;
    },
  });
  return mistake;
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<';
}

/** A scalar's text; empty for YAML's ways to write nothing, and for what is no scalar. */
export function textOf(scalar: unknown): string {
  if (!isScalar(scalar)) return '';
  const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
  return scalar.type === Scalar.PLAIN && /^(~|null|Null|NULL)$/.test(text) ? '' : text;
}

/** Nothing is written there: no value, `~`, `null`, or a collection without items. */
export function isVacant(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  if (isCollection(node)) return node.items.length === 0;
  return isScalar(node) && node.type === Scalar.PLAIN && textOf(node) === '';
}

/** The pair a map itself has under a key, merged ones left out. */
export function ownPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && !isMergeKey(pair.key) && textOf(pair.key) === key);
}

/** The value under a key as readers see it: aliases followed, merge keys (`<<`) taken into account. */
export function lookUp(document: Document, map: YAMLMap, key: string): Node | null {
  const visited = new Set<YAMLMap>();
  const find = (node: unknown): Node | null => {
    const target = follow(document, node);
    if (isSeq(target)) return target.items.map(find).find((found) => found !== null) ?? null;
    if (!isMap(target) || visited.has(target)) return null;
    visited.add(target);
    const pair = ownPair(target, key);
    if (pair !== undefined) return follow(document, pair.value);
    return (
      target.items
        .filter((each) => isMergeKey(each.key))
        .map(({ value }) => find(value))
        .find((found) => found !== null) ?? null
    );
  };
  return find(map);
}

/** The node itself, or the one its alias stands for. */
export function follow(document: Document, node: unknown): Node | null {
  if (isAlias(node)) return node.resolve(document) ?? null;
  return (node as Node | undefined) ?? null;
}

/** The names of all anchors that an alias uses. */
export function aliasedAnchors(document: Document): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { Alias: (_key, alias) => void names.add(alias.source) });
  return names;
}

/** Everything about a node but its comments, spacing and quoting style, for comparing. */
export function outline(node: unknown): unknown {
  if (isPair(node)) return [outline(node.key), outline(node.value)];
  if (isAlias(node)) return { alias: node.source };
  if (isScalar(node)) return { text: node.source, type: node.type, tag: node.tag, anchor: node.anchor };
  if (isMap(node) || isSeq(node)) {
    return {
      kind: isMap(node),
      items: node.items.map(outline),
      flow: node.flow,
      tag: node.tag,
      anchor: node.anchor,
    };
  }
  return null;
}
