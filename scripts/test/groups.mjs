import { packageProgram } from '../set-up/package-program.mjs';
import { setUpPackages, setUpTests, setUpWine } from '../set-up/set-up.mjs';
import { SetUpError } from '../set-up/set-up-error.mjs';

/**
 * @typedef {object} Group
 * @property {string} name
 * @property {() => Promise<void>} setUp what it needs
 * @property {'check' | 'tests'} kind whether it counts as one, or by the tests it runs
 * @property {() => string[]} command what Node is to run; asked for after set-up
 * @property {boolean} [onDesktop] whether it needs the test desktop
 * @property {boolean} [onlyByName] whether it runs only where somebody names it
 */

/** In the order they run: what fails soonest first. @type {readonly Group[]} */
export const groups = [
  {
    name: 'format',
    setUp: setUpPackages,
    kind: 'check',
    command: () => [packageProgram('prettier'), '--check', '--log-level', 'warn', '.'],
  },
  {
    name: 'lint',
    setUp: setUpPackages,
    kind: 'check',
    command: () => [packageProgram('eslint'), '.', '--max-warnings', '0'],
  },
  {
    // Of types as well: eslint-plugin-import's rule for circles does not look at those (.oxlintrc.json).
    name: 'circles',
    setUp: setUpPackages,
    kind: 'check',
    command: () => [packageProgram('oxlint'), '--quiet'],
  },
  {
    name: 'types',
    setUp: setUpPackages,
    kind: 'check',
    command: () => [packageProgram('typescript', 'tsc'), '--noEmit', '-p', '.'],
  },
  { name: 'unit', setUp: setUpPackages, kind: 'tests', command: () => ['tests/unit/**/*.test.ts'] },
  {
    name: 'integration',
    // For the keyring of the test desktop.
    setUp: setUpTests,
    kind: 'tests',
    // Five files at a time on any machine: they wait more than they work, and have ports and folders of their own.
    command: () => ['--test-concurrency=5', 'tests/integration/**/*.test.ts'],
  },
  {
    name: 'e2e',
    setUp: setUpTests,
    kind: 'tests',
    // One desktop, one tray, one keyring: one test file at a time.
    command: () => ['--test-concurrency=1', 'tests/e2e/**/*.test.ts'],
    onDesktop: true,
  },
  {
    // It locks the keyring, which those of the desktop before it have open.
    name: 'keyring',
    setUp: setUpTests,
    kind: 'tests',
    command: () => ['--test-concurrency=1', 'tests/keyring/**/*.test.ts'],
    onDesktop: true,
  },
  {
    name: 'package',
    setUp: setUpTests,
    kind: 'tests',
    command: () => ['--test-concurrency=1', 'tests/package/**/*.test.ts'],
    onDesktop: true,
  },
  {
    // A minute of set-up and another of tests (docs/release.md, "Windows, by Wine").
    name: 'wine',
    setUp: setUpWine,
    kind: 'tests',
    command: () => ['--test-concurrency=1', 'tests/wine/**/*.test.ts'],
    onlyByName: true,
  },
];

/**
 * @param {readonly string[]} names none means all but those that have to be named
 * @returns {readonly Group[]} in their own order
 * @throws {SetUpError} when a name is no group's
 */
export function chooseGroups(names) {
  const known = groups.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SetUpError(`There is no test group ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  }
  return groups.filter(({ name, onlyByName = false }) =>
    names.length === 0 ? !onlyByName : names.includes(name),
  );
}
