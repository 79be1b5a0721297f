import { stringify } from 'yaml';
import type { Field, FieldKey } from './credential-fields.ts';

/**
 * Text as YAML. Plain where every reader takes it as a string, YAML 1.1 ones too (`yes`, `1:30`, `0x1f` are none there);
 * else in double quotes.
 */
export function scalarText(value: string): string {
  const isPlain =
    /^[A-Za-z0-9]([\w.:/+=~-]*[\w/+=~-])?$/.test(value) &&
    stringify(value, { compat: 'yaml-1.1', lineWidth: 0 }).trimEnd() === value;
  return isPlain ? value : doubleQuoted(value);
}

/** JSON's quoting with everything beyond printable ASCII escaped: the same string to JSON, YAML 1.1 and YAML 1.2. */
export function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(/[^ -~]/gu, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    // YAML reads each escape by itself: a surrogate pair as in JSON would be two broken characters.
    return codePoint > 0xffff
      ? `\\U${codePoint.toString(16).padStart(8, '0')}`
      : `\\u${codePoint.toString(16).padStart(4, '0')}`;
  });
}

/** Text as YAML, in the quotes of the `old` text where they can hold it. */
export function scalarTextIn(value: string, old: string): string {
  if (old.startsWith("'") && /^[ -&(-~]*$/.test(value)) return `'${value}'`;
  return old.startsWith('"') ? doubleQuoted(value) : scalarText(value);
}

/** The value of a field, in the quotes of the `old` text where they can hold it. */
export function fieldText(key: FieldKey, value: string, old = ''): string {
  // A string to its readers, never a YAML timestamp (`facts.md` section 3).
  return scalarTextIn(value, key === 'expires_at' && !old.startsWith("'") ? '"' : old);
}

/** A flow list. JSON's notation, so that a file in JSON stays JSON. */
export function flowList(values: readonly string[]): string {
  return `[${values.map(doubleQuoted).join(', ')}]`;
}

/** Keys and values for inside a flow map. */
export function flowFields(fields: readonly Field[]): string {
  return fields
    .filter(({ value }) => value !== null)
    .map(
      ({ key, value }) =>
        `"${key}": ${typeof value === 'string' ? doubleQuoted(value) : flowList(value ?? [])}`,
    )
    .join(', ');
}

/** Keys and values as lines of a block map that begins at its own column 0. */
export function blockFields(fields: readonly Field[], step: number): string[] {
  return fields.flatMap(({ key, value }) => {
    if (value === null) return [];
    if (typeof value === 'string') return [`${key}: ${fieldText(key, value)}`];
    if (value.length === 0) return [`${key}: []`];
    return [`${key}:`, ...value.map((item) => `${' '.repeat(step)}- ${scalarText(item)}`)];
  });
}
