import { hydrateRoot } from 'react-dom/client';
import type { LatchkeyBridge, PageStart } from '../src-preload/contract.ts';
import { App } from './shell/app.tsx';
import type { Present } from './state/use-present.ts';

declare global {
  interface Window {
    /** From the preload script: the page's only way out. */
    readonly latchkey: LatchkeyBridge;
  }
}

const [root, present] = [document.getElementById('root'), document.getElementById('present')];
if (root === null || present === null) throw new Error('This is not the page that draw-page.tsx draws');
const { startsAt, ...first } = JSON.parse(present.textContent) as Present & { readonly startsAt: PageStart };
hydrateRoot(root, <App first={first} startsAt={startsAt} bridge={window.latchkey} />);
