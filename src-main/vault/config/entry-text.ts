import type { CST } from 'yaml';
import type { Field } from './credential-fields.ts';
import { at, type TextEdit } from './text-edit.ts';
import { blockFields, flowFields } from './yaml-text.ts';
import { itemEnd } from './yaml-tokens.ts';

/** The fields of each entry. */
export type Entries = readonly (readonly Field[])[];

export function blockEntry(fields: readonly Field[], indent: number, step: number): string[] {
  return blockFields(fields, step).map((line, index) => (index === 0 ? '-' : ' ').padEnd(indent) + line);
}

/** The lines of the keys that lack, each in the map of the one before, and of the entries as a list in the last. */
export function blockChain(keys: readonly string[], entries: Entries, step: number): string[] {
  const [key, ...rest] = keys;
  if (key === undefined) return entries.flatMap((fields) => blockEntry(fields, 2, step));
  return [`${key}:`, ...blockChain(rest, entries, step).map((line) => ' '.repeat(step) + line)];
}

/** The same in flow style. */
export function flowChain(keys: readonly string[], entries: Entries): string {
  return keys.reduceRight((inner, key) => `{"${key}": ${inner}}`, `[${flowEntries(entries)}]`);
}

export function flowEntries(entries: Entries): string {
  return entries.map((fields) => `{${flowFields(fields)}}`).join(', ');
}

/** At the end of a flow collection, whether or not a comma or a comment follows its last item. */
export function addToFlow(token: CST.FlowCollection, text: string): TextEdit {
  const last = token.items.findLast((item) => itemEnd(item) !== null);
  const end = last === undefined ? null : itemEnd(last);
  return end === null ? { ...at(token.offset + 1), text } : { ...at(end), text: `, ${text}` };
}
