import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { ErrorTrace } from '../domain/error-trace.ts';
import type { Instant } from '../domain/instant.ts';
import { logLine, type LogLine, type LogPlace, type ReportError } from '../domain/log-line.ts';

const NAME = 'errors.jsonl';
/** The one before, as the library names it. */
const OLDER_NAME = `${NAME}.1`;

/**
 * A file that is so large is followed by the next, two in all. With the line that makes it so it stays within 512 KiB:
 * none is longer than the 12 that are left, since each of its parts is bounded.
 */
const SIZE_KIB = 500;

/** Whatever fails over and over must not fill the memory. */
const MOST_WAITING = 100;

interface ErrorLogOptions {
  /** Ours alone (0700), as are the files (0600). Made when there is something to write. */
  readonly folder: string;
  /** What the addresses of our own files begin with. */
  readonly ownFiles: string;
  readonly now: () => Instant;
}

/**
 * What developers see of errors: one line of JSON for each. What cannot be written is not: a log is no reason to fail.
 * Between two errors no file is open, so that several processes write to the same one.
 */
export class ErrorLog {
  readonly #options: ErrorLogOptions;
  readonly #waiting: LogLine[] = [];
  #writing: Promise<void> | null = null;

  constructor(options: ErrorLogOptions) {
    this.#options = options;
  }

  readonly report: ReportError = (place, error, request) => {
    const { ownFiles, now } = this.#options;
    this.#add(logLine(now(), place, error, ownFiles, request));
  };

  /** The same for an error that another process met. */
  reportTrace(place: LogPlace, trace: ErrorTrace): void {
    this.#add({ at: new Date(this.#options.now()).toISOString(), place, ...trace, causes: [] });
  }

  /** Resolves when all that was reported is on disk, or cannot be. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** The latest lines, oldest first. */
  async last(count: number): Promise<readonly unknown[]> {
    await this.flush();
    const [older, newer] = await Promise.all([this.#linesOf(OLDER_NAME), this.#linesOf(NAME)]);
    return [...older, ...newer].slice(-count);
  }

  #add(line: LogLine): void {
    if (this.#waiting.length >= MOST_WAITING) return;
    this.#waiting.push(line);
    this.#writing ??= this.#write().finally(() => (this.#writing = null));
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      try {
        await this.#append(this.#waiting.splice(0));
      } catch {
        // There is nobody left to tell.
      }
    }
  }

  async #append(lines: readonly LogLine[]): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // One that was there already, perhaps for others to read.
    await chmod(folder, 0o700);
    const { createStream } = await import('rotating-file-stream');
    const stream = createStream(NAME, { path: folder, size: `${SIZE_KIB}K`, rotate: 1, mode: 0o600 });
    const written = finished(stream);
    // Each by itself: after each the size is looked at.
    for (const line of lines) stream.write(`${JSON.stringify(line)}\n`);
    stream.end();
    await written;
  }

  async #linesOf(name: string): Promise<readonly unknown[]> {
    const text = await readFile(join(this.#options.folder, name), 'utf8').catch(() => '');
    return text.split('\n').flatMap((line): unknown[] => {
      try {
        return [JSON.parse(line)];
      } catch {
        // Cut short by a crash, or the end.
        return [];
      }
    });
  }
}
