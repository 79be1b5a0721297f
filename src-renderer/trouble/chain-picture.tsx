import type { ReactNode } from 'react';
import { LINKS_TO_CLAUDE, type LinkToClaude } from '../../src-main/domain/broken-link.ts';
import { useWords } from '../state/use-words.ts';

interface ChainPictureProps {
  readonly broken: LinkToClaude;
  /** `large` has a name under each link. */
  readonly size: 'small' | 'large';
}

/** The way from this computer to Claude, and where it broke: what lies behind that was never reached. */
export function ChainPicture({ broken, size }: ChainPictureProps) {
  const { chain } = useWords().window;
  const at = LINKS_TO_CLAUDE.indexOf(broken);
  return (
    <div className={`chain chain-${size}`} role="img" aria-label={chain.brokenAt(chain[broken])}>
      {LINKS_TO_CLAUDE.map((link, index) => (
        <span
          key={link}
          className={`chain-link chain-${index === at ? 'broken' : index < at ? 'reached' : 'unreached'}`}
        >
          <svg viewBox="0 0 24 24" focusable="false">
            {DRAWINGS[link]}
            {index === at && (
              <g className="chain-mark">
                <circle cx="19" cy="5" r="5" />
                <path d="m17.2 3.2 3.6 3.6m0-3.6-3.6 3.6" />
              </g>
            )}
          </svg>
          {size === 'large' && <span className="chain-name">{chain[link]}</span>}
        </span>
      ))}
    </div>
  );
}

const DRAWINGS: Readonly<Record<LinkToClaude, ReactNode>> = {
  computer: (
    <>
      <rect x="5" y="5.5" width="14" height="10" rx="1.5" />
      <path d="M2.5 19h19" />
    </>
  ),
  network: (
    <>
      <circle cx="12" cy="12.5" r="8" />
      <ellipse cx="12" cy="12.5" rx="3.4" ry="8" />
      <path d="M4 12.5h16" />
    </>
  ),
  claude: (
    <path d="M6 5h12a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-6.5L7 20.5v-4H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM8.5 9.5h7m-7 3h4.5" />
  ),
};
