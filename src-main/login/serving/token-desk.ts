import { programAt } from '../../agent/peer.ts';
import type { Asker, TokenOutcome, Tokens } from '../../agent/server.ts';
import { accountMeant } from '../../domain/account-meant.ts';
import { DEFAULT_CREDENTIAL_ID } from '../../domain/credential.ts';
import { failureOf, type Failure } from '../../domain/failure.ts';
import { isGotByUs } from '../../domain/history.ts';
import { HOUR, SECOND } from '../../domain/instant.ts';
import { planRefresh } from '../../domain/refresh-policy.ts';
import type { HandedOut, Permission, Question } from '../../domain/serving.ts';
import type { Account } from '../../domain/snapshot.ts';
import { rfc3339, statusJson, type StatusJson } from '../../domain/status-json.ts';
import type { StoredLogins } from '../accounts/stored-logins.ts';
import type { LoginPorts } from '../ports.ts';
import type { State } from '../state.ts';
import type { UnderWay } from '../under-way.ts';
import type { RefreshDesk } from '../upkeep/refresh-desk.ts';
import { HandedOutTally } from './handed-out.ts';
import type { Questions } from './questions.ts';

/** What it sets to work. */
export interface TokenDeskHands {
  readonly stored: StoredLogins;
  readonly refreshes: RefreshDesk;
  readonly underWay: UnderWay;
}

/** To look who asks takes longer than to answer: so many at once, and then one a second. */
const LOOKS = 20;
const LOOK_INTERVAL = SECOND;
/** Of a token whose lifetime nobody knows. */
const LONGEST_LASTING = HOUR;
/** Where nobody knows when it may be otherwise; seconds. */
const SOME_TIME = 60;

/** Answers the programs that want a token. */
export class TokenDesk implements Tokens {
  readonly #clock: LoginPorts['clock'];
  readonly #state: State;
  readonly #hands: TokenDeskHands;
  readonly #tally: HandedOutTally;
  /** `null` where nobody can be asked. */
  readonly #questions: Questions | null;
  readonly #onHandedOut: () => void;
  #looks = LOOKS;
  #lookedAt: number;

  constructor(
    ports: Pick<LoginPorts, 'vault' | 'clock' | 'reportError'>,
    state: State,
    hands: TokenDeskHands,
    questions: Questions | null,
    onHandedOut: () => void,
  ) {
    this.#clock = ports.clock;
    this.#state = state;
    this.#hands = hands;
    this.#tally = new HandedOutTally(ports);
    this.#questions = questions;
    this.#onHandedOut = onHandedOut;
    this.#lookedAt = ports.clock.monotonic();
  }

  get handedOut(): readonly HandedOut[] {
    return this.#tally.shown;
  }

  get questions(): readonly Question[] {
    return this.#questions?.open ?? [];
  }

  answer(question: number, permission: Permission): void {
    this.#questions?.answer(question, permission);
  }

  /** Nothing is left that is not on disk, nor allowed. */
  async end(): Promise<void> {
    this.#questions?.forget();
    await this.#tally.noteAll();
  }

  status(): Promise<StatusJson> {
    const { accounts, apiKey } = this.#state.snapshot;
    return Promise.resolve(statusJson(accounts, apiKey, this.#clock.now()));
  }

  async token(named: string | null, lasting: number, asker: Asker): Promise<TokenOutcome> {
    const { accounts, settings } = this.#state.snapshot;
    const id = accountMeant(named, accounts);
    if (id === null) return this.#failure({ code: 'agent-request', reason: 'account-unnamed' });
    const account = accounts.find((each) => each.id === id);
    if (account === undefined) return this.#failure({ code: 'not-signed-in', id });
    const { ask } = settings.agent;
    if (ask && this.#questions === null) return this.#failure({ code: 'agent-refused', reason: 'denied' });
    const program = ask || this.#mayLook() ? await programAt(asker.socket) : null;
    if (ask) {
      const decision = (await this.#questions?.ask(program, id, asker.gone)) ?? 'denied';
      if (decision !== 'allowed') return this.#failure({ code: 'agent-refused', reason: decision });
    }
    try {
      const { refreshes } = this.#hands;
      const { accessToken, accessExpiresAt } = await refreshes.freshCredential(
        id,
        sensible(lasting, account),
      );
      const counted = this.#tally.count(program, id).then((isNoted) => {
        // A new line of the history; how often is in the snapshot.
        if (isNoted) return this.#hands.stored.reload();
      });
      void this.#hands.underWay.track(counted);
      this.#onHandedOut();
      return {
        kind: 'token',
        answer: { account: id, access_token: accessToken, access_expires_at: rfc3339(accessExpiresAt) },
      };
    } catch (error) {
      return this.#failure(failureOf(error), id);
    }
  }

  #failure(failure: Failure, id: string = DEFAULT_CREDENTIAL_ID): TokenOutcome {
    const { accounts, isFileReadable, troubles } = this.#state.snapshot;
    const [unreadable] = troubles;
    // While nobody can read the file nobody can say that there is no login.
    const isUnsure = !isFileReadable && failure.code === 'not-signed-in' && unreadable !== undefined;
    const account = accounts.find((each) => each.id === id);
    return {
      kind: 'failure',
      failure: isUnsure ? unreadable : failure,
      retryAfterSeconds: this.#retryAfter(failure, account),
    };
  }

  #retryAfter(failure: Failure, account: Account | undefined): number {
    if ('retryAfterSeconds' in failure && failure.retryAfterSeconds !== null)
      return failure.retryAfterSeconds;
    const now = this.#clock.now();
    const at = account === undefined ? null : planRefresh(account, account.history, now).at;
    return at !== null && at > now ? (at - now) / SECOND : SOME_TIME;
  }

  #mayLook(): boolean {
    const now = this.#clock.monotonic();
    this.#looks = Math.min(LOOKS, this.#looks + (now - this.#lookedAt) / LOOK_INTERVAL);
    this.#lookedAt = now;
    if (this.#looks < 1) return false;
    this.#looks--;
    return true;
  }
}

/**
 * How long a token has to last for a program that wants it to. Each renewal costs the service a request, and it throttles
 * whoever makes many (`facts.md` section 1): half of a token's lifetime is what anybody can count on.
 */
function sensible(lasting: number, { accessIssuedAt, accessExpiresAt, history }: Account): number {
  const known = accessIssuedAt === null || accessExpiresAt === null ? 0 : accessExpiresAt - accessIssuedAt;
  // Found in the file it is older than we know of it, or its life is not known at all.
  const lifetime = known > 0 && isGotByUs(history) ? known : Math.max(LONGEST_LASTING, known);
  return Math.min(lasting, lifetime / 2);
}
