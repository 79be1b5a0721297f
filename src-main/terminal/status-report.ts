import { hasKey } from '../domain/api-key.ts';
import type { Account, Snapshot } from '../domain/snapshot.ts';
import { describeFailure } from '../words/failure-words.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { EXIT, exitCodeOfAccounts } from './exit-code.ts';
import { failureLines } from './failure-lines.ts';
import { keyLines } from './key-lines.ts';
import type { Line } from './line.ts';
import { statusJson } from '../domain/status-json.ts';
import { accountLines } from './status.ts';

/** What is told at an instant. */
export interface StatusReport {
  readonly out: readonly Line[];
  readonly error: readonly Line[];
  readonly code: number;
}

/** From what is known; the same where a whole reading of the files was spared (`glance.ts`). */
export function reportOf(
  snapshot: Pick<Snapshot, 'troubles' | 'isFileReadable' | 'surroundings' | 'apiKey'>,
  chosen: readonly Account[],
  { json, account: named }: Pick<Arguments, 'json' | 'account'>,
  now: number,
  columns: number | null,
): StatusReport {
  const isNobody = !json && snapshot.isFileReadable && chosen.length === 0;
  // A way in without an end.
  const isKeyAlone = chosen.length === 0 && named === null && hasKey(snapshot.apiKey);
  const error = [
    ...(isNobody && named !== null ? failureLines({ code: 'not-signed-in', id: named }) : []),
    ...snapshot.troubles.flatMap((trouble) => failureLines(trouble, 'other')),
  ];
  const code = !snapshot.isFileReadable
    ? EXIT.failed
    : isKeyAlone
      ? EXIT.fine
      : exitCodeOfAccounts(chosen, now);
  if (json) return { out: [JSON.stringify(statusJson(chosen, snapshot.apiKey, now))], error, code };
  const accounts = chosen.flatMap((account) => [
    ...accountLines(account, snapshot, now, columns),
    ...account.troubles.map(
      (trouble) => `  ⚠ ${describeFailure(ENGLISH, trouble, 'refresh').title} [${trouble.code}]`,
    ),
  ]);
  const key = named === null && hasKey(snapshot.apiKey) ? keyLines(snapshot.apiKey, now) : [];
  const nobody = isNobody && named === null && !isKeyAlone ? [SIGNED_OUT] : [];
  return { out: [...accounts, ...key, ...nobody], error, code };
}

const SIGNED_OUT = 'Signed out';
