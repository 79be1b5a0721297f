/** Tokens as Anthropic writes them: a prefix that tells their kind, 108 characters in all (`facts.md` section 1). */
const PREFIXES = { access: 'sk-ant-oat01-', refresh: 'sk-ant-ort01-' } as const;

/** What makes the authority's own, unprefixed tokens 95 characters of base64url. */
export const TOKEN_BITS = 95 * 6;

export type TokenKind = keyof typeof PREFIXES;

/** The authority's opaque token as the outside sees it. */
export function withPrefix(kind: TokenKind, token: string): string {
  return PREFIXES[kind] + token;
}

/** The authority's token in it; `null` where the text is no token of that kind. */
export function withoutPrefix(kind: TokenKind, text: string): string | null {
  return text.startsWith(PREFIXES[kind]) ? text.slice(PREFIXES[kind].length) : null;
}
