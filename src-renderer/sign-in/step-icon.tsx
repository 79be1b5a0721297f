import type { ReactNode } from 'react';
import type { SignInStep, SignInStepStatus } from '../../src-main/domain/sign-in.ts';
import { toneOf } from '../trouble/tone.ts';

type Picture = SignInStepStatus | 'note';

/** A step's status by shape as well as colour: dot, open ring, tick, "i", exclamation mark, cross, dash. */
export function StepIcon({ step }: { readonly step: SignInStep }) {
  const picture = pictureOf(step);
  return (
    <svg
      className={`step-icon step-icon-${picture}`}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {PICTURES[picture]}
    </svg>
  );
}

/** A notice of something expected, or dealt with already, is no warning. */
function pictureOf({ status, notice }: SignInStep): Picture {
  return status === 'warning' && notice !== null && toneOf(notice) === 'calm' ? 'note' : status;
}

const PICTURES: Record<Picture, ReactNode> = {
  pending: <circle className="line" cx="10" cy="10" r="3" />,
  active: (
    <>
      <circle className="track" cx="10" cy="10" r="7.5" />
      <path className="line turning" d="M10 2.5a7.5 7.5 0 0 1 7.5 7.5" />
    </>
  ),
  done: (
    <>
      <circle className="disc" cx="10" cy="10" r="8.5" />
      <path className="glyph" d="M6.2 10.3 8.9 13l4.9-5.6" />
    </>
  ),
  note: (
    <>
      <circle className="disc" cx="10" cy="10" r="8.5" />
      <path className="glyph" d="M10 6.1v.1M10 9.4v4.6" />
    </>
  ),
  warning: (
    <>
      <path className="disc" d="M10 1.8 18.6 17a.9.9 0 0 1-.8 1.3H2.2a.9.9 0 0 1-.8-1.3Z" />
      <path className="glyph" d="M10 7.5v4.6M10 15.1v.1" />
    </>
  ),
  failed: (
    <>
      <rect className="disc" x="1.8" y="1.8" width="16.4" height="16.4" rx="4" />
      <path className="glyph" d="m6.8 6.8 6.4 6.4m0-6.4-6.4 6.4" />
    </>
  ),
  skipped: <path className="line" d="M6.5 10h7" />,
};
