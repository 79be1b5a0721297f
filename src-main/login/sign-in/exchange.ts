import { MINUTE, SECOND } from '../../domain/instant.ts';
import { AskedToWait } from '../../oauth/asked-to-wait.ts';
import type { TokenAnswer } from '../../oauth/token-answer.ts';
import { HalfAnswered, TokenEndpoint, type CodeGrant } from '../../oauth/token-endpoint.ts';
import type { Clock } from '../clock.ts';
import type { ServicePorts } from '../service.ts';
import type { SignInAttempt } from './sign-in-attempt.ts';

export interface ExchangePorts extends ServicePorts {
  readonly clock: Clock;
}

/** How long the exchange waits in all where the service asks to come again later, and how long at first. */
const PATIENCE = MINUTE;
const FIRST_WAIT = 2 * SECOND;
const LEAST_WAIT = SECOND;

/**
 * Exchanges the code for tokens. Asks with the same code again where the service has processed nothing and asks to wait,
 * and for an access token with what renews the login where that came alone: the code is spent then.
 *
 * @throws as `TokenEndpoint.exchange` and `refresh`; the signal's reason, when aborted
 */
export async function exchangeCode(
  grant: CodeGrant,
  attempt: SignInAttempt,
  { endpoints, http, onTokenHost, clock }: ExchangePorts,
): Promise<TokenAnswer> {
  const endpoint = new TokenEndpoint(endpoints.tokenUrls, http, ({ host }) => onTokenHost(host));
  for (let [times, waited] = [0, 0]; ; times++) {
    try {
      return await endpoint.exchange(grant, attempt.signal);
    } catch (error) {
      if (error instanceof HalfAnswered) {
        const answer = await endpoint.refresh(error.refreshToken);
        return { ...answer, refreshToken: answer.refreshToken ?? error.refreshToken };
      }
      if (!(error instanceof AskedToWait)) throw error;
      const { seconds } = error;
      // A service that goes on asking for a moment is not asked every moment.
      const wait =
        seconds === null ? FIRST_WAIT * 2 ** times : Math.max(seconds * SECOND, LEAST_WAIT * 2 ** times);
      waited += wait;
      if (waited > PATIENCE) throw error;
      await pause(wait, attempt, clock);
    }
  }
}

async function pause(milliseconds: number, attempt: SignInAttempt, clock: Clock): Promise<void> {
  const { signal } = attempt;
  signal.throwIfAborted();
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const cancelTimer = clock.after(milliseconds, () => resolve(null));
  signal.addEventListener('abort', () => resolve(null), { once: true });
  attempt.change({ retryAt: clock.now() + milliseconds });
  await over;
  cancelTimer();
  signal.throwIfAborted();
  attempt.change({ retryAt: null });
}
