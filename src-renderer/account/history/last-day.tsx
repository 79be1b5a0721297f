import type { Instant } from '../../../src-main/domain/instant.ts';
import { lastDayOf } from '../../../src-main/domain/last-day.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { describeRun } from '../../../src-main/words/history-words.ts';
import { useWords } from '../../state/use-words.ts';
import { EventIcon } from './event-icon.tsx';

interface LastDayProps {
  readonly accounts: readonly Account[];
  readonly now: Instant;
}

/** What happened to all accounts since yesterday: each tells its own when it is unfolded. */
export function LastDay({ accounts, now }: LastDayProps) {
  const words = useWords();
  const runs = lastDayOf(
    accounts.map(({ history }) => history),
    now,
  );
  if (runs.length === 0) return null;
  return (
    <section className="last-day" aria-label={words.history.lastDay}>
      <h2 className="label">{words.history.lastDay}</h2>
      {runs.map((run) => {
        const { title, tone } = describeRun(words, run, now);
        return (
          <p key={title}>
            <EventIcon run={run} tone={tone} />
            {title}
          </p>
        );
      })}
    </section>
  );
}
