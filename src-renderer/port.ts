import { isUsablePort } from '../src-main/domain/settings.ts';

/** The port that a person typed; `null` where it is none that can be used. */
export function readPort(text: string): number | null {
  const digits = text.trim();
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : NaN;
  return isUsablePort(port) ? port : null;
}

/**
 * What is wrong with it, in words; `null` for nothing. What more digits may still mend is told only once the person
 * has finished.
 */
export function portProblem(text: string, hasFinished: boolean): string | null {
  if (readPort(text) !== null) return null;
  const digits = text.trim();
  if (!/^\d*$/.test(digits)) return 'A port is a number, from 1024 to 65535.';
  if (Number(digits) > 65_535) return 'This is too high: ports end at 65535.';
  if (!hasFinished) return null;
  return digits === ''
    ? 'A port is needed, from 1024 to 65535.'
    : 'Ports below 1024 belong to the system: choose one from 1024 to 65535.';
}
