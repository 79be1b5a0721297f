import { isMap, isSeq } from 'yaml';
import type { CST, Pair, YAMLMap, YAMLSeq } from 'yaml';
import type { Credential } from '../../domain/credential.ts';
import { CREDENTIALS_PATH, OLDER_KEY } from './config-entry.ts';
import { fieldsOf, type Field } from './credential-fields.ts';
import { addToFlow, blockChain, blockEntry, flowChain, flowEntries, type Entries } from './entry-text.ts';
import { removeFromFlow, removeLines } from './removed-items.ts';
import { Splice, type Insertion, type Place } from './splice.ts';
import { at, type TextEdit } from './text-edit.ts';
import { isUpToDate } from './up-to-date.ts';
import { blockFields, flowFields, fieldText, flowList, scalarText } from './yaml-text.ts';
import { headEnd, itemEnd, tokenEnd } from './yaml-tokens.ts';
import { lookUp, ownPair } from './yaml-tree.ts';

/**
 * Works out the edits that change credentials in the text of a config file, and nothing else. Each method's edits are
 * for the text as it is: they fit each other, but not those of another method.
 */
export class ConfigSplice extends Splice {
  /**
   * Sets entries of the list, and removes others.
   *
   * @param set by position
   * @throws RangeError where the list has no such position
   */
  change(set: ReadonlyMap<number, Credential>, removed: ReadonlySet<number>): TextEdit[] {
    const place = this.tree.root === null ? null : this.#locate(this.tree.root);
    const list = place?.kind === 'value' ? this.#list(place) : null;
    const items: readonly unknown[] = list?.items ?? [];
    for (const position of [...set.keys(), ...removed]) {
      if (!(position in items)) throw new RangeError(`the list has no position ${position}`);
    }
    if (place?.kind !== 'value' || list === null) return [];
    const edits = [...set].flatMap(([position, credential]) =>
      this.#update(items[position], entryName(position), fieldsOf(credential)),
    );
    if (removed.size === 0) return edits;
    for (const position of removed) this.refuseShared(items[position], entryName(position));
    const isGone = items.map((_item, position) => removed.has(position));
    return [...edits, ...this.#removeItems(list, place.pair, isGone)];
  }

  /** Adds entries at the end of the list. */
  add(credentials: readonly Credential[]): TextEdit[] {
    const entries = credentials.map(fieldsOf);
    const { root } = this.tree;
    const insertion: Insertion = {
      block: (keys) => blockChain(keys, entries, this.step),
      flow: (keys) => flowChain(keys, entries),
      flowItems: flowEntries(entries),
    };
    if (root === null) return [this.intoEmptyDocument(CREDENTIALS_PATH, insertion)];
    const place = this.#locate(root);
    if (place.kind === 'value') return [this.#addToList(this.#list(place), place.map, entries)];
    return place.pair === null
      ? [this.addToMap(place.map, place.missing, insertion)]
      : this.fill(place.map, place.pair, place.missing, insertion);
  }

  /** Takes the older program's block away; nothing where there is none. */
  dropOlderBlock(): TextEdit[] {
    const [providers, anthropic] = CREDENTIALS_PATH;
    const { root } = this.tree;
    const outer = root === null ? null : lookUp(this.tree, root, providers);
    const owner = isMap(outer) ? ownPair(outer, anthropic) : undefined;
    const map = isMap(outer) ? lookUp(this.tree, outer, anthropic) : null;
    if (root === null || !isMap(map) || lookUp(this.tree, map, OLDER_KEY) === null) return [];
    const name = `${providers}.${anthropic}.${OLDER_KEY}`;
    // Nothing on the way is shared with another place of the file, either.
    this.#locate(root);
    const pair = ownPair(map, OLDER_KEY);
    if (owner === undefined || pair === undefined) throw this.shape(name, 'not-shared');
    this.refuseShared(pair.key, name);
    this.refuseShared(pair.value, name);
    const isGone = map.items.map((each) => each === pair);
    return this.#removeItems(map, owner, isGone);
  }

  #locate(root: YAMLMap): Place {
    return this.locate(root, CREDENTIALS_PATH);
  }

  #list({ value }: Extract<Place, { readonly kind: 'value' }>): YAMLSeq {
    if (!isSeq(value)) throw this.shape(CREDENTIALS_PATH.join('.'), 'list');
    return value;
  }

  #addToList(list: YAMLSeq, map: YAMLMap, entries: Entries): TextEdit {
    const token = list.srcToken as CST.BlockSequence | CST.FlowCollection;
    if (token.type === 'flow-collection') return addToFlow(token, flowEntries(entries));
    const column = this.column(token);
    const parentColumn = this.column(map.srcToken as CST.BlockMap);
    const last = token.items.findLast((item) => item.value?.type === 'block-map')?.value as
      CST.BlockMap | undefined;
    const indent = last === undefined ? 2 : this.column(last) - column;
    const lines = entries.flatMap((fields) => blockEntry(fields, indent, this.step));
    return this.addLines(tokenEnd(token), parentColumn + 1, column, lines);
  }

  #update(entry: unknown, name: string, fields: readonly Field[]): TextEdit[] {
    this.refuseShared(entry, name, 'shallow');
    if (!isMap(entry)) throw this.shape(name, 'not-shared');
    const missing: Field[] = [];
    const edits: TextEdit[] = [];
    for (const field of fields) {
      const node = lookUp(this.tree, entry, field.key);
      if (isUpToDate(this.tree, node, field)) continue;
      const pair = ownPair(entry, field.key);
      if (pair === undefined) missing.push({ ...field, value: field.value ?? '' });
      else edits.push(...this.#setValue(entry, pair, `${name}.${field.key}`, field));
    }
    if (missing.length === 0) return edits;
    const token = entry.srcToken as CST.BlockMap | CST.FlowCollection;
    if (token.type === 'flow-collection') return [...edits, addToFlow(token, flowFields(missing))];
    const column = this.column(token);
    const lines = blockFields(missing, this.step);
    return [...edits, this.addLines(tokenEnd(token), column, column, lines)];
  }

  #setValue(entry: YAMLMap, pair: Pair, name: string, { key, value }: Field): TextEdit[] {
    this.refuseShared(pair.value, name);
    this.refuseTagged(pair, name);
    const token = pair.srcToken?.value;
    if (typeof value === 'object' && value !== null) {
      if (token?.type !== 'block-seq') return [this.replaceValue(pair, flowList(value))];
      const dash = `${this.lineBreak()}${' '.repeat(this.column(token))}- `;
      // One more space: a list may stand at its key's own column only while it has dashes.
      const items = value.length === 0 ? ' []' : `- ${value.map(scalarText).join(dash)}`;
      return [{ start: token.offset, end: tokenEnd(token), text: items }];
    }
    return this.setText(entry, pair, name, value ?? '', (text, old) => fieldText(key, text, old));
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
      this.text,
      items.filter((_item, index) => isGone[index]),
    );
    if (edits === null) throw this.shape(CREDENTIALS_PATH.join('.'), 'list-on-lines');
    // A collection without items would read as null.
    const empty = isSeq(collection) ? ' []' : ' {}';
    return isGone.includes(false) ? edits : [...edits, { ...at(headEnd(owner)), text: empty }];
  }
}

function entryName(position: number): string {
  return `${CREDENTIALS_PATH.join('.')}[${position}]`;
}
