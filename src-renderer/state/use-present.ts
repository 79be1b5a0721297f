import { useEffect, useState } from 'react';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { LatchkeyBridge } from '../../src-preload/contract.ts';
import { untilWordsChange } from './tick.ts';

export interface Present {
  readonly snapshot: Snapshot;
  readonly now: Instant;
}

/**
 * The latest snapshot and the present instant, beginning with `first`. The instant moves on only when something on
 * screen reads differently for it, and not at all while the window is hidden.
 */
export function usePresent(first: Present, bridge: LatchkeyBridge): Present {
  const [present, setPresent] = useState(first);
  const { snapshot } = present;

  useEffect(
    // Both at once: a new snapshot next to an old instant would show a deadline further away than it is.
    () => bridge.onSnapshot((latest) => setPresent({ snapshot: latest, now: Date.now() })),
    [bridge],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') return;
      const delay = untilWordsChange(snapshot, Date.now());
      if (delay !== null) timer = setTimeout(tick, delay);
    };
    const tick = () => {
      setPresent((last) => ({ ...last, now: Date.now() }));
      arm();
    };
    arm();
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [snapshot]);

  return present;
}
