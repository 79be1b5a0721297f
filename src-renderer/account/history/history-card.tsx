import { memo, useMemo, useState } from 'react';
import { runsOf, type EventRun } from '../../../src-main/domain/event-runs.ts';
import { refusalsInARow } from '../../../src-main/domain/history.ts';
import { DAY, type Instant } from '../../../src-main/domain/instant.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { describeRun } from '../../../src-main/words/history-words.ts';
import { Button } from '../../controls/button.tsx';
import { useWords } from '../../state/use-words.ts';
import { EventIcon } from './event-icon.tsx';
import { TimelinePicture } from './timeline-picture.tsx';
import { timelineOf } from './timeline.ts';

interface HistoryCardProps {
  readonly account: Account;
  /** A whole minute: the seconds of a countdown change nothing here, and drawing it anew is work. */
  readonly now: Instant;
  /** How many are shown before anyone asks for more. */
  readonly lines: number;
}

/** What happened to an account lately: the last days as a picture, and everything in words, the newest first. */
export const HistoryCard = memo(function HistoryCard({ account, now, lines }: HistoryCardProps) {
  const { history } = account;
  const words = useWords();
  const [showsAll, setShowsAll] = useState(false);
  const runs = useMemo(() => runsOf(history, now - DAY).toReversed(), [history, now]);
  if (runs.length === 0) return null;
  // Words of the past change with the day only.
  const today = new Date(now).setHours(0, 0, 0, 0);
  const shown = showsAll ? runs : runs.slice(0, lines);
  return (
    <section className="card history" aria-label={words.history.label(account.owner?.email ?? account.id)}>
      <header className="history-heading">
        <h2 className="label">{words.history.title}</h2>
        {/* Above what it opens, so that it stays where it was pressed. */}
        {runs.length > lines && (
          <Button look="link" expanded={showsAll} onPress={() => setShowsAll(!showsAll)}>
            {showsAll ? words.history.showLess : words.history.showAll(words.format.number(runs.length))}
          </Button>
        )}
      </header>
      <TimelinePicture timeline={timelineOf(words, account, now)} />
      <ol className="events">
        {shown.map((run) => (
          <EventLine key={keyOf(run)} run={run} isExplained={isExplained(run, account)} today={today} />
        ))}
      </ol>
    </section>
  );
});

interface EventLineProps {
  readonly run: EventRun;
  /** Its why is on the page already. */
  readonly isExplained: boolean;
  readonly today: Instant;
}

const EventLine = memo(function EventLine({ run, isExplained, today }: EventLineProps) {
  const { title, detail, tone, when } = describeRun(useWords(), run, today);
  return (
    <li className="event">
      <EventIcon run={run} tone={tone} />
      <span className="event-title">{title}</span>
      {detail !== null && !isExplained && <span className="event-detail">{detail}</span>}
      <span className="event-when">{unbroken(when)}</span>
    </li>
  );
});

/** A trouble that the account has now tells its why above, at length. */
function isExplained(run: EventRun, { history }: Account): boolean {
  return refusalsInARow(history).at(-1) === run.at(-1);
}

/** A run goes on growing at its end: what it began with stays. */
function keyOf([first]: EventRun): string {
  return `${first.at} ${first.kind}`;
}

/** A span breaks behind its dash, and only where a space is there. */
function unbroken(when: string): string {
  return when.replace(/ ([–〜])/, '\u00a0$1').replace(/([–〜])(?=\S)/, '$1\u2060');
}
