import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { desktopVariable } from './artifacts.ts';

// The few words of the X Window System Protocol (version 11) that a window manager says to close a window, and with
// which a key is pressed: nothing manages windows here, and the desktop's own tools (xwininfo, xsetroot) cannot.

const QUERY_EXTENSION = 98;
const INTERN_ATOM = 16;
const SEND_EVENT = 25;
const CLIENT_MESSAGE = 33;
/** Answers and events are at least so long: section 1, "Protocol Formats". */
const MESSAGE = 32;
const COOKIE_PROTOCOL = 'MIT-MAGIC-COOKIE-1';

/** The keys that a test presses, by their codes on the server's keyboard (evdev's and 8). */
const KEYS = { Escape: 9, Enter: 36, e: 26, s: 39, t: 28 } as const;
export type Key = keyof typeof KEYS;
/** XTEST 2.2: FakeInput, and the two kinds of it that a key is. */
const FAKE_INPUT = 2;
const KEY_EVENTS = [2, 3];

export interface XConnection extends Disposable {
  /** ICCCM 4.2.8.1, "Window Deletion": what a click on the title bar's button sends. */
  askToClose(window: number): Promise<void>;
  /** Presses keys, one after the other, as the keyboard does (XTEST); whoever has the focus, or has grabbed it, gets them. */
  press(keys: readonly Key[]): Promise<void>;
}

/** Connects to the test desktop's X server. */
export async function connectX(): Promise<XConnection> {
  const number = /^:(\d+)/.exec(desktopVariable('DISPLAY'))?.[1] ?? '0';
  // Its abstract address: the file of that name is every such server's on this machine, whatever namespace it is in.
  const socket = connect(`\0/tmp/.X11-unix/X${number}`);
  const read = reader(socket);
  const cookie = readFileSync(desktopVariable('XAUTHORITY')).subarray(-16);
  socket.write(
    Buffer.concat([
      Buffer.from('l\0'), // least significant byte first
      words16(11, 0, COOKIE_PROTOCOL.length, cookie.length, 0),
      padded(Buffer.from(COOKIE_PROTOCOL)),
      cookie,
    ]),
  );
  const answer = await read(8);
  const about = await read(4 * answer.readUInt16LE(6));
  if (answer[0] !== 1) throw new Error(`The X server refused: ${about.toString('latin1')}`);

  const request = (opcode: number, data: number, body: Buffer) =>
    socket.write(Buffer.concat([Buffer.from([opcode, data]), words16(1 + body.length / 4), body]));
  const atom = async (name: string) => {
    request(INTERN_ATOM, 0, Buffer.concat([words16(name.length, 0), padded(Buffer.from(name))]));
    return (await read(MESSAGE)).readUInt32LE(8);
  };
  return {
    askToClose: async (window) => {
      const protocols = await atom('WM_PROTOCOLS');
      const deleteWindow = await atom('WM_DELETE_WINDOW');
      const event = Buffer.alloc(MESSAGE);
      event.set([CLIENT_MESSAGE, 32]);
      [window, protocols, deleteWindow].forEach((word, at) => event.writeUInt32LE(word, 4 + 4 * at));
      request(SEND_EVENT, 0, Buffer.concat([words32(window, 0), event]));
      // Its answer tells that what came before it was carried out.
      await atom('WM_PROTOCOLS');
    },
    press: async (keys) => {
      const name = 'XTEST';
      request(QUERY_EXTENSION, 0, Buffer.concat([words16(name.length, 0), padded(Buffer.from(name))]));
      const extension = (await read(MESSAGE))[9] ?? 0;
      for (const key of keys) {
        for (const kind of KEY_EVENTS) {
          const input = Buffer.alloc(MESSAGE);
          input.set([kind, KEYS[key]]);
          request(extension, FAKE_INPUT, input);
        }
      }
      // Its answer tells that what came before it was carried out.
      await atom('WM_PROTOCOLS');
    },
    [Symbol.dispose]: () => socket.destroy(),
  };
}

/** Answers come in order, and we ask one thing at a time. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let ahead = Buffer.alloc(0);
  return async (length) => {
    while (ahead.length < length) {
      const next = await chunks.next();
      if (next.done === true) throw new Error('The X server hung up');
      ahead = Buffer.concat([ahead, next.value]);
    }
    const answer = ahead.subarray(0, length);
    ahead = ahead.subarray(length);
    return answer;
  };
}

function words16(...values: readonly number[]): Buffer {
  return Buffer.from(Uint16Array.from(values).buffer);
}

function words32(...values: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(values).buffer);
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc(-data.length & 3)]);
}
