import { useEffect } from 'react';
import type { LatchkeyBridge, PageStart } from '../../src-preload/contract.ts';
import { usePresent, type Present } from '../state/use-present.ts';
import { CrashBoundary } from './crash-boundary.tsx';
import { crashOf } from './crash.ts';
import { Face } from './face.tsx';

interface AppProps {
  readonly first: Present;
  readonly startsAt: PageStart;
  readonly bridge: LatchkeyBridge;
}

/** The window: what main tells, at the present instant, and the way back to it. */
export function App({ first, startsAt, bridge }: AppProps) {
  const { snapshot, now } = usePresent(first, bridge);
  useEscape(bridge);
  useNoted(bridge);
  return (
    <CrashBoundary snapshot={snapshot} commands={bridge.commands}>
      <Face
        snapshot={snapshot}
        now={now}
        commands={bridge.commands}
        startsAt={startsAt}
        onOpenSettings={bridge.onOpenSettings}
      />
    </CrashBoundary>
  );
}

function useEscape({ commands }: LatchkeyBridge) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // It puts a menu away first, and not the window with it.
      if (event.defaultPrevented || document.querySelector(':popover-open') !== null) return;
      if (event.key === 'Escape') void commands.hideWindow();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands]);
}

/** What goes wrong beside the drawing: the page goes on, and the error is noted. */
function useNoted({ commands }: LatchkeyBridge) {
  useEffect(() => {
    const onError = ({ error }: ErrorEvent) => void commands.reportCrash(crashOf(error));
    window.addEventListener('error', onError);
    return () => window.removeEventListener('error', onError);
  }, [commands]);
}
