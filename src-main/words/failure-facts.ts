import type { FactName, Failure } from '../domain/failure.ts';
import type { Words } from './words.ts';

/** A failure's code and facts as label and value, for those who want to know; a failure holds no secret. */
export function failureFacts(
  { format, window: { facts } }: Words,
  failure: Failure,
): readonly (readonly [label: string, value: string])[] {
  const told = Object.entries(failure) as [FactName, string | number | boolean | null | readonly string[]][];
  return told
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) => [facts[name], Array.isArray(value) ? format.list(value) : String(value)] as const,
    );
}
