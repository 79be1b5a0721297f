import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '../login/environment.ts';
import { forkKeychainHelper } from '../vault/keychain/keychain.ts';
import { runCommand } from './whole.ts';

declare const __VERSION__: string;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The whole command, on Node. */
export async function run(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  // Node 22 warns of its SQLite, which is no business of whoever types a command.
  process.removeAllListeners('warning');
  // Node would then take any certificate for the service's. A program that we run gets it all the same.
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.exitCode = await runCommand(words, {
    version: __VERSION__,
    variables,
    // CommonJS has paths there, not addresses.
    ownFiles: file('.'),
    program: [process.execPath, process.argv[1] ?? file('latchkey.cjs')],
    startKeychainHelper: () => forkKeychainHelper(file('keychain-helper.cjs')),
    standInRuntime: null,
    packageKind: 'npm',
    readEnvironment: () => readEnvironment(variables, process.platform, homedir()),
  });
}
