import type { Snapshot } from './snapshot.ts';

/** What a report of a problem needs, as JSON: no token (a snapshot has none), no name, no address of a person. */
export function diagnostics(
  { accounts, signIn, troubles, keychainTrouble, settings, surroundings }: Snapshot,
  versions: Readonly<Record<string, string | undefined>>,
): string {
  const { practice, otherEndpoints, standInRuntime, sandboxOff } = surroundings;
  return JSON.stringify(
    {
      electron: versions['electron'],
      node: versions['node'],
      surroundings: { practice, otherEndpoints, standInRuntime, sandboxOff },
      settings,
      troubles: troubles.map(({ code }) => code),
      keychainTrouble: keychainTrouble?.code ?? null,
      signIn: signIn && {
        phase: signIn.phase,
        failure: signIn.failure?.code ?? null,
        steps: signIn.steps.map(({ id, status, notice }) => [id, status, notice?.code ?? null]),
      },
      accounts: accounts.map((account) => ({
        accessExpiresAt: account.accessExpiresAt,
        loginExpiresAt: account.loginExpiresAt,
        refreshable: account.refreshable,
        whereabouts: account.whereabouts,
        troubles: account.troubles.map(({ code }) => code),
        history: account.history.slice(-50).map((event) => ({
          at: new Date(event.at).toISOString(),
          kind: event.kind,
          ...(event.kind === 'refused' ? { code: event.failure.code } : {}),
        })),
      })),
    },
    null,
    2,
  );
}
