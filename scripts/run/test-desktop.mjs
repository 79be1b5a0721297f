/**
 * The arguments that make Node run a command on the test desktop: a screen, a bus, a panel and a keyring of its
 * own, as an ordinary user also when root starts it.
 *
 * @param {readonly string[]} command
 * @returns {string[]}
 */
export function onTestDesktop(command) {
  return ['tests/support/desktop/run.ts', '--', ...command];
}
