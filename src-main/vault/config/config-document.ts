import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, type Node } from 'yaml';
import type { Credential } from '../../domain/credential.ts';
import { FailureError, type ConfigShape } from '../../domain/failure.ts';
import { SECOND } from '../../domain/instant.ts';
import { NO_KEYS, readKeys, type ConfiguredKeys } from './api-key.ts';
import { ApiKeySplice } from './api-key-splice.ts';
import { isElseSame, type Touched } from './config-comparison.ts';
import {
  CREDENTIALS_PATH,
  idOf,
  readEntry,
  readOlderBlock,
  type ConfigEntry,
  type EntryEdit,
  type OlderBlock,
} from './config-entry.ts';
import { ConfigSplice } from './config-splice.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { isVacant, lookUp, parseYamlTree, type YamlTree } from './yaml-tree.ts';

/**
 * The text of a config file shared with other programs. A change splices the text at the places that the parsed tree
 * names, so every byte outside our entries stays as it is. The result is parsed again and compared before it is handed
 * out: an edit that would change anything else fails instead.
 *
 * Everything throws FailureError `config-not-yaml` or `config-shape`; `path` is for their words only.
 */
export class ConfigDocument {
  readonly text: string;
  /** In the file's order, read as leniently as the other readers do. */
  readonly entries: readonly ConfigEntry[];
  /** Of every item of the list, also of those that hold no token. */
  readonly ids: readonly string[];
  readonly olderBlock: OlderBlock | null;
  readonly unreadable: readonly string[];
  readonly keys: ConfiguredKeys;
  readonly #path: string;
  readonly #tree: YamlTree;

  constructor(text: string, path: string) {
    this.text = text;
    this.#path = path;
    this.#tree = parseYamlTree(text, path);
    const [anthropic, list] = this.#walk();
    if (list !== null && !isSeq(list)) throw this.#shape(CREDENTIALS_PATH.join('.'), 'list');
    this.entries = list?.items.flatMap((item, position) => readEntry(this.#tree, item, position) ?? []) ?? [];
    this.ids = list?.items.flatMap((item) => idOf(this.#tree, item) ?? []) ?? [];
    this.olderBlock = isMap(anthropic) ? readOlderBlock(this.#tree, anthropic) : null;
    const usable = new Set(this.entries.map(({ position }) => position));
    this.unreadable = [...(list?.items.keys() ?? [])]
      .filter((position) => !usable.has(position))
      .map((position) => `${CREDENTIALS_PATH[2]}[${position}]`);
    this.keys = isMap(anthropic) ? readKeys(this.#tree, anthropic) : NO_KEYS;
  }

  /** What stands under the last key of the path and under the one before it; `null` for nothing. */
  #walk(): readonly [anthropic: Node | null, list: Node | null] {
    let [outer, node]: [Node | null, Node | null] = [null, this.#tree.root];
    for (const [depth, key] of CREDENTIALS_PATH.entries()) {
      if (node === null) return [null, null];
      if (!isMap(node)) throw this.#shape(CREDENTIALS_PATH.slice(0, depth).join('.'), 'map');
      const value = lookUp(this.#tree, node, key);
      [outer, node] = [node, isVacant(value) ? null : value];
    }
    return [outer, node];
  }

  /**
   * The document with these changes made, the same one where they change nothing.
   *
   * @throws RangeError for a position that the list does not have
   */
  edited(edits: readonly EntryEdit[]): ConfigDocument {
    if (edits.length === 0) return this;
    const set = new Map<number, Credential>();
    const removed = new Set<number>();
    const added: Credential[] = [];
    let apiKey: string | null = null;
    for (const edit of edits) {
      if (edit.kind === 'set') set.set(edit.position, edit.credential);
      else if (edit.kind === 'remove') removed.add(edit.position);
      else if (edit.kind === 'add') added.push(edit.credential);
      else apiKey = edit.key;
    }

    // One after the other, because they may meet at one place of the text. Most edits are of the first kind alone.
    let edited = this.#spliced((splice) => splice.change(set, removed));
    if (added.length > 0) edited = edited.#spliced((splice) => splice.add(added));
    if (apiKey !== null && apiKey !== edited.keys.own) edited = edited.#withApiKey(apiKey);

    const touched = { set, removed, added: added.length, isKeySet: apiKey !== null };
    if (apiKey !== null && edited.keys.own !== apiKey) throw this.#notEditable();
    if (!this.#isAsWanted(edited, touched, added)) throw this.#notEditable();
    return edited;
  }

  /**
   * The text with these changes made, quickly: that nothing else is changed nobody has looked.
   *
   * @throws RangeError as `edited`
   */
  textWith(edits: readonly EntryEdit[]): string {
    const set = new Map<number, Credential>();
    for (const edit of edits) {
      // Several kinds may meet at one place of the text.
      if (edit.kind !== 'set') return this.edited(edits).text;
      set.set(edit.position, edit.credential);
    }
    return this.#textWith((splice) => splice.change(set, new Set()));
  }

  #textWith(change: (splice: ConfigSplice) => readonly TextEdit[]): string {
    return applyEdits(this.text, change(new ConfigSplice(this.text, this.#tree, this.#shape)));
  }

  #spliced(change: (splice: ConfigSplice) => readonly TextEdit[]): ConfigDocument {
    return this.#reparsed(this.#textWith(change));
  }

  #withApiKey(key: string): ConfigDocument {
    const splice = new ApiKeySplice(this.text, this.#tree, this.#shape);
    return this.#reparsed(applyEdits(this.text, splice.setApiKey(key)));
  }

  #reparsed(text: string): ConfigDocument {
    if (text === this.text) return this;
    try {
      return new ConfigDocument(text, this.#path);
    } catch (error) {
      throw this.#notEditable(error);
    }
  }

  #isAsWanted(
    edited: ConfigDocument,
    touched: Touched & { readonly set: ReadonlyMap<number, Credential> },
    added: readonly Credential[],
  ): boolean {
    const stored = new Map(edited.entries.map(({ position, credential }) => [position, credential]));
    const left = this.#length - touched.removed.size;
    const gone = [...touched.removed];
    const wanted = [
      ...[...touched.set].map(([position, credential]) => {
        const now = position - gone.filter((each) => each < position).length;
        return [now, credential] as const;
      }),
      ...added.map((credential, index) => [left + index, credential] as const),
    ];
    return (
      wanted.every(([position, credential]) => isStored(stored.get(position), credential)) &&
      isElseSame(this.#tree, edited.#tree, touched)
    );
  }

  /** Of the list, items that are no entries included. */
  get #length(): number {
    const [, list] = this.#walk();
    return isSeq(list) ? list.items.length : 0;
  }

  #notEditable(cause?: unknown): FailureError {
    const at = CREDENTIALS_PATH.join('.');
    return new FailureError({ code: 'config-shape', path: this.#path, at, expected: 'plainer' }, { cause });
  }

  readonly #shape = (at: string, expected: ConfigShape): FailureError =>
    new FailureError({ code: 'config-shape', path: this.#path, at, expected });
}

/** Whether the credential reads back; its end in whole seconds, as the file holds it. */
function isStored(stored: Credential | undefined, wanted: Credential): boolean {
  return stored !== undefined && isDeepStrictEqual(inSeconds(stored), inSeconds(wanted));
}

function inSeconds(credential: Credential): Credential {
  const { accessExpiresAt } = credential;
  const seconds = accessExpiresAt === null ? null : Math.floor(accessExpiresAt / SECOND) * SECOND;
  return { ...credential, accessExpiresAt: seconds };
}
