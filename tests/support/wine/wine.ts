import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/set-up/paths.mjs';
import { windowsNodeExecutable } from '../../../scripts/set-up/windows-node.mjs';

const run = promisify(execFile);

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A Windows of the test's own, as Wine has it: disk C: in a folder, and this machine's files on Z:. */
export class Wine implements AsyncDisposable {
  readonly #prefix = mkdtempSync(join(tmpdir(), 'wine-'));
  readonly #running = new Set<ChildProcess>();
  #count = 0;

  static async start(): Promise<Wine> {
    const wine = new Wine();
    const env = wine.#environment({});
    await run('wine', ['wineboot', '--init'], { env });
    // Wine says that it is an older Windows, which Node does not run on.
    await run('wine', ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], { env });
    return wine;
  }

  /** Where a path of Windows lies here. */
  here(path: string): string {
    return join(this.#prefix, 'drive_c', ...path.replace(/^C:\\/, '').split('\\'));
  }

  /** The checkout's file, as Windows names it. */
  static file(name: string): string {
    return `Z:${join(root, name).replaceAll('/', '\\')}`;
  }

  /** Runs Node to its end. */
  node(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.begin(args, variables).ended;
  }

  /** Node under Wine writes to files only, not to pipes. */
  begin(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    const paths = ['out', 'error'].map((name) => join(this.#prefix, `${name}-${this.#count}`));
    this.#count += 1;
    const files = paths.map((path) => openSync(path, 'w'));
    const child = spawn('wine', [windowsNodeExecutable, ...args], {
      env: this.#environment(variables),
      stdio: ['ignore', ...files],
      timeout: 60_000,
    });
    files.forEach(closeSync);
    this.#running.add(child);
    const [out = '', error = ''] = paths;
    const read = (path: string) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
    const ended = once(child, 'exit').then(([code]): Ran => {
      this.#running.delete(child);
      return { code: code as number | null, out: read(out), error: read(error) };
    });
    return { child, ended, said: () => read(out) };
  }

  /** The built command. */
  latchkey(words: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.node([Wine.file('out/terminal/latchkey.cjs'), ...words], variables);
  }

  write(path: string, text: string): void {
    writeFileSync(this.here(path), text);
  }

  read(path: string): string {
    return readFileSync(this.here(path), 'utf8');
  }

  #environment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(LATCHKEY_|DISPLAY$|NODE_TEST_CONTEXT$)/.test(name),
    );
    // Which name the person has there is Wine's to say.
    return {
      ...Object.fromEntries(own),
      WINEPREFIX: this.#prefix,
      TMPDIR: this.#prefix,
      WINEDEBUG: '-all',
      ...variables,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    // Its own server only: it goes by the folder.
    await run('wine', ['wineboot', '--kill'], { env: this.#environment({}) }).catch(() => undefined);
    rmSync(this.#prefix, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
