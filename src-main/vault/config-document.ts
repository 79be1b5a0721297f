import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq } from 'yaml';
import type { Credential } from '../domain/credential.ts';
import { FailureError, type ConfigShape } from '../domain/failure.ts';
import { SECOND } from '../domain/instant.ts';
import { ConfigSplice } from './config-splice.ts';
import { CREDENTIALS_PATH, readEntry } from './credential-entry.ts';
import { isOurField } from './credential-fields.ts';
import { applyEdits } from './text-edit.ts';
import { isVacant, lookUp, outline, ownPair, parseYamlTree, textOf, type YamlTree } from './yaml-tree.ts';

/**
 * The text of a config file shared with other programs. A change splices the text at the places that the parsed tree
 * names, so every byte outside our entry stays as it is. The result is parsed again and compared before it is handed
 * out: an edit that would change anything else fails instead.
 *
 * Every method throws FailureError `config-not-yaml` or `config-shape`; `path` is for their words only.
 */
export class ConfigDocument {
  readonly #text: string;
  readonly #path: string;
  readonly #tree: YamlTree;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
    this.#tree = parseYamlTree(text, path);
  }

  /** In the file's order, read as leniently as the other readers do; entries without an id or any token are none. */
  credentials(): Credential[] {
    const { document, root } = this.#tree;
    if (document === null || root === null) return [];
    let node = lookUp(document, root, CREDENTIALS_PATH[0]);
    for (const [depth, key] of CREDENTIALS_PATH.slice(1).entries()) {
      if (isVacant(node)) return [];
      if (!isMap(node)) throw this.#shape(CREDENTIALS_PATH.slice(0, depth + 1).join('.'), 'map');
      node = lookUp(document, node, key);
    }
    if (isVacant(node)) return [];
    if (!isSeq(node)) throw this.#shape(CREDENTIALS_PATH.join('.'), 'list');
    return node.items.flatMap((item) => readEntry(document, item) ?? []);
  }

  /** The text with this credential in the place of the one with its id, else at the end of the list. */
  withCredential(credential: Credential): string {
    const { id, accessExpiresAt } = credential;
    const edited = applyEdits(this.#text, this.#splice().set(credential));
    const seconds = accessExpiresAt === null ? null : Math.floor(accessExpiresAt / SECOND) * SECOND;
    return this.#checked(edited, id, { ...credential, accessExpiresAt: seconds });
  }

  /** The text without the credential of this id; the same text where there is none. */
  withoutCredential(id: string): string {
    return this.#checked(applyEdits(this.#text, this.#splice().remove(id)), id, null);
  }

  #splice(): ConfigSplice {
    return new ConfigSplice(this.#text, this.#tree, (at, expected) => this.#shape(at, expected));
  }

  #checked(edited: string, id: string, expected: Credential | null): string {
    const foreign = (text: string) => this.#foreign(text, id, expected === null);
    try {
      const stored = new ConfigDocument(edited, this.#path).credentials().find((each) => each.id === id);
      const isOurs = isDeepStrictEqual(stored ?? null, expected);
      if (isOurs && isDeepStrictEqual(foreign(edited), foreign(this.#text))) return edited;
    } catch (error) {
      throw this.#notEditable(error);
    }
    throw this.#notEditable();
  }

  #notEditable(cause?: unknown): FailureError {
    const at = CREDENTIALS_PATH.join('.');
    return new FailureError({ code: 'config-shape', path: this.#path, at, expected: 'plainer' }, { cause });
  }

  /**
   * What a text says beyond our entry, whose foreign keys are its writer's unless the entry as a whole is ours to take
   * away. The levels above it count as none where nothing else is in them.
   */
  #foreign(text: string, id: string, isEntryOurs: boolean): unknown {
    const { document, root } = parseYamlTree(text, this.#path);
    if (document === null || root === null) return null;
    const pairs = [];
    let node: unknown = root;
    for (const key of CREDENTIALS_PATH) {
      const pair = isMap(node) ? ownPair(node, key) : undefined;
      if (pair === undefined || !isMap(node)) break;
      pairs.push({ map: node, pair });
      node = pair.value;
    }
    if (isSeq(node)) {
      node.items = node.items.filter((entry) => {
        if (!isMap(entry) || textOf(lookUp(document, entry, 'id')) !== id) return true;
        entry.items = entry.items.filter(({ key }) => !isOurField(textOf(key)));
        return !isEntryOurs && entry.items.length > 0;
      });
    }
    for (const { map, pair } of pairs.reverse()) {
      if (isVacant(pair.value)) map.items.splice(map.items.indexOf(pair), 1);
    }
    return isVacant(root) ? null : outline(root);
  }

  #shape(at: string, expected: ConfigShape): FailureError {
    return new FailureError({ code: 'config-shape', path: this.#path, at, expected });
  }
}
