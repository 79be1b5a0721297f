import type { ReactNode } from 'react';

export type IconName = 'renew' | 'copy' | 'done' | 'more' | 'plus';

/** Pictures on buttons, in lines on a grid of 20. */
export const ICONS: Readonly<Record<IconName, ReactNode>> = {
  renew: <path d="M16 10a6 6 0 1 1-1.9-4.4M16.2 2.8v3.6h-3.6" />,
  copy: (
    <>
      <rect x="7.2" y="7.2" width="9.3" height="9.3" rx="2" />
      <path d="M12.8 7.2V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2v5.3a2 2 0 0 0 2 2h1.7" />
    </>
  ),
  done: <path d="m4.2 10.6 3.9 3.9 7.7-8.8" />,
  more: <path d="M4.4 10h.1M10 10h.1M15.6 10h.1" strokeWidth="2.6" />,
  plus: <path d="M10 4v12M4 10h12" />,
};
