import { renderToString } from 'react-dom/server';
import { App } from './shell/app.tsx';
import { NO_COMMANDS } from './state/no-commands.ts';
import type { PageStart } from '../src-preload/contract.ts';
import type { Present } from './state/use-present.ts';

/** For a page that nobody uses yet. */
const BRIDGE = {
  commands: NO_COMMANDS,
  onSnapshot: () => () => undefined,
  onOpenSettings: () => () => undefined,
};

/**
 * The window's page with its first picture in it, drawn by main: it is there to see before a script has run. The state
 * that it shows comes with it as data, for the script to go on from (`main.tsx`).
 *
 * @param template the built `index.html`
 * @throws Error when that has no place for them
 */
export function drawPage(template: string, present: Present, startsAt: PageStart = 'status'): string {
  const picture = renderToString(<App first={present} startsAt={startsAt} bridge={BRIDGE} />);
  // In a page, `<` could end the element that holds the data.
  const data = JSON.stringify({ ...present, startsAt }).replaceAll('<', '\\u003c');
  return fill(
    fill(template, '<div id="root">', picture),
    '<script id="present" type="application/json">',
    data,
  );
}

function fill(template: string, tag: string, content: string): string {
  if (!template.includes(tag)) throw new Error(`No ${tag} in the page`);
  return template.replace(tag, () => tag + content);
}
