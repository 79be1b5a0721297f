import { isUsablePort } from '../../src-main/domain/settings.ts';

/** The port that a person typed; `null` where it is none that can be used. */
export function readPort(text: string): number | null {
  const digits = text.trim();
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : NaN;
  return isUsablePort(port) ? port : null;
}

export type PortProblem = 'not-a-number' | 'too-high' | 'missing' | 'too-low';

/** What is wrong with it; `null` for nothing. What more digits may still mend is told only once the person has finished. */
export function portProblem(text: string, hasFinished: boolean): PortProblem | null {
  if (readPort(text) !== null) return null;
  const digits = text.trim();
  if (!/^\d*$/.test(digits)) return 'not-a-number';
  if (Number(digits) > 65_535) return 'too-high';
  if (!hasFinished) return null;
  return digits === '' ? 'missing' : 'too-low';
}
