import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

interface Question {
  /** Of the answer that changes nothing, which has the focus at first. */
  readonly harmless: RefObject<HTMLButtonElement | null>;
  /** Of the question as a whole: Escape puts it away, and neither the page nor the window with it. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** A question that is asked in its place. @param onLeave it is put away */
export function useQuestion(onLeave: () => void): Question {
  const harmless = useRef<HTMLButtonElement>(null);
  useEffect(() => harmless.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onLeave();
  };
  return { harmless, onKeyDown };
}
