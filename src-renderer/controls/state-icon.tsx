import type { IconState } from '../../src-main/words/tray-tooltip-words.ts';
import { STATE_DRAWINGS } from './state-drawings.tsx';

/** The tray icon's picture, large, from the same source. The words beside it tell the same. */
export function StateIcon({ state }: { readonly state: IconState }) {
  return (
    <svg className={`state-icon state-${state}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {STATE_DRAWINGS[state]}
    </svg>
  );
}
