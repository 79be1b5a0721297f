import type { IconState } from '../../src-main/words/snapshot-words.ts';

/** The tray icon's picture, large, from the same source. The words beside it tell the same. */
export function StateIcon({ state }: { readonly state: IconState }) {
  return <span className={`state-icon state-${state}`} aria-hidden="true" />;
}
