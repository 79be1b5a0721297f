import { useEffect } from 'react';
import type { LatchkeyBridge } from '../src-preload/contract.ts';
import { Face } from './face.tsx';
import { usePresent } from './use-present.ts';

/** The window: what main tells, at the present instant, and the way back to it. */
export function App({ bridge }: { readonly bridge: LatchkeyBridge }) {
  const present = usePresent(bridge);
  useEscape(bridge);
  // The first snapshot takes milliseconds: nothing to see is calmer than something that flickers.
  if (present === null) return null;
  return <Face snapshot={present.snapshot} now={present.now} commands={bridge.commands} />;
}

function useEscape({ commands }: LatchkeyBridge) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) void commands.hideWindow();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}
