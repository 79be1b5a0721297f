import { createHash } from 'node:crypto';

/** Tokens as Anthropic writes them: a prefix that tells their kind, and about 108 characters in all. */
const PREFIXES = { access: 'sk-ant-oat01-', refresh: 'sk-ant-ort01-' } as const;
const INNER_LENGTH = 43;

export type TokenKind = keyof typeof PREFIXES;

/** The authority's opaque token in Anthropic's dress. */
export function dress(kind: TokenKind, token: string): string {
  const tail = createHash('sha512').update(kind).update(token).digest('base64url').slice(0, 52);
  return PREFIXES[kind] + token + tail;
}

/** The authority's token in it; `null` where the text is no token of that kind. */
export function undress(kind: TokenKind, text: string): string | null {
  const prefix = PREFIXES[kind];
  const token = text.slice(prefix.length, prefix.length + INNER_LENGTH);
  return dress(kind, token) === text ? token : null;
}
