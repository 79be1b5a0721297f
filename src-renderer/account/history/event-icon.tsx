import type { EventRun, EventTone } from '../../../src-main/domain/event-runs.ts';
import { eventPicture } from './event-picture.tsx';

/** The picture beside the words of a run: that of its latest event. */
export function EventIcon({ run, tone }: { readonly run: EventRun; readonly tone: EventTone }) {
  return (
    <svg
      className={`event-icon event-picture event-${tone}`}
      viewBox="0 0 20 20"
      aria-hidden="true"
      focusable="false"
    >
      {eventPicture(run.at(-1) ?? run[0])}
    </svg>
  );
}
