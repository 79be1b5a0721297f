/** How a piece of a line looks on a terminal that shows it. */
export type Style = 'good' | 'soon' | 'bad' | 'faint' | 'code';

export interface Span {
  readonly text: string;
  readonly style?: Style;
  /** Where a click on it leads, on a terminal that has links. */
  readonly href?: string;
}

/** A line for a person: pieces, so that what comes from a file can neither colour nor command the terminal. */
export type Line = string | readonly Span[];

/** What the terminal can show, and may. */
export interface Look {
  readonly colour: boolean;
  readonly links: boolean;
}

/** Select Graphic Rendition, ECMA-48 section 8.3.117; `code`: black on white, whatever the terminal's colours are. */
const CODES: Readonly<Record<Style, string>> = {
  good: '32',
  soon: '33',
  bad: '31',
  faint: '2',
  code: '30;107',
};

/** Ids come from a file that others write: they must not command the terminal. */
const plain = (text: string) => text.replace(/\p{Cc}/gu, '');

/** The line as it is written. */
export function painted(line: Line, { colour, links }: Look): string {
  if (typeof line === 'string') return plain(line);
  return line
    .map(({ text, style, href }) => {
      const bare = plain(text);
      const linked =
        href === undefined || !links ? bare : `\x1b]8;;${plain(href)}\x1b\\${bare}\x1b]8;;\x1b\\`;
      return style === undefined || !colour ? linked : `\x1b[${CODES[style]}m${linked}\x1b[0m`;
    })
    .join('');
}
