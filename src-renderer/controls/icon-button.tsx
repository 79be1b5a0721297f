import type { ReactNode, Ref } from 'react';
import { ICONS, type IconName } from './icons.tsx';

interface IconButtonProps {
  readonly icon: IconName;
  /** What it does, for whoever points at it or cannot see the picture. */
  readonly label: string;
  /** What it does is under way: it shows that, keeps the focus, and does nothing when pressed. */
  readonly busy?: boolean;
  /** The id of what it opens and closes. */
  readonly opens?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onPress?: () => unknown;
}

/** A button that is a picture: for what is done often, beside what it is about. */
export function IconButton({ icon, label, busy = false, opens, ref, onPress }: IconButtonProps): ReactNode {
  return (
    <button
      ref={ref}
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      {...(busy && { 'aria-busy': true, 'aria-disabled': true })}
      {...(opens !== undefined && { popoverTarget: opens })}
      onClick={({ detail: clicks }) => {
        if (!busy && clicks < 2) void onPress?.();
      }}
    >
      <svg
        className={busy ? 'icon turning' : 'icon'}
        viewBox="0 0 20 20"
        aria-hidden="true"
        focusable="false"
      >
        {ICONS[icon]}
      </svg>
    </button>
  );
}
