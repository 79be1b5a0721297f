import { renderUnicodeCompact } from 'uqr';
import type { Line } from './line.ts';
import type { Screen } from './screen.ts';

const INDENT = '  ';
/** What a QR code keeps free around itself (ISO/IEC 18004, section 6.3.8), as far as a terminal has room for it. */
const QUIET_ZONE = 2;

/**
 * The authorization URL as a person gets it into a browser: a link in one row where the terminal makes links; else whole,
 * in a line of its own, so that nothing comes along when it is copied.
 */
export function addressLines(
  url: string,
  { qr }: { readonly qr: boolean },
  { columns, links, colour }: Pick<Screen, 'columns' | 'links' | 'colour'>,
): readonly Line[] {
  const width = columns();
  const label = `${INDENT}Authorization URL: `;
  const room = (width ?? Infinity) - label.length - 1;
  const shown = url.length <= room ? url : `${url.slice(0, Math.max(8, room - 1))}…`;
  const address: readonly Line[] = links
    ? [[{ text: label }, { text: shown, href: url }]]
    : [`${label}${url}`];
  return qr ? [...address, '', ...qrLines(url, width, colour)] : address;
}

function qrLines(url: string, columns: number | null, colour: boolean): readonly Line[] {
  // As low a correction as there is makes the smallest picture, and a screen has no scratches.
  const rows = renderUnicodeCompact(url, { ecc: 'L', border: QUIET_ZONE, invert: true }).split('\n');
  const width = Math.max(...rows.map((row) => row.length));
  if (columns !== null && columns < width) {
    return [`${INDENT}⚠ A QR code of this address is ${width} columns wide, and the terminal ${columns}.`];
  }
  return rows.map((row): Line => (colour ? [{ text: row, style: 'code' }] : row));
}
