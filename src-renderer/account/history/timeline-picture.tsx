import { eventTone } from '../../../src-main/domain/event-runs.ts';
import { eventPicture } from './event-picture.tsx';
import type { Timeline } from './timeline.ts';

const percent = (x: number) => `${(x * 100).toFixed(2)}%`;

/** The last days at a glance, and what comes. The list under it and the clocks above say the same in words. */
export function TimelinePicture({ timeline }: { readonly timeline: Timeline }) {
  const { stretches, marks, columns, unit, now, ticks, next, end } = timeline;
  const today = columns.at(-1)?.to ?? 1;
  return (
    <svg className={`timeline timeline-${unit}`} aria-hidden="true" focusable="false">
      {columns.map(({ from, to, label, narrowLabel, isPresent }) => (
        <g key={from} className={isPresent ? 'column column-present' : 'column'}>
          {from > 0 && <line className="column-line" x1={percent(from)} x2={percent(from)} y1="2" y2="26" />}
          <text
            className="column-label"
            x={percent(unit === 'days' ? (from + to) / 2 : from)}
            y="100%"
            dy="-0.3em"
          >
            <tspan className="label-usual">{label}</tspan>
            <tspan className="label-narrow">{narrowLabel}</tspan>
          </text>
        </g>
      ))}
      <rect className="band-track" y="11" width={percent(today)} height="6" rx="3" />
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
      {ticks.map((x) => (
        <line key={x} className="tick" x1={percent(x)} x2={percent(x)} y1="11" y2="17" />
      ))}
      {end !== null && (
        <g className={end.isNear ? 'login-end login-end-near' : 'login-end'}>
          {/* Days left out. */}
          <line className="days-between" x1={percent(today)} x2="99%" y1="14" y2="14" />
          <line className="end-line" x1="99.6%" x2="99.6%" y1="6" y2="22" />
          <text className="column-label" x="100%" y="100%" dy="-0.3em">
            {end.label}
          </text>
        </g>
      )}
      {next !== null && <circle className="next-renewal" cx={percent(next)} cy="14" r="3.5" />}
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
