import { useEffect } from 'react';
import type { LatchkeyBridge } from '../../src-preload/contract.ts';
import { usePresent, type Present } from '../state/use-present.ts';
import { Face } from './face.tsx';

/** The window: what main tells, at the present instant, and the way back to it. */
export function App({ first, bridge }: { readonly first: Present; readonly bridge: LatchkeyBridge }) {
  const { snapshot, now } = usePresent(first, bridge);
  useEscape(bridge);
  return <Face snapshot={snapshot} now={now} commands={bridge.commands} />;
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
