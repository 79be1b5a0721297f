import { isAlias, isCollection, isMap, visit } from 'yaml';
import type { CST, Node, Pair, YAMLMap } from 'yaml';
import type { ConfigShape, FailureError } from '../../domain/failure.ts';
import { addToFlow } from './entry-text.ts';
import { at, columnOf, lineBreakOf, lineEnd, lineStart, type TextEdit } from './text-edit.ts';
import { doubleQuoted, scalarTextIn } from './yaml-text.ts';
import { headEnd, itemEnd, itemStart, tokenEnd } from './yaml-tokens.ts';
import { isVacant, lookUp, ownPair, type YamlTree } from './yaml-tree.ts';

/** The deepest level of a path that the text has: its value, or a map that lacks the keys `missing`. */
export type Place =
  | { readonly kind: 'value'; readonly value: Node; readonly map: YAMLMap; readonly pair: Pair }
  | {
      readonly kind: 'map';
      readonly map: YAMLMap;
      /** The pair of the last key there is, if it has no value yet. */
      readonly pair: Pair | null;
      readonly missing: readonly string[];
    };

/** What is to stand at the end of a path, below the keys that lack. */
export interface Insertion {
  /** As lines of a block that begins at its own column 0. */
  readonly block: (keys: readonly string[]) => string[];
  readonly flow: (keys: readonly string[]) => string;
  /** Inside the brackets of a flow list; for a path whose end may be one. */
  readonly flowItems?: string;
}

/** How edits of a config file's text are worked out that change one thing, and nothing else. */
export class Splice {
  protected readonly text: string;
  protected readonly tree: YamlTree;
  protected readonly shape: (at: string, expected: ConfigShape) => FailureError;
  protected readonly step: number;
  readonly #aliased: ReadonlySet<string>;

  constructor(text: string, tree: YamlTree, shape: (at: string, expected: ConfigShape) => FailureError) {
    this.text = text;
    this.tree = tree;
    this.shape = shape;
    this.#aliased = new Set([...tree.targets.keys()].map(({ source }) => source));
    this.step = this.#indentationStep();
  }

  protected locate(root: YAMLMap, path: readonly string[]): Place {
    let map = root;
    this.refuseShared(root, 'the top level', 'shallow');
    for (const [depth, key] of path.entries()) {
      const name = path.slice(0, depth + 1).join('.');
      const missing = path.slice(depth + 1);
      const pair = ownPair(map, key);
      if (pair === undefined) {
        if (lookUp(this.tree, map, key) !== null) throw this.shape(name, 'not-shared');
        return { kind: 'map', map, pair: null, missing: path.slice(depth) };
      }
      const node = pair.value;
      this.refuseShared(node, name, 'shallow');
      if (isAlias(node)) throw this.shape(name, 'not-shared');
      if (isVacant(node)) return { kind: 'map', map, pair, missing };
      if (missing.length === 0) {
        return { kind: 'value', value: node as Node, map, pair };
      }
      if (!isMap(node)) throw this.shape(name, 'map');
      map = node;
    }
    throw new Error('unreachable: the last key answers');
  }

  /** A file without content: comments and document markers stay, our block follows them. */
  protected intoEmptyDocument(path: readonly string[], insertion: Insertion): TextEdit {
    const lines = insertion.block(path);
    const marker = /^---(?=\s|$)/m.exec(this.text);
    if (marker !== null) return this.addLines(marker.index, 0, 0, lines);
    const end = /^\.\.\.(?=\s|$)/m.exec(this.text)?.index ?? this.text.length;
    const eol = this.lineBreak();
    const text = lines.join(eol) + eol;
    return { ...at(end), text: lineStart(this.text, end) === end ? text : eol + text };
  }

  /** Gives a map a key that it lacks. */
  protected addToMap(map: YAMLMap, keys: readonly string[], insertion: Insertion): TextEdit {
    const [key = '', ...rest] = keys;
    const token = map.srcToken as CST.BlockMap | CST.FlowCollection;
    if (token.type === 'flow-collection') {
      return addToFlow(token, `"${key}": ${insertion.flow(rest)}`);
    }
    const column = this.column(token);
    return this.addLines(tokenEnd(token), column, column, insertion.block(keys));
  }

