import * as v from 'valibot';
import { failureOf, type AnswerOddity, type Failure } from '../domain/failure.ts';
import { commonFailure, parseErrorAnswer } from './error-answer.ts';
import { ask, type Http, type HttpAnswer } from './http.ts';
import { parseJson } from './parse-json.ts';

const modelsSchema = v.object({ data: v.array(v.unknown()) });

/**
 * Tests an API key by asking for the list of models, which costs nothing (`facts.md` section 1).
 *
 * @returns why it is not taken, `null` where it is
 * @throws only the signal's reason, when aborted
 */
export async function testKey(
  apiUrl: URL,
  key: string,
  http: Http,
  signal: AbortSignal,
): Promise<Failure | null> {
  try {
    const answer = await ask(http, new URL('/v1/models?limit=10', apiUrl), {
      headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      signal,
    });
    if (answer.status !== 200) return refusal(answer);
    if (v.is(modelsSchema, parseJson(answer.body))) return null;
    return { code: 'answer-unexpected', host: answer.host, reason: 'not-understood' satisfies AnswerOddity };
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(error);
  }
}

/** By status and type; where one type stands for several cases only the service's sentence tells them apart. */
function refusal(answer: HttpAnswer): Failure {
  const common = commonFailure(answer);
  if (common !== null) return common;
  const { type = '', message = '' } = parseErrorAnswer(answer.body) ?? {};
  const { status, host } = answer;
  if (status === 401) return { code: 'key-refused' };
  if (status === 402 || type === 'billing_error' || message.startsWith('Your credit balance is too low')) {
    return { code: 'key-no-credit' };
  }
  if (status === 403) return { code: 'key-forbidden', message };
  return { code: 'answer-unexpected', host, reason: [`HTTP ${status}`, type].join(' ').trim() };
}
