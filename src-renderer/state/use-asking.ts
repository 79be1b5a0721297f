import { useEffect, useRef, useState, type RefObject } from 'react';

interface Asking {
  readonly isAsking: boolean;
  readonly setIsAsking: (isAsking: boolean) => void;
  /** Of the button that opens the question: it has the focus again once that is put away. */
  readonly opener: RefObject<HTMLButtonElement | null>;
}

/** A button in whose place a question stands while it is asked (`use-question.ts`). */
export function useAsking(): Asking {
  const [isAsking, setIsAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    if (!isAsking && wasAsking.current) opener.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);
  return { isAsking, setIsAsking, opener };
}
