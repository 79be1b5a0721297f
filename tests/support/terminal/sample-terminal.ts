import { painted, type Line } from '../../../src-main/terminal/line.ts';
import type { Terminal } from '../../../src-main/terminal/terminal.ts';
import { NOW } from '../snapshots.ts';

/** A terminal that keeps what it is told, as the text that a pipe would get. */
export function sampleTerminal(changes: Partial<Terminal> = {}) {
  let [out, error] = ['', ''];
  const text = (line: Line) => `${painted(line, { colour: false, links: false })}\n`;
  const terminal: Terminal = {
    out: (line) => (out += text(line)),
    error: (line) => (error += text(line)),
    draw: (drawn) => (out += drawn),
    isRead: () => true,
    screen: { isTerminal: false, colour: false, links: false, columns: () => null },
    interactive: false,
    variables: {},
    now: () => NOW,
    ...changes,
  };
  return {
    terminal,
    /** Without the end of the last line. */
    said: () => ({ out: out.replace(/\n$/, ''), error: error.replace(/\n$/, '') }),
  };
}
