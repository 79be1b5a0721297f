/** Milliseconds on a clock that nobody sets. Node has to load something for `performance`, which a start need not wait for. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}
