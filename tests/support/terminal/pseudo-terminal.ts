import { spawn, type ChildProcess } from 'node:child_process';
import { until } from '../desktop/until.ts';

/** A program on a terminal of its own, as `script` of util-linux makes one, which every Debian has. */
export class PseudoTerminal implements AsyncDisposable {
  readonly #script: ChildProcess;
  readonly #ended: Promise<number | null>;
  #output = '';

  constructor(
    words: readonly string[],
    variables: Readonly<Record<string, string>>,
    { columns = 80, rows = 24 }: { readonly columns?: number; readonly rows?: number } = {},
  ) {
    const quoted = words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
    // Its own process: a signal to it is one to the program.
    const command = `stty cols ${columns} rows ${rows}; exec ${quoted}`;
    this.#script = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { PATH: process.env['PATH'], TERM: 'xterm-256color', SHELL: '/bin/sh', ...variables },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#script.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.#script.stdin?.on('error', () => undefined);
    this.#ended = new Promise((resolve) => this.#script.once('close', resolve));
  }

  /** All that was shown so far. */
  get output(): string {
    return this.#output;
  }

  /** The same without what a terminal obeys, and with plain line ends. */
  get text(): string {
    return this.#output.replace(/\x1b\][^\x1b]*\x1b\\|\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
  }

  type(text: string): void {
    this.#script.stdin?.write(text);
  }

  /** Waits for a text. */
  shows(text: string | RegExp): Promise<true> {
    const has = () => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text));
    return until(`${String(text)} in ${this.text}`, () => (has() ? true : undefined), 15_000);
  }

  /** The terminal goes away, as a window that is closed. */
  hangUp(): void {
    this.#script.kill('SIGKILL');
  }

  /** The exit code, 128 and more after a signal. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#script.kill('SIGKILL');
    await this.#ended;
  }
}
