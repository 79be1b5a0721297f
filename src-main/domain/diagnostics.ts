import type { HistoryEvent } from './history.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What a report of a problem needs, as JSON: no token (a snapshot has none), no name, no address of a person.
 *
 * @param errors the latest lines of the log (`log-line.ts`)
 */
export function diagnostics(
  { accounts, signIn, troubles, keychainTrouble, settings, surroundings }: Snapshot,
  versions: Readonly<Record<string, string | undefined>>,
  errors: readonly unknown[],
): string {
  const { practice, otherEndpoints, standInRuntime, sandboxOff } = surroundings;
  return JSON.stringify(
    {
      electron: versions['electron'],
      node: versions['node'],
      surroundings: { practice, otherEndpoints, standInRuntime, sandboxOff },
      // The address may have a user's name in it.
      settings: { ...settings, proxy: settings.proxy.use },
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
          ...factsOf(event),
        })),
      })),
      errors,
    },
    null,
    2,
  );
}

/** What an event tells beside its kind. */
function factsOf(event: HistoryEvent): object {
  switch (event.kind) {
    case 'refused':
      return { code: event.failure.code };
    case 'woke':
      return { by: event.by };
    case 'notified':
      return { about: event.about };
    case 'made-private':
      return { mode: event.mode };
    case 'handed-out':
      return { times: event.times };
    case 'signed-out':
      return { revocation: event.revocation.outcome };
    case 'signed-in':
    case 'refreshed':
    case 'adopted':
    case 'removed':
    case 'replaced':
    case 'put-back':
      return {};
  }
}
