import { eventTone } from '../../../src-main/domain/event-runs.ts';
import { eventPicture } from './event-picture.tsx';
import type { Timeline } from './timeline.ts';

const percent = (x: number) => `${(x * 100).toFixed(2)}%`;

/** The last days at a glance. The list under it says the same in words. */
export function TimelinePicture({ timeline }: { readonly timeline: Timeline }) {
  const { stretches, marks, columns, unit, now } = timeline;
  return (
    <svg className={`timeline timeline-${unit}`} aria-hidden="true" focusable="false">
      {columns.map(({ from, to, label, isPresent }) => (
        <g key={from} className={isPresent ? 'column column-present' : 'column'}>
          {from > 0 && <line className="column-line" x1={percent(from)} x2={percent(from)} y1="2" y2="26" />}
          <text
            className="column-label"
            x={percent(unit === 'days' ? (from + to) / 2 : from)}
            y="100%"
            dy="-0.3em"
          >
            {label}
          </text>
        </g>
      ))}
      <rect className="band-track" y="11" width="100%" height="6" rx="3" />
      {stretches.map(({ from, to, tone }) => (
        <rect
          key={from}
          className={`band band-${tone}`}
          x={percent(from)}
          y={tone === 'good' ? 11 : 12.5}
          width={percent(to - from)}
          height={tone === 'good' ? 6 : 3}
          rx={tone === 'good' ? 3 : 1.5}
        />
      ))}
      <line className="now-line" x1={percent(now)} x2={percent(now)} y1="4" y2="24" />
      {marks.map(({ x, event, title }) => (
        <svg
          key={x}
          // Drawn around its own middle: the view box begins there and the picture overflows it.
          className={`mark event-picture event-${eventTone(event)}`}
          x={percent(x)}
          y="14"
          width="14"
          height="14"
          viewBox="10 10 20 20"
        >
          <title>{title}</title>
          {eventPicture(event)}
        </svg>
      ))}
    </svg>
  );
}
