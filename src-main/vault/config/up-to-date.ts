import { isDeepStrictEqual } from 'node:util';
import { isCollection, isScalar, isSeq, type Node } from 'yaml';
import { SECOND } from '../../domain/instant.ts';
import { isReadableByGo, parseExpiry } from '../../domain/rfc3339.ts';
import { textsOf } from './config-entry.ts';
import type { Field } from './credential-fields.ts';
import { textOf, type YamlTree } from './yaml-tree.ts';

/** Whether the value that readers see says the same already. */
export function isUpToDate(tree: YamlTree, node: Node | null, { key, value }: Field): boolean {
  const text = textOf(node);
  if (value === null) {
    // Go's "no time" says it as well as nothing does.
    const isUnknown = key === 'expires_at' && isReadableByGo(text) && parseExpiry(text) === null;
    return (text === '' && !isCollection(node)) || isUnknown;
  }
  if (typeof value === 'object') {
    const items = isSeq(node) ? textsOf(tree, node.items) : null;
    return isDeepStrictEqual(items, value) || (node === null && value.length === 0);
  }
  if (!isScalar(node)) return false;
  if (key !== 'expires_at') return text === value;
  // In whole seconds, as it would be written.
  const seconds = Math.floor((parseExpiry(text) ?? NaN) / SECOND) * SECOND;
  return node.type !== 'PLAIN' && isReadableByGo(text) && seconds === parseExpiry(value);
}
