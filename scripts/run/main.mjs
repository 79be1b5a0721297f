import { SetUpError } from '../set-up/set-up-error.mjs';

/**
 * Runs a command of the checkout and ends with its exit code. What keeps it from running is told in words.
 *
 * @param {(args: readonly string[]) => Promise<number>} command
 */
export async function main(command) {
  try {
    process.exitCode = await command(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
