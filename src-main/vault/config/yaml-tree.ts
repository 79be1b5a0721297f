import {
  Composer,
  CST,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Parser,
  Scalar,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { FailureError, type ConfigShape } from '../../domain/failure.ts';
import { positionOf } from './text-edit.ts';

const MAX_DEPTH = 100;

/** A parsed config file. */
export interface YamlTree {
  /** `null` where the text has no content beyond comments and document markers. */
  readonly root: YAMLMap | null;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
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
    // The composer's own check takes quadratic time, `resolve` linear.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const documents = [...composer.compose(tokens, false, text.length)] as Document.Parsed[];
  const errors = documents.flatMap((each) => each.errors).map(({ pos }) => pos[0]);
  if (errors.length > 0) throw notYaml(Math.min(...errors));
  if (documents.length > 1) throw shape('', 'one-document');
  const [document] = documents;
  if (document === undefined) return { root: null, targets: new Map() };
  const { mistake, targets } = resolve(document);
  if (mistake !== null) throw notYaml(mistake);
  const { contents } = document as { readonly contents: Node | null };
  // Only comments and markers: the parser makes up an empty scalar.
  if (isScalar(contents) && contents.srcToken === undefined) return { root: null, targets };
  if (!isMap(contents)) throw shape('', 'top-level-map');
  return { root: contents, targets };
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

/**
 * What the aliases stand for, all in one walk: the parser's own answer walks the document for each. `mistake` is the
 * offset of the first thing that parses but means nothing: a key given twice, an alias without its anchor.
 */
function resolve(document: Document): {
  readonly mistake: number | null;
  readonly targets: ReadonlyMap<Alias, Node>;
} {
  let mistake: number | null = null;
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const found = (node: Node): symbol => {
    mistake = node.range?.[0] ?? 0;
    return visit.BREAK;
  };
  const note = (_key: unknown, node: Scalar | YAMLSeq | YAMLMap) => {
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
  };
  visit(document, {
    Scalar: note,
    Seq: note,
    Alias: (_key, alias) => {
      const target = anchors.get(alias.source);
      if (target === undefined) return found(alias);
      targets.set(alias, target);
      return undefined;
    },
    Map: (_key, map) => {
      note(_key, map);
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
  return { mistake, targets };
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
export function lookUp(tree: YamlTree, map: YAMLMap, key: string): Node | null {
  const visited = new Set<YAMLMap>();
  const find = (node: unknown): Node | null => {
    const target = follow(tree, node);
    if (isSeq(target)) return target.items.map(find).find((found) => found !== null) ?? null;
    if (!isMap(target) || visited.has(target)) return null;
    visited.add(target);
    const pair = ownPair(target, key);
    if (pair !== undefined) return follow(tree, pair.value);
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
export function follow({ targets }: YamlTree, node: unknown): Node | null {
  if (isAlias(node)) return targets.get(node) ?? null;
  return (node as Node | undefined) ?? null;
}
