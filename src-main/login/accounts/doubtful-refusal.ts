import type { AnswerOddity } from '../../domain/failure.ts';
import { sinceLastGood, type HistoryEvent } from '../../domain/history.ts';
import { isSameService, type Endpoints } from '../../oauth/endpoints.ts';
import type { AccountRecord, StoredAccount } from '../../vault/vault.ts';

const DOUBTED: AnswerOddity = 'not-the-issuer';

/**
 * Whether a token host that is asked no more has said that a login is over of which nobody knows who gave it: that host may
 * have been set by mistake.
 */
export function isRefusalDoubtful({ record }: Pick<StoredAccount, 'record'>, endpoints: Endpoints): boolean {
  const refusedBy = record?.issuedBy === null ? record.refusedBy : null;
  if (refusedBy === null) return false;
  // Those that are asked now may have said so before: of processes with different hosts each asks its own once.
  const refusing = [refusedBy, ...doubtedHosts(record?.history ?? [])];
  return endpoints.tokenUrls.every(({ hostname }) =>
    refusing.every((host) => !isSameService(hostname, host)),
  );
}

/** The hosts whose refusal of the present credential was doubted. */
function doubtedHosts(history: readonly HistoryEvent[]): readonly string[] {
  return sinceLastGood(history).flatMap((event) =>
    event.kind === 'refused' && event.failure.code === 'answer-unexpected' && event.failure.reason === DOUBTED
      ? event.failure.host
      : [],
  );
}

/** What that host has said ends nothing, but stays in the history. */
export function withoutDoubtful(endpoints: Endpoints): (record: AccountRecord) => AccountRecord {
  return (record) => {
    const { refusedBy: host, history } = record;
    if (host === null || !isRefusalDoubtful({ record }, endpoints)) return record;
    const doubted = (event: HistoryEvent): HistoryEvent =>
      event.kind === 'refused' && event.failure.code === 'grant-refused'
        ? { ...event, failure: { code: 'answer-unexpected', host, reason: DOUBTED } }
        : event;
    const later = sinceLastGood(history);
    const before = history.slice(0, history.length - later.length);
    return { ...record, refusedBy: null, history: [...before, ...later.map(doubted)] };
  };
}
