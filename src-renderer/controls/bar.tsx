interface BarProps {
  /** 0 to 1; `null` where nobody told how long it is. */
  readonly left: number | null;
  readonly tone: 'accent' | 'warning' | 'trouble';
}

/** A stretch of days running out, from the right. */
export function Bar({ left, tone }: BarProps) {
  return (
    <svg className={`bar tone-${tone}`} aria-hidden="true" focusable="false">
      <rect className={left === null ? 'bar-unknown' : 'bar-track'} width="100%" height="100%" rx="4" />
      {left !== null && left > 0 && (
        <rect className="bar-left" width={`${(left * 100).toFixed(2)}%`} height="100%" rx="4" />
      )}
    </svg>
  );
}
