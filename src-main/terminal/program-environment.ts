import type { Handed } from './arguments.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where Claude Code takes an OAuth token from. */
export const TOKEN_VARIABLE = 'CLAUDE_CODE_OAUTH_TOKEN';
/** Where it, and every SDK, takes an API key from. */
const KEY_VARIABLE = 'ANTHROPIC_API_KEY';
const OTHERS = ['CLAUDE_CODE_USE_BEDROCK', 'CLAUDE_CODE_USE_VERTEX', 'CLAUDE_CODE_USE_FOUNDRY'] as const;

/** What Claude Code takes before the token (`facts.md` section 3b). */
export const STRONGER_VARIABLES = ['ANTHROPIC_AUTH_TOKEN', KEY_VARIABLE, ...OTHERS] as const;

/** What is set for a program that is to use this, and nothing else; and what must not be there. */
export const PROGRAM_VARIABLES: Readonly<
  Record<Handed, { readonly sets: string; readonly removes: readonly string[] }>
> = {
  login: { sets: TOKEN_VARIABLE, removes: STRONGER_VARIABLES },
  key: { sets: KEY_VARIABLE, removes: ['ANTHROPIC_AUTH_TOKEN', TOKEN_VARIABLE, ...OTHERS] },
};

/** The environment of a program that is to use this token, or this key, and no other. */
export function programEnvironment(
  secret: string,
  variables: Variables,
  as: Handed = 'login',
): Record<string, string> {
  const { sets, removes } = PROGRAM_VARIABLES[as];
  const kept = Object.entries(variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !removes.includes(entry[0]),
  );
  return { ...Object.fromEntries(kept), [sets]: secret };
}

/** Those of them that are set, which is what counts with Claude Code: an empty one is none. */
export function strongerIn(variables: Variables): readonly string[] {
  return STRONGER_VARIABLES.filter((name) => (variables[name] ?? '') !== '');
}
