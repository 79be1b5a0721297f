import { parseJson } from './parse-json.ts';

const FIELDS = ['access_token', 'refresh_token', 'expires_in', 'refresh_token_expires_in', 'scope'];

/**
 * What an answer that is no JSON by itself still tells: one that broke off, that has something before or behind it, or
 * that somebody wrapped. Nothing unless both tokens are there, whole: the one presented is spent by then, and to throw the
 * next one away would end the login.
 *
 * @param presented the refresh token that was sent: whoever wraps an answer may quote the request beside it
 */
export function tornAnswer(body: string, presented: string | null): Readonly<Record<string, unknown>> | null {
  return tokensIn(body, presented) ?? tokensIn(withoutEscapes(body), presented);
}

/** JSON that somebody has put into JSON as a text. */
function withoutEscapes(body: string): string {
  return body.replace(/\\(.)/gs, (_, escaped: string) => ('nrt'.includes(escaped) ? ' ' : escaped));
}

function tokensIn(body: string, presented: string | null): Readonly<Record<string, unknown>> | null {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, field(body, name, presented)]));
  return typeof fields['access_token'] === 'string' && typeof fields['refresh_token'] === 'string'
    ? fields
    : null;
}

/** A text, or a number that has its end; what was sent only where it has stayed the same. */
function field(body: string, name: string, presented: string | null): unknown {
  const pattern = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|[\\d.]+(?=\\s*[,}]))`, 'g');
  const found = [...body.matchAll(pattern)].map(([, value = '']) => parseJson(value));
  return found.find((value) => value !== presented) ?? found[0];
}
