/** One line of docs/performance.md. */
export interface Figure {
  /** What is measured, how often, and which statistic. */
  readonly what: string;
  readonly latchkey: string;
  /** The bare tray app's, `–` where it has none. */
  readonly bare: string;
  readonly limit: string;
  readonly kept: boolean;
  /** False where the limit is one that the bare app does not keep either. */
  readonly keptByBare?: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new Error('No values');
  return (lower + upper) / 2;
}

/** The value that a share of the values does not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];
  if (value === undefined) throw new Error('No values');
  return value;
}
