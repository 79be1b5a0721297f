import type { ReactNode } from 'react';
import { STATE_DRAWINGS } from '../controls/state-drawings.tsx';

/** Beside a row of words that tells the same: a browser that says yes. */
export function BrowserPicture() {
  return (
    <RowPicture>
      <rect className="line" x="9" y="11" width="26" height="22" rx="4" />
      <path className="line" d="M9 17.5h26" />
      <path className="line" d="m17.5 25.2 3.2 3.1 5.9-6.2" />
    </RowPicture>
  );
}

/** Something that goes round by itself. */
export function RenewalPicture() {
  return (
    <RowPicture>
      <path className="line" d="M33 22a11 11 0 1 1-3.4-7.9l2.4 2.2" />
      <path className="line" d="M32.4 10.6v6h-6" />
      <path className="fill" d="M23.1 22.4 24.3 27h-4.6l1.2-4.6a2.6 2.6 0 1 1 2.2 0Z" />
    </RowPicture>
  );
}

/** The end of a panel with the tray's icon in it, as large as it is there. */
export function TrayPicture() {
  return (
    <RowPicture>
      <path className="panel" d="M0 12A12 12 0 0 1 12 0h20a12 12 0 0 1 12 12v11H0Z" />
      <circle className="neighbour" cx="7" cy="11.5" r="2" />
      <circle className="neighbour" cx="14" cy="11.5" r="2" />
      <svg className="icon" x="21" y="3.5" width="16" height="16" viewBox="0 0 16 16">
        {STATE_DRAWINGS.valid}
      </svg>
      <path className="line" d="m24.5 32.5 4.5-4.5 4.5 4.5M29 28.4v8" />
    </RowPicture>
  );
}

function RowPicture({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="row-picture" viewBox="0 0 44 44" aria-hidden="true" focusable="false">
      <rect className="tile" width="44" height="44" rx="12" />
      {children}
    </svg>
  );
}
