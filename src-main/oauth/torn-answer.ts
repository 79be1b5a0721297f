import { parseJson } from './parse-json.ts';

const FIELDS = ['access_token', 'refresh_token', 'expires_in', 'refresh_token_expires_in', 'scope'];

/**
 * What an answer that is no JSON by itself still tells: one that broke off, that has something before or behind it, or
 * that somebody wrapped. Nothing unless both tokens are there, whole: the one presented is spent by then, and to throw the
 * next one away would end the login.
 */
export function tornAnswer(body: string): Readonly<Record<string, unknown>> | null {
  // The second: JSON that somebody has put into JSON as a text.
  return tokensIn(body) ?? tokensIn(body.replace(/\\(.)/gs, '$1'));
}

function tokensIn(body: string): Readonly<Record<string, unknown>> | null {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, field(body, name)]));
  return typeof fields['access_token'] === 'string' && typeof fields['refresh_token'] === 'string'
    ? fields
    : null;
}

/** A text, or a number that has its end. */
function field(body: string, name: string): unknown {
  const found = new RegExp(`"${name}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|[\\d.]+(?=\\s*[,}]))`).exec(body)?.[1];
  return found === undefined ? undefined : parseJson(found);
}
