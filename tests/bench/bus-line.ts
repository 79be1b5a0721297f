import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A method of an object on the session bus that takes no more than a body of numbers. */
export interface BusMethod {
  readonly service: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Of the body: DBus specification, "Basic types". */
  readonly signature: string;
  readonly body: Buffer;
}

/**
 * A connection to the session bus that lasts, as a panel has it, and asks one thing at a time. `busctl`, which tests
 * use, is a process for each question: to begin that takes longer than the answer, and most where the machine is busy.
 */
export class BusLine implements Disposable {
  readonly #socket: Socket;
  #unread: Buffer = Buffer.alloc(0);
  #onData: () => void = () => undefined;
  #serial = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#unread = Buffer.concat([this.#unread, chunk]);
      this.#onData();
    });
  }

  static async open(): Promise<BusLine> {
    const [, path] = /unix:path=([^,;]+)/.exec(process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '') ?? [];
    if (path === undefined) throw new Error('There is no session bus');
    const socket = connect(path);
    await once(socket, 'connect');
    const line = new BusLine(socket);
    // "Authentication Protocol", EXTERNAL: the user's number in hexadecimal digits.
    const user = Buffer.from(String(process.getuid?.())).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    await line.#until(() => line.#unread.includes('\r\n'));
    line.#unread = Buffer.alloc(0);
    socket.write('BEGIN\r\n');
    const bus = { service: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' };
    await line.call({ ...bus, member: 'Hello', signature: '', body: Buffer.alloc(0) });
    return line;
  }

  /** Asks; answers how many milliseconds the answer took. */
  async call(method: BusMethod): Promise<number> {
    const began = performance.now();
    this.#socket.write(message(method, ++this.#serial));
    for (;;) {
      await this.#until(() => this.#unread.length >= 16 && this.#unread.length >= lengthOf(this.#unread));
      const type = this.#unread[1];
      this.#unread = this.#unread.subarray(lengthOf(this.#unread));
      if (type === METHOD_RETURN) return performance.now() - began;
      if (type === ERROR) throw new Error(`${method.member} failed`);
      // A signal to everybody.
    }
  }

  async #until(isThere: () => boolean): Promise<void> {
    while (!isThere()) await new Promise<void>((resolve) => (this.#onData = resolve));
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

// "Message Format": all numbers little-endian.

const METHOD_CALL = 1;
const METHOD_RETURN = 2;
const ERROR = 3;

const padded = (length: number, to: number) => Math.ceil(length / to) * to;

function lengthOf(head: Buffer): number {
  return 16 + padded(head.readUInt32LE(12), 8) + head.readUInt32LE(4);
}

function message({ service, path, interface: room, member, signature, body }: BusMethod, serial: number) {
  const fields = [
    field(1, 'o', path),
    field(2, 's', room),
    field(3, 's', member),
    field(6, 's', service),
    ...(signature === '' ? [] : [field(8, 'g', signature)]),
  ];
  // Each begins at a multiple of eight; the last one's padding is no part of the list.
  const list = Buffer.concat(fields.map((each, index) => (index < fields.length - 1 ? pad(each, 8) : each)));
  const head = Buffer.alloc(16);
  head.write('l');
  head.writeUInt8(METHOD_CALL, 1);
  head.writeUInt8(1, 3);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial, 8);
  head.writeUInt32LE(list.length, 12);
  return Buffer.concat([head, pad(list, 8), body]);
}

/** A code and a variant. */
function field(code: number, type: 'o' | 's' | 'g', text: string): Buffer {
  const start = Buffer.from([code, 1, type.charCodeAt(0), 0]);
  const length = Buffer.alloc(type === 'g' ? 1 : 4);
  if (type === 'g') length.writeUInt8(text.length);
  else length.writeUInt32LE(text.length);
  return Buffer.concat([start, length, Buffer.from(`${text}\0`)]);
}

function pad(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length, to) - bytes.length)]);
}
