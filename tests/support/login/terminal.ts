import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';
import type { User } from '../desktop/ordinary-user.ts';
import type { Stage } from './signed-in.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const approveProgram = fileURLToPath(new URL('../practice/approve.ts', import.meta.url));

/** What of the command the tests run, as `vite.config.ts` names it. */
const TERMINAL_FILES = ['terminal_latchkey', 'terminal_node_command', 'terminal_keychain_helper'];

/** A browser that approves at once, as BROWSER has it. */
export const approvingBrowser = `${process.execPath} ${approveProgram}`;

/** The contract's variables for the companion to meet the stage's login. */
export function variablesOf(
  { server, configFile, dataDir, folder }: Stage,
  callbackPort: number,
): Record<string, string> {
  return {
    HOME: folder,
    LATCHKEY_AUTHORIZE_URL: server.authorizeUrl,
    LATCHKEY_TOKEN_URL: server.tokenUrl,
    LATCHKEY_API_URL: server.apiUrl,
    LATCHKEY_CONFIG_FILE: configFile,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_CALLBACK_PORT: String(callbackPort),
  };
}

/** How a run of the companion ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Run {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The terminal companion as it ships, from the sources of now; far from `node_modules`, so without a keychain. */
export class BuiltTerminal implements AsyncDisposable {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<BuiltTerminal> {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-terminal-'));
    const settings = { build: { outDir: folder, emptyOutDir: false, sourcemap: false } } as const;
    const builder = await createBuilder({
      configFile: join(checkout, 'vite.config.ts'),
      logLevel: 'error',
      environments: Object.fromEntries(TERMINAL_FILES.map((name) => [name, settings])),
    });
    for (const name of TERMINAL_FILES) {
      const environment = builder.environments[name];
      if (environment === undefined) throw new Error(`vite.config.ts has no ${name}`);
      await builder.build(environment);
    }
    // Whoever runs it.
    await chmod(folder, 0o755);
    return new BuiltTerminal(folder);
  }

  /** From now on keytar is installed beside it, and with that a keychain at hand. */
  async installKeychain(): Promise<void> {
    const here = join(this.#folder, 'node_modules');
    await rm(here, { force: true });
    await symlink(join(checkout, 'node_modules'), here);
  }

  /** The program, as words of a command line. */
  get program(): readonly [string, string] {
    return [process.execPath, join(this.#folder, 'latchkey.cjs')];
  }

  /**
   * @param words as a person types them after `latchkey`
   * @param user who types them; `null` for whom we are
   */
  start(
    words: readonly string[],
    variables: Readonly<Record<string, string>>,
    user: User | null = null,
  ): Run {
    return running(process.execPath, [join(this.#folder, 'latchkey.cjs'), ...words], variables, user);
  }

  run(
    words: readonly string[],
    variables: Readonly<Record<string, string>>,
    user: User | null = null,
  ): Promise<Ended> {
    return this.start(words, variables, user).ended;
  }

  /** The same from within something. @param enter makes the command that runs another one in there */
  runIn(
    enter: (words: readonly string[]) => readonly string[],
    words: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const [command = '', ...args] = enter([process.execPath, join(this.#folder, 'latchkey.cjs'), ...words]);
    return running(command, args, variables, null).ended;
  }

  /** The same as root of mounts that it alone sees. @param setUp commands for a shell */
  runWithMounts(
    setUp: readonly string[],
    words: readonly string[],
    variables: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const script = [...setUp, 'exec "$@"'].join(' && ');
    const program = [process.execPath, join(this.#folder, 'latchkey.cjs'), ...words];
    return running('unshare', ['-rm', 'sh', '-c', script, 'sh', ...program], variables, null).ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function running(
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  user: User | null,
): Run {
  const child = spawn(command, args, {
    env: { BROWSER: approvingBrowser, PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
  const [out, error]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk));
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) =>
      resolve({ code, out: Buffer.concat(out).toString(), error: Buffer.concat(error).toString() }),
    ),
  );
  return { process: child, ended };
}
