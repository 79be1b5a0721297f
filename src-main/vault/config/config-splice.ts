import { isAlias, isCollection, isMap, isSeq, visit } from 'yaml';
import type { CST, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Credential } from '../../domain/credential.ts';
import type { ConfigShape, FailureError } from '../../domain/failure.ts';
import { CREDENTIALS_PATH, OLDER_KEY } from './config-entry.ts';
import { fieldsOf, type Field } from './credential-fields.ts';
import { addToFlow, blockChain, blockEntry, flowChain, flowEntries, type Entries } from './entry-text.ts';
import { removeFromFlow, removeLines } from './removed-items.ts';
import { at, columnOf, lineBreakOf, lineEnd, lineStart, type TextEdit } from './text-edit.ts';
import { isUpToDate } from './up-to-date.ts';
import { blockFields, doubleQuoted, flowFields, fieldText, flowList, scalarText } from './yaml-text.ts';
import { headEnd, itemEnd, itemStart, tokenEnd } from './yaml-tokens.ts';
import { isVacant, lookUp, ownPair, type YamlTree } from './yaml-tree.ts';

/** The deepest level of the path that the text has: the list, or a map that lacks the keys `missing`. */
type Place =
  | { readonly kind: 'list'; readonly list: YAMLSeq; readonly map: YAMLMap; readonly pair: Pair }
  | {
      readonly kind: 'map';
      readonly map: YAMLMap;
      /** The pair of the last key there is, if it has no value yet. */
      readonly pair: Pair | null;
      readonly missing: readonly string[];
    };

/**
 * Works out the edits that change credentials in the text of a config file, and nothing else. Each method's edits are
 * for the text as it is: they fit each other, but not those of another method.
 */
export class ConfigSplice {
  readonly #text: string;
  readonly #tree: YamlTree;
  readonly #shape: (at: string, expected: ConfigShape) => FailureError;
  readonly #aliased: ReadonlySet<string>;
  readonly #step: number;

  constructor(text: string, tree: YamlTree, shape: (at: string, expected: ConfigShape) => FailureError) {
    this.#text = text;
    this.#tree = tree;
    this.#shape = shape;
    this.#aliased = new Set([...tree.targets.keys()].map(({ source }) => source));
    this.#step = this.#indentationStep();
  }

