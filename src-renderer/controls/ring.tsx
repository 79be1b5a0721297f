import { useState, type ReactNode } from 'react';

interface RingProps {
  /** 0 to 1. */
  readonly left: number;
  readonly tone: 'accent' | 'warning';
  readonly size: 'mini' | 'small' | 'large';
  /** What stands inside: the picture's words; none in a mini one. */
  readonly children?: ReactNode;
}

/** A clock running down: full at the start, the arc shrinking towards twelve o'clock. */
export function Ring({ left, tone, size, children }: RingProps) {
  const fills = useFills(left);
  return (
    <div className={`ring ring-${size} tone-${tone} ${fills ? 'ring-fills' : ''}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">
        <circle className="ring-track" cx="50" cy="50" r="44" />
        <circle
          className={left > 0 ? 'ring-left' : 'ring-left ring-empty'}
          cx="50"
          cy="50"
          r="44"
          pathLength="100"
          strokeDasharray={`${(left * 100).toFixed(2)} 200`}
          transform="rotate(-90 50 50)"
        />
      </svg>
      {children !== undefined && <div className="ring-words">{children}</div>}
    </div>
  );
}

/** Whether it has just been wound up: that is shown as it happens, and each minute's step back is not worth a frame. */
function useFills(left: number): boolean {
  const [{ last, fills }, setState] = useState({ last: left, fills: false });
  if (left !== last) setState({ last: left, fills: left > last });
  return fills;
}
