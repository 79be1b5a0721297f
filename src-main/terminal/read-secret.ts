import type { Terminal } from './terminal.ts';

/** No secret that is asked for is longer. */
const MOST = 8_192;

/**
 * A secret from standard input: on a terminal one line that is not shown, else all there is. `null` for a no: Ctrl-C, or
 * more than a secret could be.
 */
export async function readSecret(
  question: string,
  { interactive }: Pick<Terminal, 'interactive'>,
): Promise<string | null> {
  return interactive ? readUnseen(question) : readWhole();
}

async function readWhole(): Promise<string | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/** In raw mode nothing is echoed, and every key is ours to understand. */
async function readUnseen(question: string): Promise<string | null> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  try {
    return await new Promise((answer) => {
      let text = '';
      stdin.on('end', () => answer(null));
      stdin.on('data', (typed: string) => {
        // Bracketed paste: what a terminal puts around it.
        for (const key of typed.replaceAll(/\x1b\[20[01]~/g, '')) {
          if (key === '\r' || key === '\n') answer(text);
          else if (key === '\x03' || (key === '\x04' && text === '') || text.length > MOST) answer(null);
          else if (key === '\x7f' || key === '\b') text = text.slice(0, -1);
          else if (key === '\x15') text = '';
          else text += key;
        }
      });
    });
  } finally {
    stdin.setRawMode(false);
    stdin.removeAllListeners('data').removeAllListeners('end').pause();
    stderr.write('\n');
  }
}
