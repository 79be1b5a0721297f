import { format, resolveConfig } from 'prettier';

export const STATES = ['signed-out', 'signing-in', 'valid', 'expiring', 'needs-you', 'trouble'];

/**
 * The states' drawings as a module of the renderer (src-renderer/controls/state-drawings.tsx): inside the page, where a
 * picture from a file would have to be fetched first.
 *
 * @param {Readonly<Record<string, string>>} svgs the drawings, by state
 * @param {string} file where the module goes
 * @returns {Promise<string>}
 */
export async function stateDrawings(svgs, file) {
  const drawings = Object.entries(svgs).map(([state, svg]) => `'${state}': <>${inReact(svg)}</>,`);
  const source = `// Made by scripts/icons.mjs from assets/icons/src: a drawing is changed there.
import type { ReactNode } from 'react';
import type { IconState } from '../../src-main/words/tray-tooltip-words.ts';

/** The tray icon's pictures, on a grid of 16 and in \`currentColor\`. */
export const STATE_DRAWINGS: Readonly<Record<IconState, ReactNode>> = {
${drawings.join('\n')}
};
`;
  return format(source, { ...(await resolveConfig(file)), filepath: file });
}

/** What is inside the drawing, in React's spelling: `fillRule` for `fill-rule`. @param {string} svg */
function inReact(svg) {
  const inside = /<svg[^>]*>([^]*)<\/svg>/.exec(svg)?.[1];
  if (inside === undefined) throw new Error(`No drawing: ${svg}`);
  return inside
    .replace(/<!--[^]*?-->/g, '')
    .replace(
      / ([a-z]+)-([a-z])([a-z]*)=/g,
      (_, word, first, rest) => ` ${word}${first.toUpperCase()}${rest}=`,
    )
    .trim();
}
