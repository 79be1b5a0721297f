import type { ReactNode } from 'react';

interface RingProps {
  /** 0 to 1; `null` where nobody told how long it is. */
  readonly left: number | null;
  readonly tone: 'accent' | 'warning' | 'trouble';
  readonly size: 'small' | 'large';
  /** What stands inside: the picture's words. */
  readonly children: ReactNode;
}

/** A clock running down: full at the start, the arc shrinking towards twelve o'clock. */
export function Ring({ left, tone, size, children }: RingProps) {
  return (
    <div className={`ring ring-${size} tone-${tone}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <circle className={left === null ? 'ring-unknown' : 'ring-track'} cx="50" cy="50" r="44" />
        {left !== null && left > 0 && (
          <circle
            className="ring-left"
            cx="50"
            cy="50"
            r="44"
            pathLength="100"
            strokeDasharray={`${(left * 100).toFixed(2)} 200`}
            transform="rotate(-90 50 50)"
          />
        )}
      </svg>
      <div className="ring-words">{children}</div>
    </div>
  );
}
