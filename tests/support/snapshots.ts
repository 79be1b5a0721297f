import { NO_API_KEY } from '../../src-main/domain/api-key.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import { DEFAULT_SETTINGS } from '../../src-main/domain/settings.ts';
import type { Account, Snapshot } from '../../src-main/domain/snapshot.ts';

/** Monday 23 November 2026, 09:00 local time: the instant that the fixed snapshots are made for. */
export const NOW = new Date(2026, 10, 23, 9).getTime();

export function anAccount(changes: Partial<Account> = {}): Account {
  return {
    id: 'default',
    owner: {
      accountUuid: 'a-uuid',
      email: 'ada@example.org',
      displayName: 'Ada',
      organizationUuid: 'o-uuid',
      organizationName: 'Analytical Engines',
      plan: 'max',
    },
    accessIssuedAt: NOW,
    accessExpiresAt: NOW + 8 * 3_600_000,
    loginIssuedAt: NOW,
    loginExpiresAt: NOW + 28 * 86_400_000,
    refreshable: true,
    refreshing: false,
    whereabouts: 'config-file',
    storage: 'config-file',
    history: [],
    troubles: [],
    ...changes,
  };
}

export function aSnapshot(
  accounts: readonly Account[] = [],
  signIn: SignIn | null = null,
  changes: Partial<Snapshot> = {},
): Snapshot {
  return {
    isFirstVisit: false,
    accounts,
    formerAccounts: [],
    farewell: null,
    isFileReadable: true,
    apiKey: NO_API_KEY,
    signIn,
    troubles: [],
    keychainTrouble: null,
    settings: DEFAULT_SETTINGS,
    startAtLogin: false,
    commandOnPath: null,
    serving: null,
    surroundings: {
      configFile: '/home/ada/.mcp-code-api/config.yaml',
      home: '/home/ada',
      practice: false,
      offersPractice: false,
      systemLanguage: 'en',
      otherEndpoints: null,
      standInRuntime: null,
      sandboxOff: false,
      packageKind: 'checkout',
      prescribedPort: null,
    },
    updates: null,
    ...changes,
  };
}
