import type { ApiKey, KeyShown } from './api-key.ts';
import type { Account } from './snapshot.ts';

/** Who is known to take something from the config file (`facts.md` section 3). */
export const PROGRAMS = ['ai-provider-kit', 'mcp-code-api', 'one-key', 'latchkey', 'as-key'] as const;
export type Program = (typeof PROGRAMS)[number];

/** What a program takes from the file as it stands now, or from us. */
export type Takes =
  | { readonly what: 'nothing' | 'key' | 'listed' | 'login' | 'loginOnly' | 'oneLogin' | 'firstToken' }
  | { readonly what: 'placeholder'; readonly text: string }
  | { readonly what: 'logins' | 'loginsOnly'; readonly count: number };

/**
 * Each program and what it takes. ai-provider-kit takes every login in turn and never falls back to the key;
 * mcp-code-api reads nothing but keys; whoever wants one key takes the first login's token where there is none.
 * What is in the keychain alone only we hand out.
 */
export function whoUsesWhat(
  accounts: readonly Pick<Account, 'whereabouts' | 'storage'>[],
  { own, storage, listed }: Pick<ApiKey, 'own' | 'storage' | 'listed'>,
): readonly (readonly [Program, Takes])[] {
  const logins = accounts.filter(
    (account) => account.whereabouts === 'config-file' && account.storage !== 'keychain',
  ).length;
  const inFile = storage === 'config-file' ? own : null;
  const keys = keysTaken(inFile, listed);
  const hasKeys = keys.what !== 'nothing';
  const inTurn: Takes =
    logins > 1
      ? { what: hasKeys ? 'loginsOnly' : 'logins', count: logins }
      : { what: hasKeys ? 'loginOnly' : 'login' };
  const taken: Readonly<Record<Program, Takes>> = {
    'ai-provider-kit': logins > 0 ? inTurn : keys,
    'mcp-code-api': keys,
    'one-key': inFile === null && logins > 0 ? { what: 'firstToken' } : keys,
    latchkey: { what: accounts.length > 1 ? 'oneLogin' : accounts.length === 1 ? 'login' : 'nothing' },
    'as-key': { what: own?.kind === 'key' ? 'key' : 'nothing' },
  };
  return PROGRAMS.map((program) => [program, taken[program]]);
}

function keysTaken(own: KeyShown | null, listed: readonly KeyShown[]): Takes {
  if (own?.kind === 'placeholder') return { what: 'placeholder', text: own.text };
  if (own !== null) return { what: 'key' };
  return { what: listed.length > 0 ? 'listed' : 'nothing' };
}
