import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { desktopVariable, keepArtifact } from './artifacts.ts';
import { crop, encodePng, type Picture } from './png.ts';

const run = promisify(execFile);

/** The whole screen as it is now. */
export function readScreen(): Picture {
  // Xvfb(1), -fbdir: the frame buffer is a file in xwd format (X11/XWDFile.h), header words big-endian.
  const file = readFileSync(desktopVariable('LATCHKEY_TEST_FRAMEBUFFER'));
  const word = (index: number) => file.readUInt32BE(index * 4);
  const [headerSize, width, height, bitsPerPixel, bytesPerLine, colors] = [0, 4, 5, 11, 12, 19].map(word);
  if (bitsPerPixel !== 32)
    throw new Error(`A screen of 32 bits a pixel was expected, not ${String(bitsPerPixel)}`);
  const [w = 0, h = 0, stride = 0] = [width, height, bytesPerLine];
  const pixels = (headerSize ?? 0) + (colors ?? 0) * 12;
  const rgba = Buffer.alloc(w * h * 4);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const [from, to] = [pixels + y * stride + x * 4, (y * w + x) * 4];
      rgba.writeUInt32BE(((file.readUInt32LE(from) << 8) | 0xff) >>> 0, to);
    }
  }
  return { width: w, height: h, rgba };
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
