// Made by scripts/icons.mjs from assets/icons/src: a drawing is changed there.
import type { ReactNode } from 'react';
import type { IconState } from '../../src-main/words/tray-tooltip-words.ts';

/** The tray icon's pictures, on a grid of 16: a plate, and a badge in its corner. */
export const STATE_DRAWINGS: Readonly<Record<IconState, ReactNode>> = {
  'signed-out': (
    <>
      <path
        fillRule="evenodd"
        d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3ZM8.9 8 9.6 11H6.4l.7-3a1.75 1.75 0 1 1 1.8 0Z"
      />
    </>
  ),
  'signing-in': (
    <>
      <path fillRule="evenodd" d="M8.312 1.007A7 7 0 1 0 14.993 7.688 4.75 4.75 0 0 1 8.312 1.007Z" />
      <path className="state-badge" fillRule="evenodd" d="M15 4A3 3 0 1 1 12 1V2.6A1.4 1.4 0 1 0 13.4 4Z" />
    </>
  ),
  valid: (
    <>
      <path
        fillRule="evenodd"
        d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1ZM9 7.732 10 12H6l1-4.268a2 2 0 1 1 2 0Z"
      />
    </>
  ),
  expiring: (
    <>
      <path fillRule="evenodd" d="M8.312 1.007A7 7 0 1 0 14.993 7.688 4.75 4.75 0 0 1 8.312 1.007Z" />
      <path className="state-badge" fillRule="evenodd" d="M12 1a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z" />
    </>
  ),
  'needs-you': (
    <>
      <path fillRule="evenodd" d="M8.312 1.007A7 7 0 1 0 14.993 7.688 4.75 4.75 0 0 1 8.312 1.007Z" />
      <path
        className="state-badge"
        fillRule="evenodd"
        d="M10.6.8h2.8L12.9 4h-1.8ZM12 5.2a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8Z"
      />
    </>
  ),
  trouble: (
    <>
      <path fillRule="evenodd" d="M8.312 1.007A7 7 0 1 0 14.993 7.688 4.75 4.75 0 0 1 8.312 1.007Z" />
      <path
        className="state-badge"
        fillRule="evenodd"
        d="M10.232 1.03 12 2.798 13.768 1.03 14.97 2.232 13.202 4 14.97 5.768 13.768 6.97 12 5.202 10.232 6.97 9.03 5.768 10.798 4 9.03 2.232Z"
      />
    </>
  ),
};
