/**
 * A catalogue, or a part of one, each of whose texts has gone through `set`: those that stand in it, and those that its
 * functions put together.
 */
export function typeset<T>(texts: T, set: (text: string) => string): T {
  return setOf(texts, set) as T;
}

function setOf(value: unknown, set: (text: string) => string): unknown {
  if (typeof value === 'string') return set(value);
  if (typeof value === 'function') {
    const compose = value as (...given: readonly unknown[]) => unknown;
    return (...given: readonly unknown[]) => setOf(compose(...given), set);
  }
  if (Array.isArray(value)) return value.map((each) => setOf(each, set));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, setOf(each, set)]));
}
