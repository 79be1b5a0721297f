import type { ReactNode } from 'react';

interface ButtonProps {
  readonly look?: 'primary' | 'secondary' | 'link';
  readonly onPress: () => unknown;
  readonly children: ReactNode;
}

export function Button({ look = 'secondary', onPress, children }: ButtonProps) {
  return (
    <button type="button" className={`button button-${look}`} onClick={() => void onPress()}>
      {children}
    </button>
  );
}
