import type { FactName, Failure } from '../domain/failure.ts';
import { describeFailure } from './failure-words.ts';
import type { Words } from './words.ts';

/**
 * A failure's code, what a developer would call it, and its facts as label and value, for those who want to know; a
 * failure holds no secret.
 */
export function failureFacts(
  words: Words,
  failure: Failure,
): readonly (readonly [label: string, value: string])[] {
  const { format } = words;
  const { facts, technically, yes, no } = words.window;
  const { technical } = describeFailure(words, failure, 'other');
  const told = Object.entries(failure) as [FactName, string | number | boolean | null | readonly string[]][];
  const own = told
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) =>
        [
          facts[name],
          Array.isArray(value)
            ? format.list(value)
            : typeof value === 'boolean'
              ? value
                ? yes
                : no
              : String(value),
        ] as const,
    );
  const isNew = technical !== undefined && own.every((fact) => !says(fact, technical));
  return [...(isNew ? [[technically, technical] as const] : []), ...own];
}

/** "Mode: 0644" says "mode 0644", too. */
function says([label, value]: readonly [label: string, value: string], technical: string): boolean {
  return value === technical || `${label} ${value}`.toLowerCase() === technical.toLowerCase();
}
