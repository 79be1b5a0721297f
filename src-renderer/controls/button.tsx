import type { ReactNode, Ref } from 'react';

interface ButtonProps {
  readonly look?: 'primary' | 'secondary' | 'link' | 'quiet' | undefined;
  /** What it does is under way: it shows that, keeps the focus, and does nothing when pressed. */
  readonly busy?: boolean;
  /** Something is missing yet: it keeps the focus, and does nothing when pressed. */
  readonly waits?: boolean;
  /** For a button that opens and closes something on the same page. */
  readonly expanded?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onPress: () => unknown;
  readonly children: ReactNode;
}

export function Button({
  look = 'secondary',
  busy = false,
  waits = false,
  expanded,
  ref,
  onPress,
  children,
}: ButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={`button button-${look}`}
      // `disabled` would throw the focus away.
      {...(busy && { 'aria-busy': true })}
      {...((busy || waits) && { 'aria-disabled': true })}
      aria-expanded={expanded}
      onClick={({ detail: clicks }) => {
        // The second of a double click is not meant for the button that has just come under the pointer.
        if (!busy && !waits && clicks < 2) void onPress();
      }}
    >
      {busy && (
        <svg className="spinner" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
          <circle className="spinner-track" cx="10" cy="10" r="7.5" />
          <path className="turning" d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5" />
        </svg>
      )}
      {children}
    </button>
  );
}
