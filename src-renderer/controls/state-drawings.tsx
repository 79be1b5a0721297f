// Made by scripts/icons.mjs from assets/icons/src: a drawing is changed there.
import type { ReactNode } from 'react';
import type { IconState } from '../../src-main/words/tray-tooltip-words.ts';

/** The tray icon's pictures, on a grid of 16 and in `currentColor`. */
export const STATE_DRAWINGS: Readonly<Record<IconState, ReactNode>> = {
  'signed-out': (
    <>
      <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M9 7.732 10 12H6l1-4.268a2 2 0 1 1 2 0Z" />
    </>
  ),
  'signing-in': (
    <>
      <path fill="none" stroke="currentColor" strokeWidth="2" d="M7 1h1a7 7 0 0 1 0 14H7" />
      <path
        fillRule="evenodd"
        d="M4 4a4 4 0 0 1 3.873 3H12v4h-2V9H7.873A4 4 0 1 1 4 4Zm0 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z"
      />
    </>
  ),
  valid: (
    <>
      <path
        fillRule="evenodd"
        d="M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM9 7.732 10 12H6l1-4.268a2 2 0 1 1 2 0Z"
      />
    </>
  ),
  expiring: (
    <>
      <path fillRule="evenodd" d="M8 0v8h8A8 8 0 1 1 8 0ZM6 8.732 7 13H3l1-4.268a2 2 0 1 1 2 0Z" />
    </>
  ),
  'needs-you': (
    <>
      <path
        fillRule="evenodd"
        d="M8 0a6 6 0 0 1 6 6v3l2 2v1H0v-1l2-2V6a6 6 0 0 1 6-6ZM9 5.732 10 10H6l1-4.268a2 2 0 1 1 2 0Z"
      />
      <path d="M4.5 14h7a3.5 2 0 0 1-7 0Z" />
    </>
  ),
  trouble: (
    <>
      <path
        fillRule="evenodd"
        d="M6.25 1a2 2 0 0 1 3.5 0l6 11.9a2.1 2.1 0 0 1-1.9 3.1H2.15a2.1 2.1 0 0 1-1.9-3.1ZM6 5h4L9 10H7ZM8 11a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z"
      />
    </>
  ),
};
