import { isOnlyToKnow } from '../domain/gravity.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { concernOf, isOutOfReach } from '../domain/standing.ts';
import { describeFailure } from '../words/failure-words.ts';
import { ENGLISH } from './english.ts';
import { idText } from './id-text.ts';
import type { Terminal } from './terminal.ts';

/**
 * Tells what only a person can mend of an account, a line each time that it begins: nobody looks at an agent, but a service
 * manager keeps what it says.
 *
 * @returns what to call with each snapshot
 */
export function agentTroubles({ error, now }: Pick<Terminal, 'error' | 'now'>): (snapshot: Snapshot) => void {
  let told: readonly string[] = [];
  return ({ accounts }) => {
    const lines = accounts.flatMap((account) => lineOf(account, now()) ?? []);
    for (const line of lines) if (!told.includes(line)) error(line);
    told = lines;
  };
}

function lineOf(account: Account, now: number): string | null {
  if (concernOf(account, now) !== 'person' && !isOutOfReach(account)) return null;
  const trouble = account.troubles.find((each) => !isOnlyToKnow(each));
  if (trouble === undefined) return null;
  const { title } = describeFailure(ENGLISH, trouble, 'refresh');
  return `⚠ ${idText(account.id)}: ${title} [${trouble.code}]`;
}
