import { format, resolveConfig } from 'prettier';
import { partsOf, STATES } from './tray-parts.mjs';

/**
 * The states' drawings as a module of the renderer (src-renderer/controls/state-drawings.tsx): inside the page, where a
 * picture from a file would have to be fetched first.
 *
 * @param {string} sheet the text of assets/icons/src/tray.svg
 * @param {string} file where the module goes
 * @returns {Promise<string>}
 */
export async function stateDrawings(sheet, file) {
  const drawings = STATES.map((state) => {
    const { plate, badge } = partsOf(sheet, state, 'plate');
    const mark = badge === null ? '' : `<path className="state-badge" fillRule="evenodd" d="${badge}" />`;
    return `'${state}': <><path fillRule="evenodd" d="${plate}" />${mark}</>,`;
  });
  const source = `// Made by scripts/icons.mjs from assets/icons/src: a drawing is changed there.
import type { ReactNode } from 'react';
import type { IconState } from '../../src-main/words/tray-tooltip-words.ts';

/** The tray icon's pictures, on a grid of 16: a plate, and a badge in its corner. */
export const STATE_DRAWINGS: Readonly<Record<IconState, ReactNode>> = {
${drawings.join('\n')}
};
`;
  return format(source, { ...(await resolveConfig(file)), filepath: file });
}
