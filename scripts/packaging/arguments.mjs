import { parseArgs } from 'node:util';

export const DIST_USAGE = `Usage: npm run dist [-- --whole]

  --whole  fail where a package could not be made, as a release does
`;

/**
 * What was typed after `npm run dist --`.
 *
 * @param {readonly string[]} words
 * @returns {{ whole: boolean } | null} null where it means nothing
 */
export function readDistArguments(words) {
  try {
    const { values } = parseArgs({ args: [...words], options: { whole: { type: 'boolean' } } });
    return { whole: values.whole ?? false };
  } catch {
    return null;
  }
}
