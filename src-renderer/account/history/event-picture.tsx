import type { ReactNode } from 'react';
import { eventTone } from '../../../src-main/domain/event-runs.ts';
import type { HistoryEvent, WakeCause } from '../../../src-main/domain/history.ts';
import { endOf } from '../../../src-main/domain/refusal.ts';

/**
 * An event by shape as well as colour, on a grid of 20: keyhole, tick, diamond, arrow, triangle, square with a cross,
 * octagon, door, moon, waves, clock, padlock, bell. To be put into an `svg` of class `event-picture`.
 */
export function eventPicture(event: HistoryEvent): ReactNode {
  switch (event.kind) {
    case 'signed-in':
      return (
        <>
          <circle className="disc" cx="10" cy="10" r="8.5" />
          <path
            className="hole"
            d="M10 5.2a2.5 2.5 0 0 1 1.25 4.67L12.4 14.6H7.6l1.15-4.73A2.5 2.5 0 0 1 10 5.2Z"
          />
        </>
      );
    case 'refreshed':
      return (
        <>
          <circle className="disc" cx="10" cy="10" r="8.5" />
          <path className="glyph" d="M6.2 10.3 8.9 13l4.9-5.6" />
        </>
      );
    case 'adopted':
      return (
        <>
          <path className="disc" d="M10 .6 19.4 10 10 19.4.6 10Z" />
          <path className="glyph" d="M10 6.2v7m-2.8-2.6L10 13.4l2.8-2.8" />
        </>
      );
    case 'put-back':
      return (
        <>
          <path className="disc" d="M10 .8 18.6 9v8.6a1 1 0 0 1-1 1H2.4a1 1 0 0 1-1-1V9Z" />
          <path className="glyph" d="M10 14.6V7.4M6.9 10.2 10 7.1l3.1 3.1" />
        </>
      );
    case 'refused':
      return eventTone(event) === 'trouble' || endOf(event.failure) === 'refused' ? (
        <>
          <rect className="disc" x="1.8" y="1.8" width="16.4" height="16.4" rx="4" />
          <path className="glyph" d="m6.8 6.8 6.4 6.4m0-6.4-6.4 6.4" />
        </>
      ) : (
        <>
          <path className="disc" d="M10 1.8 18.6 17a.9.9 0 0 1-.8 1.3H2.2a.9.9 0 0 1-.8-1.3Z" />
          <path className="glyph" d="M10 7.5v4.6M10 15.1v.1" />
        </>
      );
    case 'signed-out':
      return <path className="disc-line" d="M11 2.6H4.2v14.8H11M8.4 10h8.6M13.8 6.6 17.2 10l-3.4 3.4" />;
    case 'removed':
    case 'replaced':
      return (
        <>
          <path className="disc" d="M6.4 1.4h7.2l5 5v7.2l-5 5H6.4l-5-5V6.4Z" />
          <path className="glyph" d={event.kind === 'removed' ? 'M6 10h8' : 'M6 8h8M6 12h8'} />
        </>
      );
    case 'woke':
      return wakePicture(event.by);
    case 'made-private':
      return (
        <>
          <path
            className="disc"
            d="M5 8.4h10a1.4 1.4 0 0 1 1.4 1.4v7a1.4 1.4 0 0 1-1.4 1.4H5a1.4 1.4 0 0 1-1.4-1.4v-7A1.4 1.4 0 0 1 5 8.4Z"
          />
          <path className="disc-line" d="M6.6 8.4V6a3.4 3.4 0 0 1 6.8 0v2.4" />
        </>
      );
    case 'handed-out':
      return <path className="disc-line" d="M3.4 10h12.4M11 5l5 5-5 5" />;
    case 'notified':
      return (
        <path
          className="disc"
          d="M10 2a5.2 5.2 0 0 1 5.2 5.2v4l1.6 2.6H3.2l1.6-2.6v-4A5.2 5.2 0 0 1 10 2ZM8 15.2h4a2 2 0 0 1-4 0Z"
        />
      );
  }
}

function wakePicture(by: WakeCause): ReactNode {
  switch (by) {
    case 'resume':
      return <path className="disc" d="M12.6 2.2a8 8 0 1 0 5.2 10.4A6.6 6.6 0 0 1 12.6 2.2Z" />;
    case 'network':
    case 'another-network':
      return (
        <>
          <path
            className="disc-line"
            d="M1.8 7.6a11.6 11.6 0 0 1 16.4 0M4.6 10.9a7.6 7.6 0 0 1 10.8 0M7.3 14a3.8 3.8 0 0 1 5.4 0"
          />
          <circle className="disc" cx="10" cy="17" r="1.6" />
        </>
      );
    case 'clock-jump':
      return (
        <>
          <circle className="disc" cx="10" cy="10" r="8.5" />
          <path className="glyph" d="M10 5.4V10l3.2 2.1" />
        </>
      );
  }
}
