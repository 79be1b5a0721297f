import type { ReactNode } from 'react';
import type { SignInStep } from '../../src-main/domain/sign-in.ts';
import { STATE_DRAWINGS } from '../controls/state-drawings.tsx';
import { useWords } from '../state/use-words.ts';
import { wayOf, type Progress } from './way.ts';

/** The sign-in as one picture: browser, Latchkey, file, and what is under way between them. The steps tell the same. */
export function WayPicture({ steps }: { readonly steps: readonly SignInStep[] }) {
  const { way: labels } = useWords().signIn;
  const way = wayOf(steps);
  return (
    <div className="way" aria-hidden="true">
      <Station progress={way.browser} label={labels.browser}>
        <rect className="line" x="14" y="16" width="36" height="31" rx="5" />
        <path className="line" d="M14 25h36M19.5 20.6h.1M24.5 20.6h.1" />
        <path className="line" d="m26 36.4 4.4 4.2 7.8-8.4" />
      </Station>
      <Link progress={way['to-app']} />
      <Station progress={way.app} label="Latchkey">
        <svg className="mark" x="14" y="14" width="36" height="36" viewBox="0 0 16 16">
          {STATE_DRAWINGS.valid}
        </svg>
      </Station>
      <Link progress={way['to-file']} />
      <Station progress={way.file} label={labels.file}>
        <path className="line" d="M20 14h16l9 9v27H20Z" />
        <path className="line" d="M35.5 14.5V24H45M26 33h13M26 40h9" />
      </Station>
    </div>
  );
}

interface PartProps {
  readonly progress: Progress;
}

function Station({
  progress,
  label,
  children,
}: PartProps & { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={`station way-${progress}`}>
      <svg viewBox="0 0 64 64" focusable="false">
        <rect className="halo" x="2" y="2" width="60" height="60" rx="19" />
        <rect className="tile" x="6" y="6" width="52" height="52" rx="15" />
        {children}
      </svg>
      <span>{label}</span>
    </div>
  );
}

function Link({ progress }: PartProps) {
  return (
    <svg className={`link way-${progress}`} viewBox="0 0 48 64" focusable="false">
      <path className="dots" d="M5 32h38" />
    </svg>
  );
}