  /** Gives a key without a value its value. */
  protected fill(map: YAMLMap, pair: Pair, missing: readonly string[], insertion: Insertion): TextEdit[] {
    const token = map.srcToken as CST.BlockMap | CST.FlowCollection;
    const value = pair.srcToken?.value;
    if (value?.type === 'flow-collection' && this.text.slice(value.offset, tokenEnd(value)).includes('#')) {
      // No items, but a comment that has to stay.
      const [key, ...rest] = missing;
      const item = key === undefined ? (insertion.flowItems ?? '') : `"${key}": ${insertion.flow(rest)}`;
      return [addToFlow(value, item)];
    }
    if (token.type === 'flow-collection') return [this.replaceValue(pair, insertion.flow(missing))];
    const column = this.column(token) + this.step;
    const end = itemEnd(pair.srcToken) ?? 0;
    const edits = [this.addLines(end, column, column, insertion.block(missing))];
    if (value !== undefined) {
      const before = this.text.slice(0, value.offset).trimEnd().length;
      edits.unshift({
        start: Math.max(before, lineStart(this.text, value.offset)),
        end: tokenEnd(value),
        text: '',
      });
    }
    return edits;
  }

  /** Gives a key that has a value another one, in the quotes of the old one; comments beside it stay. */
  protected setText(map: YAMLMap, pair: Pair, name: string, text: string, write = scalarTextIn): TextEdit[] {
    if (isCollection(pair.value)) throw this.shape(name, 'text');
    const token = pair.srcToken?.value;
    if (map.flow) return [this.replaceValue(pair, doubleQuoted(text))];
    const old = token && 'source' in token ? token.source : '';
    if (token?.type !== 'block-scalar') return [this.replaceValue(pair, write(text, old))];
    // The header (`>-`) becomes the value, so that a comment beside it stays; the lines below it go.
    const header = token.props.find(({ type }) => type === 'block-scalar-header') as CST.SourceToken;
    const headerEnd = header.offset + header.source.length;
    return [
      { start: header.offset, end: headerEnd, text: write(text, '') },
      { start: lineEnd(this.text, headerEnd), end: tokenEnd(token), text: '' },
    ];
  }

  /** What `!!str` and its like say is as before; any other tag gives a value a meaning that a text of ours lacks. */
  protected refuseTagged(pair: Pair, name: string): void {
    const tags = pair.srcToken?.sep?.filter(({ type }) => type === 'tag') ?? [];
    if (tags.some(({ source }) => !['!!str', '!!seq', '!'].includes(source)))
      throw this.shape(name, 'untagged');
  }

  protected replaceValue(pair: Pair, text: string): TextEdit {
    const token = pair.srcToken?.value;
    if (token) return { start: token.offset, end: tokenEnd(token), text };
    const hasColon = pair.srcToken?.sep?.some(({ type }) => type === 'map-value-ind') ?? false;
    return { ...at(headEnd(pair)), text: hasColon ? ` ${text}` : `: ${text}` };
  }

  /**
   * Lines after the one that holds `offset`, and after the comments below it that are indented at least so far: they
   * speak of what stands above. A missing line break at the end of the file stays missing.
   */
  protected addLines(
    offset: number,
    commentColumn: number,
    column: number,
    lines: readonly string[],
  ): TextEdit {
    const comment = new RegExp(`\\r?\\n {${commentColumn},}#`, 'y');
    let end = lineEnd(this.text, offset);
    for (comment.lastIndex = end; comment.test(this.text); comment.lastIndex = end) {
      end = lineEnd(this.text, comment.lastIndex);
    }
    const eol = this.lineBreak();
    return { ...at(end), text: lines.map((line) => eol + ' '.repeat(column) + line).join('') };
  }

  /** Refuses to change what another place of the file shows as well. */
  protected refuseShared(node: unknown, name: string, extent: 'shallow' | 'deep' = 'deep'): void {
    if (node === null) return;
    visit(node as Node, {
      Node: (_key, { anchor }: { anchor?: string }) => {
        if (anchor !== undefined && this.#aliased.has(anchor)) throw this.shape(name, 'not-shared');
        return extent === 'shallow' ? visit.BREAK : undefined;
      },
    });
  }

  protected column(token: CST.BlockMap | CST.BlockSequence): number {
    const [first] = token.items;
    return columnOf(this.text, (first && itemStart(first)) ?? token.offset);
  }

  protected lineBreak(): string {
    return lineBreakOf(this.text);
  }

  /** The file's own indentation, by the first nested map; 2 where there is none. */
  #indentationStep(): number {
    const root = this.tree.root?.srcToken;
    if (root?.type !== 'block-map') return 2;
    const nested = root.items.map(({ value }) => value).find((value) => value?.type === 'block-map');
    return nested?.type === 'block-map' ? this.column(nested) - this.column(root) : 2;
  }
}
