import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { LatchkeyBridge } from '../src-preload/contract.ts';
import { App } from './app.tsx';
import './styles/index.css';

declare global {
  interface Window {
    /** From the preload script: the page's only way out. */
    readonly latchkey: LatchkeyBridge;
  }
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// At once: main shows the window as soon as the page has a first picture, and that is to be this one.
flushSync(() => createRoot(root).render(<App bridge={window.latchkey} />));
