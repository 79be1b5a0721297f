import type { Failure } from '../src-main/domain/failure.ts';

/** A failure's code and facts as label and value, for those who want to know; a failure holds no secret. */
export function failureFacts(failure: Failure): readonly (readonly [label: string, value: string])[] {
  const { code, ...facts } = failure;
  const told = Object.entries(facts as Record<string, string | number | null>)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => [words(name), String(value)] as const);
  return [['Code', code], ...told];
}

/** "retryAfterSeconds" → "Retry after seconds" */
function words(name: string): string {
  const spaced = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
