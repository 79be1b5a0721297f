/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * What a `node --test` run comes to.
 *
 * @param {string} summary what counts-reporter.mjs wrote; empty when the run did not get to its end
 * @param {number} exitCode of the run
 * @returns {Counts} at least one failed when the run failed or had no tests
 */
export function countsOfRun(summary, exitCode) {
  const counts = summary.trim() === '' ? {} : JSON.parse(summary);
  const { passed = 0, failed = 0, cancelled = 0, skipped = 0, todo = 0 } = counts;
  const broken = failed + cancelled;
  const isUncounted = broken === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isUncounted ? 1 : broken, skipped: skipped + todo };
}

/**
 * What a check (formatting, lint, types) comes to: one test.
 *
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countsOfCheck(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** @param {readonly Counts[]} all @returns {Counts} */
export function sum(all) {
  return all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
