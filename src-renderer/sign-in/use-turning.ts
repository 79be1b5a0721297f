import { useEffect } from 'react';
import { SECOND } from '../../src-main/domain/instant.ts';

/** How long a page is looked at before it turns by itself. */
const PATIENCE = 15 * SECOND;

/** Whatever tells that somebody is about to do something, or has just come or left. */
const SIGNS_OF_LIFE = ['focus', 'blur', 'pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/**
 * Turns a page by itself that has nothing more to say, once it was looked at for a while: counted only while its window
 * has the focus, and anew whenever a hand moves.
 */
export function useTurning(isToTurn: boolean, turn: () => unknown): void {
  useEffect(() => {
    if (!isToTurn) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      clearTimeout(timer);
      if (document.hasFocus()) timer = setTimeout(turn, PATIENCE);
    };
    begin();
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, begin);
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, begin);
    };
  }, [isToTurn, turn]);
}
