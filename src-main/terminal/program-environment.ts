type Variables = Readonly<Record<string, string | undefined>>;

/** Where Claude Code takes an OAuth token from. */
export const TOKEN_VARIABLE = 'CLAUDE_CODE_OAUTH_TOKEN';

/** What Claude Code takes before that (`facts.md` section 3b). */
export const STRONGER_VARIABLES = [
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_API_KEY',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_VERTEX',
  'CLAUDE_CODE_USE_FOUNDRY',
] as const;

/** The environment of a program that is to use this token, and no other. */
export function programEnvironment(token: string, variables: Variables): Record<string, string> {
  const kept = Object.entries(variables).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !STRONGER_VARIABLES.some((name) => name === entry[0]),
  );
  return { ...Object.fromEntries(kept), [TOKEN_VARIABLE]: token };
}

/** Those of them that are set, which is what counts with Claude Code: an empty one is none. */
export function strongerIn(variables: Variables): readonly string[] {
  return STRONGER_VARIABLES.filter((name) => (variables[name] ?? '') !== '');
}
