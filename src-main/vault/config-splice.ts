import { isDeepStrictEqual } from 'node:util';
import { isAlias, isCollection, isMap, isScalar, isSeq, visit } from 'yaml';
import type { CST, Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Credential } from '../domain/credential.ts';
import type { ConfigShape, FailureError } from '../domain/failure.ts';
import { CREDENTIALS_PATH, entryId, textsOf } from './credential-entry.ts';
import { fieldsOf, type Field } from './credential-fields.ts';
import { parseRfc3339 } from './rfc3339.ts';
import { afterLineBreak, columnOf, lineBreakOf, lineEnd, lineStart, type TextEdit } from './text-edit.ts';
import { blockFields, doubleQuoted, flowFields, fieldText, flowList, scalarText } from './yaml-text.ts';
import { itemEnd, itemStart, tokenEnd } from './yaml-tokens.ts';
import { aliasedAnchors, isVacant, lookUp, ownPair, textOf, type YamlTree } from './yaml-tree.ts';

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

/** Works out the edits that change one credential in the text of a config file, and nothing else. */
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
    this.#aliased = tree.document === null ? new Set() : aliasedAnchors(tree.document);
    this.#step = this.#indentationStep();
  }

  set(credential: Credential): TextEdit[] {
    const fields = fieldsOf(credential);
    const { document, root } = this.#tree;
    if (document === null || root === null) return [this.#intoEmptyDocument(fields)];
    const place = this.#locate(document, root);
    if (place.kind === 'map') {
      return place.pair === null
        ? [this.#addToMap(place.map, place.missing, fields)]
        : this.#fill(place.map, place.pair, place.missing, fields);
    }
    const { list, map } = place;
    const index = list.items.findIndex((item) => entryId(document, item) === credential.id);
    if (index === -1) return [this.#addToList(list, map, fields)];
    return this.#update(document, list.items[index], `${CREDENTIALS_PATH.join('.')}[${index}]`, fields);
  }

  remove(id: string): TextEdit[] {
    const { document, root } = this.#tree;
    if (document === null || root === null) return [];
    const place = this.#locate(document, root);
    if (place.kind === 'map') return [];
    const { list, pair } = place;
    const token = list.srcToken as CST.BlockSequence | CST.FlowCollection;
    const all = token.items.filter((item) => itemEnd(item) !== null);
    const isOurs = list.items.map((item) => entryId(document, item) === id);
    if (!isOurs.includes(true)) return [];
    for (const [index, item] of list.items.entries()) {
      if (isOurs[index]) this.#refuseShared(item, `${CREDENTIALS_PATH.join('.')}[${index}]`);
    }
    if (token.type === 'flow-collection') return this.#removeFromFlow(token, all, isOurs);
    const edits = all.flatMap((item, index) => (isOurs[index] ? this.#removeLines(item) : []));
    // A list without items would read as null.
    if (!isOurs.includes(false)) edits.push({ ...at(this.#pairHead(pair)), text: ' []' });
    return edits;
  }

  #locate(document: Document, root: YAMLMap): Place {
    let map = root;
    this.#refuseShared(root, 'the top level', 'shallow');
    for (const [depth, key] of CREDENTIALS_PATH.entries()) {
      const name = CREDENTIALS_PATH.slice(0, depth + 1).join('.');
      const missing = CREDENTIALS_PATH.slice(depth + 1);
      const pair = ownPair(map, key);
      if (pair === undefined) {
        if (lookUp(document, map, key) !== null) throw this.#shape(name, 'not-shared');
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
  #intoEmptyDocument(fields: readonly Field[]): TextEdit {
    const lines = this.#blockChain(CREDENTIALS_PATH, fields);
    const marker = /^---(?=\s|$)/m.exec(this.#text);
    if (marker !== null) return this.#addLines(marker.index, 0, 0, lines);
    const end = /^\.\.\.(?=\s|$)/m.exec(this.#text)?.index ?? this.#text.length;
    const eol = this.#lineBreak();
    const text = lines.join(eol) + eol;
    return { ...at(end), text: lineStart(this.#text, end) === end ? text : eol + text };
  }

  #addToMap(map: YAMLMap, [key = '', ...rest]: readonly string[], fields: readonly Field[]): TextEdit {
    const token = map.srcToken as CST.BlockMap | CST.FlowCollection;
    if (token.type === 'flow-collection') {
      return addToFlow(token, `"${key}": ${flowChain(rest, fields)}`);
    }
    const column = this.#column(token);
    return this.#addLines(tokenEnd(token), column, column, this.#blockChain([key, ...rest], fields));
  }

  /** Gives a key without a value its value. */
  #fill(map: YAMLMap, pair: Pair, missing: readonly string[], fields: readonly Field[]): TextEdit[] {
    const token = map.srcToken as CST.BlockMap | CST.FlowCollection;
    const value = pair.srcToken?.value;
    if (value?.type === 'flow-collection' && this.#text.slice(value.offset, tokenEnd(value)).includes('#')) {
      // No items, but a comment that has to stay.
      const [key, ...rest] = missing;
      const item = key === undefined ? `{${flowFields(fields)}}` : `"${key}": ${flowChain(rest, fields)}`;
      return [addToFlow(value, item)];
    }
    if (token.type === 'flow-collection') return [this.#replaceValue(pair, flowChain(missing, fields))];
    const column = this.#column(token) + this.#step;
    const end = itemEnd(pair.srcToken) ?? 0;
    const edits = [this.#addLines(end, column, column, this.#blockChain(missing, fields))];
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

  #addToList(list: YAMLSeq, map: YAMLMap, fields: readonly Field[]): TextEdit {
    const token = list.srcToken as CST.BlockSequence | CST.FlowCollection;
    if (token.type === 'flow-collection') return addToFlow(token, `{${flowFields(fields)}}`);
    const column = this.#column(token);
    const parentColumn = this.#column(map.srcToken as CST.BlockMap);
    const last = token.items.findLast((item) => item.value?.type === 'block-map')?.value as
      CST.BlockMap | undefined;
    const indent = last === undefined ? 2 : this.#column(last) - column;
    return this.#addLines(tokenEnd(token), parentColumn + 1, column, blockEntry(fields, indent, this.#step));
  }

  #update(document: Document, entry: unknown, name: string, fields: readonly Field[]): TextEdit[] {
    this.#refuseShared(entry, name, 'shallow');
    if (!isMap(entry)) throw this.#shape(name, 'not-shared');
    const missing: Field[] = [];
    const edits: TextEdit[] = [];
    for (const field of fields) {
      const node = lookUp(document, entry, field.key);
      if (isUpToDate(document, node, field)) continue;
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
    return { ...at(this.#pairHead(pair)), text: hasColon ? ` ${text}` : `: ${text}` };
  }

  /** Offset after a pair's key, colon, anchor and tag. */
  #pairHead(pair: Pair): number {
    const { start = [], key = null, sep = [] } = pair.srcToken ?? {};
    return itemEnd({ start, key, sep }) ?? 0;
  }

  #removeLines(item: CST.CollectionItem): TextEdit {
    const dash = itemStart(item) ?? 0;
    const start = lineStart(this.#text, dash);
    if (this.#text.slice(start, dash).trim() !== '') {
      throw this.#shape(CREDENTIALS_PATH.join('.'), 'list-on-lines');
    }
    const last = lineEnd(this.#text, itemEnd(item) ?? dash);
    const end = afterLineBreak(this.#text, last);
    // The text's last line has no line break to go with it: the one before goes.
    return { start: end === last ? this.#endOfLineBefore(start) : start, end, text: '' };
  }

  #endOfLineBefore(start: number): number {
    return start === 0 ? 0 : lineEnd(this.#text, lineStart(this.#text, start - 1));
  }

  #removeFromFlow(
    token: CST.FlowCollection,
    all: readonly CST.CollectionItem[],
    isOurs: readonly boolean[],
  ): TextEdit[] {
    if (!isOurs.includes(false)) return [{ start: token.offset + 1, end: tokenEnd(token) - 1, text: '' }];
    return all.flatMap((item, index) => {
      if (!isOurs[index]) return [];
      const next = all[index + 1];
      const previous = all[index - 1];
      const start = itemStart(item) ?? 0;
      // With its comma: the one after it, or before it where it is the last.
      if (next !== undefined) return [{ start, end: itemStart(next) ?? start, text: '' }];
      const from = itemEnd(previous) ?? start;
      return [{ start: from, end: itemEnd(item) ?? start, text: '' }];
    });
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

  #blockChain(keys: readonly string[], fields: readonly Field[]): string[] {
    const [key, ...rest] = keys;
    if (key === undefined) return blockEntry(fields, 2, this.#step);
    return [`${key}:`, ...this.#blockChain(rest, fields).map((line) => ' '.repeat(this.#step) + line)];
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

/** Whether the value that readers see says the same already. */
function isUpToDate(document: Document, node: Node | null, { key, value }: Field): boolean {
  if (value === null) return textOf(node) === '' && !isCollection(node);
  if (typeof value === 'object')
    return isSeq(node) && isDeepStrictEqual(textsOf(document, node.items), value);
  if (!isScalar(node)) return false;
  if (key !== 'expires_at') return textOf(node) === value;
  return node.type !== 'PLAIN' && parseRfc3339(textOf(node)) === parseRfc3339(value);
}

function blockEntry(fields: readonly Field[], indent: number, step: number): string[] {
  return blockFields(fields, step).map((line, index) => (index === 0 ? '-' : ' ').padEnd(indent) + line);
}

function flowChain(keys: readonly string[], fields: readonly Field[]): string {
  return keys.reduceRight((inner, key) => `{"${key}": ${inner}}`, `[{${flowFields(fields)}}]`);
}

/** At the end of a flow collection, whether or not a comma or a comment follows its last item. */
function addToFlow(token: CST.FlowCollection, text: string): TextEdit {
  const last = token.items.findLast((item) => itemEnd(item) !== null);
  const end = last === undefined ? null : itemEnd(last);
  return end === null ? { ...at(token.offset + 1), text } : { ...at(end), text: `, ${text}` };
}

function at(offset: number): { readonly start: number; readonly end: number } {
  return { start: offset, end: offset };
}
