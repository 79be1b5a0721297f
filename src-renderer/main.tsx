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
createRoot(root).render(<App bridge={window.latchkey} />);
