import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Arguments } from './arguments.ts';
import { runBeside } from './run-instead.ts';
import type { Terminal } from './terminal.ts';

/** Beside the program in the tarball; no desktop package has them. */
const SERVER = fileURLToPath(new URL('practice-server.cjs', import.meta.url));
const APPROVER = fileURLToPath(new URL('practice-approve.cjs', import.meta.url));

/** What `tests/support/practice/practice-server.ts` promises. */
interface ServerModule {
  readonly startPracticeServer: () => Promise<{
    readonly authorizeUrl: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly close: () => Promise<void>;
  }>;
}

/** Whether this build has a practice server with it. */
export function hasPractice(): boolean {
  return existsSync(SERVER);
}

const WELCOME: readonly string[] = [
  'This is practice: a server on this computer, and no real account. Try:',
  '',
  '  latchkey login                  its browser approves by itself where there is no display',
  '  latchkey status',
  '  latchkey token',
  '  latchkey exec -- sh -c \'echo "$CLAUDE_CODE_OAUTH_TOKEN"\'',
  '  curl -s "$LATCHKEY_API_URL/practice/key" | latchkey key set',
  '',
  'It ends, and forgets everything, with this shell: exit',
];

/** `latchkey practice`: a shell, or another command, for which everything points to a practice server of its own. */
export async function practiceCommand(
  { operands }: Pick<Arguments, 'operands'>,
  { variables, error }: Pick<Terminal, 'variables' | 'error'>,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-practice-'));
  const { startPracticeServer } = createRequire(import.meta.url)(SERVER) as ServerModule;
  const server = await startPracticeServer();
  try {
    const environment = {
      ...defined(variables),
      LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
      LATCHKEY_TOKEN_URL: server.tokenUrl,
      LATCHKEY_API_URL: server.apiUrl,
      LATCHKEY_CONFIG_FILE: join(folder, 'config.yaml'),
      LATCHKEY_DATA_DIR: join(folder, 'data'),
      // With a display it is a person who approves, in a browser of theirs.
      BROWSER: approverIn(folder),
    };
    if (operands.length === 0) WELCOME.forEach(error);
    return await runBeside(operands.length === 0 ? [shellOf(variables)] : operands, environment, error);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program of one word: what BROWSER says is split at spaces. */
function approverIn(folder: string): string {
  const path = join(folder, 'approve');
  const quoted = [process.execPath, APPROVER].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`, { mode: 0o700 });
  return path;
}

function shellOf(variables: Terminal['variables']): string {
  if (process.platform === 'win32') return variables['ComSpec'] ?? 'cmd.exe';
  return variables['SHELL'] ?? '/bin/sh';
}

function defined(variables: Terminal['variables']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
