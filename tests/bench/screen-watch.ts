import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { desktopVariable } from '../support/desktop/artifacts.ts';
import { frameBufferLayout } from '../support/desktop/screen.ts';

/** How often the screen is looked at, in milliseconds: nobody tells when a frame buffer changes. */
const INTERVAL = 2;
/** Every so many-th row of the screen is looked at: less than a line of text apart. */
const ROW_STEP = 8;
/** How long a picture has to stay as it is to count as painted, in milliseconds. */
const STANDING_STILL = 500;
const TIME_LIMIT = 10_000;

/**
 * Watches what a person would see, the pixels of the X server's frame buffer, until they have changed and stand still
 * again. Answers when the picture that stayed was there, in milliseconds since the epoch: a window that is mapped and
 * still empty, or fades in, is not there yet. The app, its window and the X server are asked nothing.
 */
export async function watchPainting(): Promise<number> {
  using screen = openScreen();
  const deadline = Date.now() + TIME_LIMIT;
  let last = screen.read();
  let changed: number | null = null;
  while (changed === null || Date.now() - changed < STANDING_STILL) {
    if (Date.now() > deadline) throw new Error(`The screen was not painted within ${TIME_LIMIT} ms`);
    await sleep(INTERVAL);
    const now = screen.read();
    if (now.equals(last)) continue;
    last = now;
    changed = Date.now();
  }
  return changed;
}

/** The rows that are looked at, one after the other. */
function openScreen(): { read(): Buffer } & Disposable {
  const file = openSync(desktopVariable('LATCHKEY_TEST_FRAMEBUFFER'), 'r');
  const { offset, stride, height } = frameBufferLayout(file);
  const rows = Math.floor(height / ROW_STEP);
  return {
    read: () => {
      const picture = Buffer.alloc(rows * stride);
      for (let row = 0; row < rows; row += 1) {
        readSync(file, picture, row * stride, stride, offset + row * ROW_STEP * stride);
      }
      return picture;
    },
    [Symbol.dispose]: () => closeSync(file),
  };
}
