import { FailureError } from './failure.ts';

/** What is told of an error to whoever has to mend it: no message, since a foreign one may quote a token, and no path. */
export interface ErrorTrace {
  readonly class: string;
  /** A failure's code, or what the system calls it; `null` for none. */
  readonly code: string | null;
  /** Of our own files only, the innermost first: "save vault.ts:12:34". */
  readonly frames: readonly string[];
}

export const CLASS = /^[A-Za-z]\w{0,40}$/;
export const FRAME = /^[\w$.<>[\] ]{0,60} [\w.-]{1,60}:\d{1,7}:\d{1,7}$/;
export const MOST_FRAMES = 10;

/** The system's codes and Node's; anything else an error calls its code may be a secret. */
const CODE = /^[A-Z][A-Z\d_]{1,40}$/;
/** A frame as V8 writes it, with or without the function's name. */
const WRITTEN_FRAME = /^ {4}at (?:(.+) \()?(\S+?):(\d+):(\d+)\)?$/;

/** @param ownFiles what the addresses of our own files begin with */
export function traceOf(error: unknown, ownFiles: string): ErrorTrace {
  if (!(error instanceof Error)) return { class: typeof error, code: null, frames: [] };
  return {
    class: CLASS.test(error.name) ? error.name : 'Error',
    code: codeOf(error),
    frames: framesOf(error, ownFiles),
  };
}

function codeOf(error: Error): string | null {
  if (error instanceof FailureError) return error.code;
  return 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : null;
}

function framesOf({ stack = '', message }: Error, ownFiles: string): readonly string[] {
  // The message comes first, and may have lines that look like frames.
  const begin = stack.indexOf(message);
  if (begin === -1) return [];
  return stack
    .slice(begin + message.length)
    .split('\n')
    .flatMap((line) => {
      const [, name = '', address = '', row = '', column = ''] = WRITTEN_FRAME.exec(line) ?? [];
      if (!address.startsWith(ownFiles)) return [];
      const frame = `${name} ${address.slice(address.lastIndexOf('/') + 1)}:${row}:${column}`;
      return FRAME.test(frame) ? [frame] : [];
    })
    .slice(0, MOST_FRAMES);
}
