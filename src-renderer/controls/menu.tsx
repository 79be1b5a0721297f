import { createContext, use, useId, type ReactNode, type Ref } from 'react';
import { IconButton } from './icon-button.tsx';

const MenuId = createContext('');

interface MenuProps {
  readonly label: string;
  /** The button that opens it. */
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** What is seldom needed, behind a button with dots. Escape, and a press outside, put it away. */
export function Menu({ label, ref, children }: MenuProps) {
  const id = useId();
  return (
    <MenuId value={id}>
      <IconButton ref={ref ?? null} icon="more" label={label} opens={id} />
      <div id={id} popover="auto" className="menu" role="group" aria-label={label}>
        {children}
      </div>
    </MenuId>
  );
}

/** Something to do, after which the menu is gone. */
export function MenuItem({
  onPress,
  children,
}: {
  readonly onPress: () => unknown;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="menu-item"
      popoverTarget={use(MenuId)}
      popoverTargetAction="hide"
      onClick={() => void onPress()}
    >
      {children}
    </button>
  );
}
