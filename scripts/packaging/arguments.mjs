import { parseArgs } from 'node:util';

export const DIST_USAGE = `Usage: npm run dist [-- --x64] [--arm64] [--whole]

  --x64, --arm64  for these processors; without either for this machine's own
  --whole         fail where a package could not be made, as a release does
`;

/**
 * What was typed after `npm run dist --`.
 *
 * @param {readonly string[]} words
 * @param {string} arch this machine's
 * @returns {{ archs: readonly string[], whole: boolean } | null} null where it means nothing
 */
export function readDistArguments(words, arch) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { x64: { type: 'boolean' }, arm64: { type: 'boolean' }, whole: { type: 'boolean' } },
    });
    const named = /** @type {const} */ (['x64', 'arm64']).filter((each) => values[each] === true);
    return { archs: named.length === 0 ? [arch] : named, whole: values.whole ?? false };
  } catch {
    return null;
  }
}
