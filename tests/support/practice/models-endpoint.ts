import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';
import { REFUSALS } from './refusals.ts';

/** A key as Anthropic writes them: a prefix, 108 characters in all. */
function keyOf(name: string): string {
  return `sk-ant-api03-practice-${name}-`.padEnd(104, 'A') + name.slice(-4);
}

/** The keys of practice, by what the server makes of them. Whoever practises may have them: they open nothing. */
export const PRACTICE_KEYS = {
  good: keyOf('good'),
  forbidden: keyOf('forbidden'),
  limited: keyOf('limited'),
  nocredit: keyOf('nocredit'),
} as const;

const REFUSED: ReadonlyMap<string, Answer> = new Map([
  [PRACTICE_KEYS.forbidden, REFUSALS.keyForbidden],
  [PRACTICE_KEYS.limited, REFUSALS.rateLimitedFor(60)],
  [PRACTICE_KEYS.nocredit, REFUSALS.noCredit],
]);

/** Lists the models to whoever has a key (`facts.md` section 1). */
export function answerModelsRequest({ headers }: IncomingMessage): Answer {
  if (headers['anthropic-version'] !== '2023-06-01') return REFUSALS.versionMissing;
  const key = String(headers['x-api-key']);
  if (key !== PRACTICE_KEYS.good) return REFUSED.get(key) ?? REFUSALS.keyUnknown;
  const data = [{ type: 'model', id: 'claude-practice-1', display_name: 'Claude Practice 1' }];
  return { status: 200, body: { data, has_more: false, first_id: data[0]?.id, last_id: data[0]?.id } };
}
