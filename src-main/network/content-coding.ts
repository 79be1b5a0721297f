import type { IncomingMessage } from 'node:http';
import { pipeline, Readable, type Duplex } from 'node:stream';

/** So many layers are taken off. */
const MAX_LAYERS = 3;
/** As many bytes as the longest of the marks below. */
const MARK_BYTES = 4;

/**
 * What an answer says, unpacked. Nothing asks for it to be packed, and whoever stands between packs or unpacks it as
 * they please and leaves a header that is not so: its first bytes tell (RFC 1950, 1952, 8878). Of Brotli there is no mark,
 * nor of DEFLATE without what is to be round it (RFC 9110 section 8.4.1.2), so that the header is believed unless the
 * content begins as JSON or a page does. What fails shows where it is read; an end that is missing does not.
 */
export async function unpacked(answer: Readable & Pick<IncomingMessage, 'headers'>): Promise<Readable> {
  const told = /\b(?:br|deflate)\b/i.exec(answer.headers['content-encoding'] ?? '')?.[0].toLowerCase();
  let content: Readable = answer;
  for (let layers = 0; layers < MAX_LAYERS; layers++) {
    const { begin, whole } = await looked(content);
    const unpacker = await unpackerFor(begin, layers === 0 ? told : undefined);
    if (unpacker === null) return whole;
    content = pipeline(whole, unpacker, () => undefined);
  }
  return content;
}

/** Looks at how it begins; the whole is still to be read then. */
async function looked(content: Readable): Promise<{ begin: Buffer; whole: Readable }> {
  const rest = content[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  let begin = Buffer.alloc(0);
  let failure: { readonly error: unknown } | null = null;
  try {
    while (begin.length < MARK_BYTES) {
      const next = await rest.next();
      if (next.done === true) break;
      begin = Buffer.concat([begin, next.value]);
    }
  } catch (error) {
    failure = { error };
  }
  const whole = async function* () {
    if (begin.length > 0) yield begin;
    if (failure !== null) throw failure.error;
    yield* rest;
  };
  return { begin, whole: Readable.from(whole(), { objectMode: false }) };
}

async function unpackerFor(begin: Buffer, told: string | undefined): Promise<Duplex | null> {
  const isGzip = begin[0] === 0x1f && begin[1] === 0x8b;
  const isZlib = begin.length > 1 && ((begin[0] ?? 0) & 0x0f) === 8 && begin.readUInt16BE() % 31 === 0;
  const isZstandard = begin.length >= 4 && begin.readUInt32LE() === 0xfd2fb528;
  // Other white space may be how Brotli begins.
  const isPlain = /^(?:\xef\xbb\xbf)?[ \t\r\n]*[{[<]/.test(begin.toString('latin1'));
  const isMarked = isGzip || isZlib || isZstandard;
  if (!isMarked && (isPlain || told === undefined)) return null;
  const zlib = await import('node:zlib');
  const finishFlush = zlib.constants.Z_SYNC_FLUSH;
  if (isGzip || isZlib) return zlib.createUnzip({ finishFlush });
  if (!isMarked && told === 'br') return zlib.createBrotliDecompress();
  if (!isMarked) return zlib.createInflateRaw({ finishFlush });
  // Node has it since 22.15.
  return 'createZstdDecompress' in zlib ? zlib.createZstdDecompress() : null;
}
