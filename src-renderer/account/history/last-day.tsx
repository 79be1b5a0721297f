import type { Instant } from '../../../src-main/domain/instant.ts';
import { lastDayOf } from '../../../src-main/domain/last-day.ts';
import type { Account } from '../../../src-main/domain/snapshot.ts';
import { accountName } from '../../../src-main/words/account-name.ts';
import { describeRun } from '../../../src-main/words/history-words.ts';
import { useWords } from '../../state/use-words.ts';
import { Address } from '../address.tsx';
import { EventIcon } from './event-icon.tsx';

interface LastDayProps {
  readonly accounts: readonly Account[];
  readonly now: Instant;
}

/**
 * What happened to all accounts since yesterday, and to whom where that is trouble of some: each tells its own when it is
 * unfolded.
 */
export function LastDay({ accounts, now }: LastDayProps) {
  const words = useWords();
  const runs = lastDayOf(accounts, now);
  if (runs.length === 0) return null;
  return (
    <section className="last-day" aria-label={words.history.lastDay}>
      <h2 className="label">{words.history.lastDay}</h2>
      {runs.map(({ run, accounts: concerned }) => {
        const { title, tone } = describeRun(words, run, now);
        const names = concerned.map(
          (account) => accountName(words, account, accounts) ?? words.account.unknownOwner,
        );
        // Nobody asks whose it is that all is well.
        const isWhoseNews = tone !== 'good' && concerned.length < accounts.length;
        return (
          <p key={title}>
            <EventIcon run={run} tone={tone} />
            <span>
              {title}
              {isWhoseNews && (
                <span className="whom">
                  <Address address={words.format.list(names)} />
                </span>
              )}
            </span>
          </p>
        );
      })}
    </section>
  );
}
