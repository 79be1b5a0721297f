import type { Figure } from './figure.ts';
import { measureClosing } from './window-closing.ts';
import { measureCounting } from './window-counting.ts';
import { measureOpening } from './window-opening.ts';

/** How soon the window is there, what it uses while it is, and what it leaves behind. */
export async function measureWindow(): Promise<readonly Figure[]> {
  return [...(await measureOpening()), ...(await measureCounting()), ...(await measureClosing())];
}
