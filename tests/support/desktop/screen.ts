import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { desktopVariable, keepArtifact } from './artifacts.ts';
import { crop, encodePng, type Picture } from './png.ts';

const run = promisify(execFile);

/** The whole screen as it is now. */
export function readScreen(): Picture {
  const file = openSync(desktopVariable('LATCHKEY_TEST_FRAMEBUFFER'), 'r');
  try {
    const { offset, stride, width, height } = frameBufferLayout(file);
    const pixels = Buffer.alloc(stride * height);
    readSync(file, pixels, 0, pixels.length, offset);
    const rgba = Buffer.alloc(width * height * 4);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const bgra = pixels.readUInt32LE(y * stride + x * 4);
        rgba.writeUInt32BE(((bgra << 8) | 0xff) >>> 0, (y * width + x) * 4);
      }
    }
    return { width, height, rgba };
  } finally {
    closeSync(file);
  }
}

export interface FrameBufferLayout {
  /** Of the first pixel in the file, in bytes. */
  readonly offset: number;
  /** From one row to the next, in bytes. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** Xvfb(1), -fbdir: the frame buffer is a file in xwd format (X11/XWDFile.h), header words big-endian. */
export function frameBufferLayout(file: number): FrameBufferLayout {
  const header = Buffer.alloc(100);
  readSync(file, header, 0, header.length, 0);
  const word = (index: number) => header.readUInt32BE(index * 4);
  const bitsPerPixel = word(11);
  if (bitsPerPixel !== 32) throw new Error(`A screen of 32 bits a pixel was expected, not ${bitsPerPixel}`);
  return { offset: word(0) + word(19) * 12, stride: word(12), width: word(4), height: word(5) };
}

/** Keeps a picture of the whole screen as `artifacts/<name>.png`; answers its path. */
export function captureScreen(name: string): string {
  return keepArtifact(`${name}.png`, encodePng(readScreen()));
}

/** Keeps a picture of the window with exactly this title as `artifacts/<name>.png`; answers its path. */
export async function captureWindow(title: string, name: string): Promise<string> {
  const { stdout } = await run('xwininfo', ['-name', title]);
  const number = (label: string) => {
    const [, value] = new RegExp(`${label}:\\s+(-?\\d+)`).exec(stdout) ?? [];
    if (value === undefined) throw new Error(`xwininfo does not tell "${label}" of the window "${title}"`);
    return Number(value);
  };
  const area = {
    x: number('Absolute upper-left X'),
    y: number('Absolute upper-left Y'),
    width: number('Width'),
    height: number('Height'),
  };
  return keepArtifact(`${name}.png`, encodePng(crop(readScreen(), area)));
}

/** Makes the panel dark or light. */
export async function setPanelTheme(theme: 'dark' | 'light'): Promise<void> {
  await run('xfconf-query', ['-c', 'xfce4-panel', '-p', '/panels/dark-mode', '-s', String(theme === 'dark')]);
}
