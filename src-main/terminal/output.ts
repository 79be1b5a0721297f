import { writeSync } from 'node:fs';

/** A moment for whoever reads slowly; milliseconds. */
const PATIENCE = 5;

/**
 * Standard output and standard error, written at once. Not through `process.stdout`: that would make a pipe one that does
 * not wait for its reader, also for the program that comes after us.
 */
export class Output {
  #failure: string | null = null;
  readonly #gone = new Set<number>();

  /** Why something could not be written, though somebody still read; `null` while all was. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Whether the reader of standard output is still there, as far as is known. */
  get isRead(): boolean {
    return !this.#gone.has(1);
  }

  out(text: string): void {
    this.#write(1, text);
  }

  error(text: string): void {
    this.#write(2, text);
  }

  #write(fd: number, text: string): void {
    let rest = Buffer.from(text);
    while (rest.length > 0 && !this.#gone.has(fd)) {
      try {
        rest = rest.subarray(writeSync(fd, rest));
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
        if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
        else {
          this.#gone.add(fd);
          // Whoever read along has enough, or hung up: what is under way goes on all the same.
          if (code !== 'EPIPE' && code !== 'EIO') this.#failure = code;
        }
      }
    }
  }
}
