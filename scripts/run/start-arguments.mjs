import { parseArgs } from 'node:util';

export const START_USAGE = `Usage: npm start [-- --practice]

  --practice  against the built-in practice server: no account needed, none touched
  --help      print this
`;

/** What goes to Electron as it is: Chromium's sandbox, and how a debugger or a test gets in. */
const RUNTIME_OPTION = /^--(no-sandbox|inspect(=.+)?|remote-debugging-port=\d+)$/;

/**
 * @typedef {object} StartArguments
 * @property {boolean} practice
 * @property {readonly string[]} runtimeOptions
 */

/**
 * What was typed after `npm start --`.
 *
 * @param {readonly string[]} words
 * @returns {StartArguments | 'help' | null} null where it means nothing
 */
export function readStartArguments(words) {
  const isForRuntime = (/** @type {string} */ word) => RUNTIME_OPTION.test(word);
  try {
    const { values } = parseArgs({
      args: words.filter((word) => !isForRuntime(word)),
      options: { practice: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return 'help';
    return { practice: values.practice ?? false, runtimeOptions: words.filter(isForRuntime) };
  } catch {
    return null;
  }
}
