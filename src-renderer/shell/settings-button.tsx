import type { Ref } from 'react';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface SettingsButtonProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly onPress: () => void;
}

export function SettingsButton({ ref, onPress }: SettingsButtonProps) {
  const words = useWords().window;
  return (
    <Button ref={ref} look="quiet" onPress={onPress}>
      <svg className="gear" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        <circle cx="10" cy="10" r="5.5" />
        <circle cx="10" cy="10" r="1.9" />
        <path d="M10 1.8v2.7M10 15.5v2.7M1.8 10h2.7M15.5 10h2.7M4.2 4.2l1.9 1.9M13.9 13.9l1.9 1.9M4.2 15.8l1.9-1.9M13.9 6.1l1.9-1.9" />
      </svg>
      {words.settings}
    </Button>
  );
}