  /**
   * Sets entries of the list, and removes others.
   *
   * @param set by position
   * @throws RangeError where the list has no such position
   */
  change(set: ReadonlyMap<number, Credential>, removed: ReadonlySet<number>): TextEdit[] {
    const place = this.#tree.root === null ? null : this.#locate(this.#tree.root);
    const items: readonly unknown[] = place?.kind === 'list' ? place.list.items : [];
    for (const position of [...set.keys(), ...removed]) {
      if (!(position in items)) throw new RangeError(`the list has no position ${position}`);
    }
    if (place?.kind !== 'list') return [];
    const edits = [...set].flatMap(([position, credential]) =>
      this.#update(items[position], entryName(position), fieldsOf(credential)),
    );
    if (removed.size === 0) return edits;
    for (const position of removed) this.#refuseShared(items[position], entryName(position));
    const isGone = items.map((_item, position) => removed.has(position));
    return [...edits, ...this.#removeItems(place.list, place.pair, isGone)];
  }

  /** Adds entries at the end of the list. */
  add(credentials: readonly Credential[]): TextEdit[] {
    const entries = credentials.map(fieldsOf);
    const { root } = this.#tree;
    if (root === null) return [this.#intoEmptyDocument(entries)];
    const place = this.#locate(root);
    if (place.kind === 'list') return [this.#addToList(place.list, place.map, entries)];
    return place.pair === null
      ? [this.#addToMap(place.map, place.missing, entries)]
      : this.#fill(place.map, place.pair, place.missing, entries);
  }

  /** Takes the older program's block away; nothing where there is none. */
  dropOlderBlock(): TextEdit[] {
    const [providers, anthropic] = CREDENTIALS_PATH;
    const { root } = this.#tree;
    const outer = root === null ? null : lookUp(this.#tree, root, providers);
    const owner = isMap(outer) ? ownPair(outer, anthropic) : undefined;
    const map = isMap(outer) ? lookUp(this.#tree, outer, anthropic) : null;
    if (root === null || !isMap(map) || lookUp(this.#tree, map, OLDER_KEY) === null) return [];
    const name = `${providers}.${anthropic}.${OLDER_KEY}`;
    // Nothing on the way is shared with another place of the file, either.
    this.#locate(root);
    const pair = ownPair(map, OLDER_KEY);
    if (owner === undefined || pair === undefined) throw this.#shape(name, 'not-shared');
    this.#refuseShared(pair.key, name);
    this.#refuseShared(pair.value, name);
    const isGone = map.items.map((each) => each === pair);
    return this.#removeItems(map, owner, isGone);
  }

  #locate(root: YAMLMap): Place {
    let map = root;
    this.#refuseShared(root, 'the top level', 'shallow');
    for (const [depth, key] of CREDENTIALS_PATH.entries()) {
      const name = CREDENTIALS_PATH.slice(0, depth + 1).join('.');
      const missing = CREDENTIALS_PATH.slice(depth + 1);
      const pair = ownPair(map, key);
      if (pair === undefined) {
        if (lookUp(this.#tree, map, key) !== null) throw this.#shape(name, 'not-shared');
        return { kind: 'map', map, pair: null, missing: CREDENTIALS_PATH.slice(depth) };
      }
      const node = pair.value;
      this.#refuseShared(node, name, 'shallow');
      if (isAlias(node)) throw this.#shape(name, 'not-shared');
      if (isVacant(node)) return { kind: 'map', map, pair, missing };
      if (missing.length === 0) {
        if (!isSeq(node)) throw this.#shape(name, 'list');
        return { kind: 'list', list: node, map, pair };
      }
      if (!isMap(node)) throw this.#shape(name, 'map');
      map = node;
    }
    throw new Error('unreachable: the last key answers');
  }

  /** A file without content: comments and document markers stay, our block follows them. */
  #intoEmptyDocument(entries: Entries): TextEdit {
    const lines = blockChain(CREDENTIALS_PATH, entries, this.#step);
    const marker = /^---(?=\s|$)/m.exec(this.#text);
    if (marker !== null) return this.#addLines(marker.index, 0, 0, lines);
    const end = /^\.\.\.(?=\s|$)/m.exec(this.#text)?.index ?? this.#text.length;
    const eol = this.#lineBreak();
    const text = lines.join(eol) + eol;
    return { ...at(end), text: lineStart(this.#text, end) === end ? text : eol + text };
  }

  #addToMap(map: YAMLMap, [key = '', ...rest]: readonly string[], entries: Entries): TextEdit {
    const token = map.srcToken as CST.BlockMap | CST.FlowCollection;
    if (token.type === 'flow-collection') {
      return addToFlow(token, `"${key}": ${flowChain(rest, entries)}`);
    }
    const column = this.#column(token);
    return this.#addLines(tokenEnd(token), column, column, blockChain([key, ...rest], entries, this.#step));
  }

  /** Gives a key without a value its value. */
  #fill(map: YAMLMap, pair: Pair, missing: readonly string[], entries: Entries): TextEdit[] {
    const token = map.srcToken as CST.BlockMap | CST.FlowCollection;
    const value = pair.srcToken?.value;
    if (value?.type === 'flow-collection' && this.#text.slice(value.offset, tokenEnd(value)).includes('#')) {
      // No items, but a comment that has to stay.
      const [key, ...rest] = missing;
      const item = key === undefined ? flowEntries(entries) : `"${key}": ${flowChain(rest, entries)}`;
      return [addToFlow(value, item)];
    }
    if (token.type === 'flow-collection') return [this.#replaceValue(pair, flowChain(missing, entries))];
    const column = this.#column(token) + this.#step;
    const end = itemEnd(pair.srcToken) ?? 0;
    const edits = [this.#addLines(end, column, column, blockChain(missing, entries, this.#step))];
    if (value !== undefined) {
      const before = this.#text.slice(0, value.offset).trimEnd().length;
      edits.unshift({
        start: Math.max(before, lineStart(this.#text, value.offset)),
        end: tokenEnd(value),
        text: '',
      });
    }
    return edits;
  }

  #addToList(list: YAMLSeq, map: YAMLMap, entries: Entries): TextEdit {
    const token = list.srcToken as CST.BlockSequence | CST.FlowCollection;
    if (token.type === 'flow-collection') return addToFlow(token, flowEntries(entries));
    const column = this.#column(token);
    const parentColumn = this.#column(map.srcToken as CST.BlockMap);
    const last = token.items.findLast((item) => item.value?.type === 'block-map')?.value as
      CST.BlockMap | undefined;
    const indent = last === undefined ? 2 : this.#column(last) - column;
    const lines = entries.flatMap((fields) => blockEntry(fields, indent, this.#step));
    return this.#addLines(tokenEnd(token), parentColumn + 1, column, lines);
  }

  #update(entry: unknown, name: string, fields: readonly Field[]): TextEdit[] {
    this.#refuseShared(entry, name, 'shallow');
    if (!isMap(entry)) throw this.#shape(name, 'not-shared');
    const missing: Field[] = [];
    const edits: TextEdit[] = [];
    for (const field of fields) {
      const node = lookUp(this.#tree, entry, field.key);
      if (isUpToDate(this.#tree, node, field)) continue;
      const pair = ownPair(entry, field.key);
      if (pair === undefined) missing.push({ ...field, value: field.value ?? '' });
      else edits.push(...this.#setValue(entry, pair, `${name}.${field.key}`, field));
    }
    if (missing.length === 0) return edits;
    const token = entry.srcToken as CST.BlockMap | CST.FlowCollection;
    if (token.type === 'flow-collection') return [...edits, addToFlow(token, flowFields(missing))];
    const column = this.#column(token);
    const lines = blockFields(missing, this.#step);
    return [...edits, this.#addLines(tokenEnd(token), column, column, lines)];
  }

  #setValue(entry: YAMLMap, pair: Pair, name: string, { key, value }: Field): TextEdit[] {
    this.#refuseShared(pair.value, name);
    const tags = pair.srcToken?.sep?.filter(({ type }) => type === 'tag') ?? [];
    if (tags.some(({ source }) => !['!!str', '!!seq', '!'].includes(source))) {
      throw this.#shape(name, 'untagged');
    }
    const token = pair.srcToken?.value;
    if (typeof value === 'object' && value !== null) {
      if (token?.type !== 'block-seq') return [this.#replaceValue(pair, flowList(value))];
      const dash = `${this.#lineBreak()}${' '.repeat(this.#column(token))}- `;
      // One more space: a list may stand at its key's own column only while it has dashes.
      const items = value.length === 0 ? ' []' : `- ${value.map(scalarText).join(dash)}`;
      return [{ start: token.offset, end: tokenEnd(token), text: items }];
    }
    if (isCollection(pair.value)) throw this.#shape(name, 'text');
    if (entry.flow) return [this.#replaceValue(pair, doubleQuoted(value ?? ''))];
    const old = token && 'source' in token ? token.source : '';
    if (token?.type !== 'block-scalar') return [this.#replaceValue(pair, fieldText(key, value ?? '', old))];
    // The header (`>-`) becomes the value, so that a comment beside it stays; the lines below it go.
    const header = token.props.find(({ type }) => type === 'block-scalar-header') as CST.SourceToken;
    const headerEnd = header.offset + header.source.length;
    return [
      { start: header.offset, end: headerEnd, text: fieldText(key, value ?? '') },
      { start: lineEnd(this.#text, headerEnd), end: tokenEnd(token), text: '' },
    ];
  }

  #replaceValue(pair: Pair, text: string): TextEdit {
    const token = pair.srcToken?.value;
    if (token) return { start: token.offset, end: tokenEnd(token), text };
    const hasColon = pair.srcToken?.sep?.some(({ type }) => type === 'map-value-ind') ?? false;
    return { ...at(headEnd(pair)), text: hasColon ? ` ${text}` : `: ${text}` };
  }

  /**
   * Items of a list or a map.
   *
   * @param owner the pair whose value the collection is
   */
  #removeItems(collection: YAMLSeq | YAMLMap, owner: Pair, isGone: readonly boolean[]): TextEdit[] {
    const token = collection.srcToken as CST.BlockSequence | CST.BlockMap | CST.FlowCollection;
    const items = token.items.filter((item) => itemEnd(item) !== null);
    if (token.type === 'flow-collection') return removeFromFlow(token, items, isGone);
    const edits = removeLines(
      this.#text,
      items.filter((_item, index) => isGone[index]),
    );
    if (edits === null) throw this.#shape(CREDENTIALS_PATH.join('.'), 'list-on-lines');
    // A collection without items would read as null.
    const empty = isSeq(collection) ? ' []' : ' {}';
    return isGone.includes(false) ? edits : [...edits, { ...at(headEnd(owner)), text: empty }];
  }

  /**
   * Lines after the one that holds `offset`, and after the comments below it that are indented at least so far: they
   * speak of what stands above. A missing line break at the end of the file stays missing.
   */
  #addLines(offset: number, commentColumn: number, column: number, lines: readonly string[]): TextEdit {
    const comment = new RegExp(`\\r?\\n {${commentColumn},}#`, 'y');
    let end = lineEnd(this.#text, offset);
    for (comment.lastIndex = end; comment.test(this.#text); comment.lastIndex = end) {
      end = lineEnd(this.#text, comment.lastIndex);
    }
    const eol = this.#lineBreak();
    return { ...at(end), text: lines.map((line) => eol + ' '.repeat(column) + line).join('') };
  }

  /** Refuses to change what another place of the file shows as well. */
  #refuseShared(node: unknown, name: string, extent: 'shallow' | 'deep' = 'deep'): void {
    if (node === null) return;
    visit(node as Node, {
      Node: (_key, { anchor }: { anchor?: string }) => {
        if (anchor !== undefined && this.#aliased.has(anchor)) throw this.#shape(name, 'not-shared');
        return extent === 'shallow' ? visit.BREAK : undefined;
      },
    });
  }

  #column(token: CST.BlockMap | CST.BlockSequence): number {
    const [first] = token.items;
    return columnOf(this.#text, (first && itemStart(first)) ?? token.offset);
  }

  #lineBreak(): string {
    return lineBreakOf(this.#text);
  }

  /** The file's own indentation, by the first nested map; 2 where there is none. */
  #indentationStep(): number {
    const root = this.#tree.root?.srcToken;
    if (root?.type !== 'block-map') return 2;
    const nested = root.items.map(({ value }) => value).find((value) => value?.type === 'block-map');
    return nested?.type === 'block-map' ? this.#column(nested) - this.#column(root) : 2;
  }
}

function entryName(position: number): string {
  return `${CREDENTIALS_PATH.join('.')}[${position}]`;
}
