import { randomUUID } from 'node:crypto';
import type { Check } from '../domain/check.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { Network } from '../network/network.ts';
import { startCallbackServer } from '../oauth/callback-server.ts';
import type { Endpoints } from '../oauth/endpoints.ts';
import type { Vault } from '../vault/vault.ts';
import type { ApprovalPorts } from './sign-in/approval.ts';
import type { LoginPorts } from './ports.ts';

interface CheckUpPorts extends Pick<ApprovalPorts, 'endpoints' | 'callbackPort' | 'callbackTexts'> {
  readonly vault: Pick<Vault, 'lookOver'>;
  readonly settings: LoginPorts['settings'];
  readonly network: Pick<Network, 'connection'>;
  readonly answeringTokenHost: string | null;
}

/**
 * Looks at everything that a login depends on, as a sign-in would meet it. No credential is stored, and no server asked
 * for more than a connection. Never rejects.
 */
export async function checkUp({
  vault,
  settings,
  network,
  endpoints,
  answeringTokenHost,
  ...callback
}: CheckUpPorts): Promise<readonly Check[]> {
  const [stores, port, ...connections] = await Promise.all([
    storesOf(vault, settings),
    portFailure(callback),
    ...serversOf(endpoints).map(async (url): Promise<Check> => {
      const { way, failure } = await network.connection(url);
      const about = { part: 'connection', about: url.host, failures: listed(failure) } as const;
      return way === null ? about : { ...about, way };
    }),
  ]);
  return [
    ...stores,
    { part: 'callback-port', about: String(callback.callbackPort), failures: listed(port) },
    ...tokenHosts(endpoints, answeringTokenHost),
    ...connections,
  ];
}

/** Where things go. The settings lie in our data folder, too. */
async function storesOf(
  vault: CheckUpPorts['vault'],
  settings: CheckUpPorts['settings'],
): Promise<readonly Check[]> {
  const unread = await settings.read().then(
    () => null,
    (error: unknown) => failureOf(error),
  );
  const ofSettings = [...listed(unread), ...listed(settings.setAside)];
  return (await vault.lookOver()).map((check) => {
    if (check.part !== 'data-folder') return check;
    const isTold = ({ code }: Failure) => check.failures.some((failure) => failure.code === code);
    return { ...check, failures: [...check.failures, ...ofSettings.filter((failure) => !isTold(failure))] };
  });
}

const listed = (failure: Failure | null) => (failure === null ? [] : [failure]);

/** Opens the port as a sign-in does, for a moment. */
async function portFailure({
  callbackPort,
  callbackTexts,
}: Pick<CheckUpPorts, 'callbackPort' | 'callbackTexts'>): Promise<Failure | null> {
  try {
    const server = await startCallbackServer(callbackPort, randomUUID(), callbackTexts);
    server.close();
    if (server.port === callbackPort) return null;
    return { code: 'port-busy', port: callbackPort, instead: server.port };
  } catch (error) {
    return failureOf(error);
  }
}

/** The one that is asked first, where there is a choice. */
function tokenHosts({ tokenUrls }: Endpoints, answering: string | null): readonly Check[] {
  const [first, second] = tokenUrls;
  if (first === undefined || second === undefined) return [];
  return [{ part: 'token-host', about: first.host, failures: [], hasAnsweredLast: first.host === answering }];
}

/** Each once. */
function serversOf({ authorizeUrl, tokenUrls, apiUrl }: Endpoints): readonly URL[] {
  const urls = [authorizeUrl, ...tokenUrls, apiUrl];
  return urls.filter((url, index) => urls.findIndex(({ origin }) => origin === url.origin) === index);
}
