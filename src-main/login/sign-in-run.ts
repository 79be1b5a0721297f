import { randomUUID } from 'node:crypto';
import {
  DEFAULT_CREDENTIAL_ID,
  freeCredentialId,
  placeFor,
  type Credential,
  type Owner,
  type Place,
} from '../domain/credential.ts';
import { failureOf, FailureError, type Failure } from '../domain/failure.ts';
import { entryLoss, withEvent } from '../domain/history.ts';
import type { Instant } from '../domain/instant.ts';
import { readPastedCode } from '../domain/pasted-code.ts';
import { MINUTE, SECOND } from '../domain/instant.ts';
import { accessExpiry, loginExpiry } from '../domain/lifetime.ts';
import {
  withEnd,
  withStep,
  type SignIn,
  type SignInStepId,
  type SignInStepStatus,
} from '../domain/sign-in.ts';
import { AskedToWait } from '../oauth/asked-to-wait.ts';
import { authorizationUrl, createAuthorizationSecrets } from '../oauth/authorization-request.ts';
import type { CallbackTexts } from '../oauth/callback-page.ts';
import { startCallbackServer } from '../oauth/callback-server.ts';
import { CLIENT_ID, SCOPES } from '../oauth/client.ts';
import { manualRedirectUri, type Endpoints } from '../oauth/endpoints.ts';
import type { Http } from '../oauth/http.ts';
import { isSameSecret } from '../oauth/same-secret.ts';
import type { TokenAnswer } from '../oauth/token-answer.ts';
import { TokenEndpoint, type CodeGrant } from '../oauth/token-endpoint.ts';
import { testToken } from '../oauth/token-test.ts';
import type { AccountRecord, AnswerRoom, Vault } from '../vault/vault.ts';
import type { Clock } from './clock.ts';

export interface SignInPorts {
  readonly endpoints: Endpoints;
  readonly callbackPort: number;
  /** For the page that the browser shows at last. */
  readonly callbackTexts: CallbackTexts;
  readonly http: Http;
  readonly vault: Pick<Vault, 'exclusively' | 'load' | 'prepareToSave' | 'takeRoom' | 'store' | 'saveRecord'>;
  readonly clock: Clock;
  /** Rejects when no browser could be started. */
  readonly openBrowser: (url: string) => Promise<void>;
  /** A token host has shown that it is the right address. */
  readonly onTokenHost: (host: string) => void;
}

/** What a run tells while it goes on. */
export interface SignInListener {
  /** The attempt changed. */
  readonly onChange: (signIn: SignIn) => void;
  /** The person can be asked for their approval; `null`: they have answered. */
  readonly onAsked: (asked: Asked | null) => void;
  /** What is stored about the account changed. */
  readonly onStored: () => Promise<void>;
}

/** The authorization request of an attempt that waits for its answer. */
export interface Asked {
  /** Where to approve. It holds `state`: it goes to a browser, a clipboard or a terminal, nowhere else. */
  readonly url: () => string;
  /** Opens the page that shows a code to copy: the browser may be on another machine than this. */
  readonly pasteInstead: () => Promise<void>;
  /** What the person pasted: the answer, or something whose problem the attempt then tells. */
  readonly submit: (text: string) => void;
}

/** An authorization response, and where the service was told to send it. */
interface Answer {
  readonly parameters: URLSearchParams;
  readonly redirectUri: string;
}

/** How long a person has to approve, as the seed has it. */
const APPROVAL_MINUTES = 5;
const BROWSER_PATIENCE = 2 * SECOND;
/** How long the exchange waits in all where the service asks to come again later, and how long at first. */
const EXCHANGE_PATIENCE = MINUTE;
const FIRST_WAIT = 2 * SECOND;
const LEAST_WAIT = SECOND;

/**
 * One sign-in from the PKCE challenge to the stored and tested credential. Never rejects: how it ended is the last
 * `SignIn` told. Aborting the signal cancels it at any step; once the credential is stored, only the test is cut short.
 */
export async function runSignIn(
  start: SignIn,
  ports: SignInPorts,
  listener: SignInListener,
  signal: AbortSignal,
): Promise<void> {
  let signIn = start;
  const change = (next: SignIn) => {
    signIn = next;
    listener.onChange(next);
  };
  const step = (id: SignInStepId, status: SignInStepStatus, notice: Failure | null = null) =>
    change(withStep(signIn, id, status, notice));

  // While the person is busy approving, so that saving is quick.
  void ports.vault.prepareToSave();
  try {
    const grant = await authorize();
    step('exchange', 'active');
    // A code works once: what it is exchanged for has to have a place before it is sent.
    const room = await ports.vault.takeRoom(start.askedFor ?? DEFAULT_CREDENTIAL_ID, null);
    const answer = await exchange(grant).catch(async (error: unknown) => {
      await room.release();
      throw error;
    });
    if (answer.clockOffSeconds === 0) step('exchange', 'done');
    else step('exchange', 'warning', { code: 'clock-off', seconds: answer.clockOffSeconds });

    step('save', 'active');
    const { failure, id } = await save(answer, room);
    step('save', failure === null ? 'done' : 'warning', failure);
    await listener.onStored();

    await test(id, answer.accessToken);
    change({ ...withStep(signIn, 'done', 'done'), phase: 'succeeded' });
  } catch (error) {
    const aborted = signal.aborted && !(error instanceof FailureError);
    change(withEnd(signIn, aborted ? { code: 'sign-in-cancelled' } : failureOf(error)));
  }

  /** The first four steps: from nothing to an authorization code. */
  async function authorize(): Promise<CodeGrant> {
    step('pkce', 'active');
    const { codeVerifier, codeChallenge, state } = await createAuthorizationSecrets();
    step('pkce', 'done');

    step('callback-server', 'active');
    const server = await startCallbackServer(ports.callbackPort, state, ports.callbackTexts);
    try {
      signal.throwIfAborted();
      const { redirectUri } = server;
      const { authorizeUrl } = ports.endpoints;
      const url = authorizationUrl(authorizeUrl, { codeChallenge, state }, redirectUri);
      const manualUri = manualRedirectUri(ports.endpoints);
      const manualUrl = authorizationUrl(authorizeUrl, { codeChallenge, state }, manualUri, true);
      const pasted = Promise.withResolvers<Answer>();
      listener.onAsked({
        url: () => (signIn.pasting ? manualUrl : url),
        pasteInstead: async () => {
          change({ ...signIn, pasting: true });
          await ports.openBrowser(manualUrl);
        },
        submit: (text) => {
          const read = readPastedCode(text);
          const isOurs = read.problem === null && isSameSecret(read.state, state);
          change({ ...signIn, codeProblem: read.problem ?? (isOurs ? null : 'state-mismatch') });
          if (!isOurs) return;
          const parameters = new URLSearchParams({ code: read.code, state: read.state });
          // From the address bar of a browser that could not come back, or from the service's own page.
          const isOrdinary = text.includes(redirectUri) || !signIn.pasting;
          pasted.resolve({ parameters, redirectUri: isOrdinary ? redirectUri : manualUri });
          server.close();
        },
      });
      const { origin, pathname } = authorizeUrl;
      change({ ...signIn, redirectUri, authorizationEndpoint: origin + pathname });
      if (server.port === ports.callbackPort) step('callback-server', 'done');
      else step('callback-server', 'warning', portBusy(server.port));

      step('browser', 'active');
      const opened = ports.openBrowser(url).catch(() => {
        if (signIn.phase === 'running') step('browser', 'warning', { code: 'browser-not-opened' });
      });
      // Some starters return only when the browser is closed again: after a moment it counts as open.
      const { promise: patience, resolve } = Promise.withResolvers<null>();
      const cancelPatience = ports.clock.after(BROWSER_PATIENCE, () => resolve(null));
      const deadline = ports.clock.now() + APPROVAL_MINUTES * MINUTE;
      const received = server.received.then((parameters): Answer => ({ parameters, redirectUri }));
      const answer = await beforeDeadline(deadline, async () => {
        await Promise.race([opened, received, patience]);
        if (statusOf('browser') === 'active') step('browser', 'done');
        change({ ...withStep(signIn, 'approval', 'active'), approvalDeadline: deadline });
        return Promise.race([received, pasted.promise]);
      }).finally(cancelPatience);
      listener.onAsked(null);
      change({ ...withStep(signIn, 'approval', 'done'), approvalDeadline: null, codeProblem: null });
      return {
        issuer: ports.endpoints.authorizeUrl.origin,
        callbackParameters: answer.parameters,
        state,
        codeVerifier,
        redirectUri: answer.redirectUri,
      };
    } catch (error) {
      server.close();
      throw error;
    }
  }

  /** Asks with the same code again where the service has processed nothing and asks to wait. */
  async function exchange(grant: CodeGrant): Promise<TokenAnswer> {
    const { endpoints, http, onTokenHost } = ports;
    const endpoint = new TokenEndpoint(endpoints.tokenUrls, http, ({ host }) => onTokenHost(host));
    for (let [times, waited] = [0, 0]; ; times++) {
      try {
        return await endpoint.exchange(grant, signal);
      } catch (error) {
        if (!(error instanceof AskedToWait)) throw error;
        const { seconds } = error;
        // A service that goes on asking for a moment is not asked every moment.
        const wait =
          seconds === null ? FIRST_WAIT * 2 ** times : Math.max(seconds * SECOND, LEAST_WAIT * 2 ** times);
        waited += wait;
        if (waited > EXCHANGE_PATIENCE) throw error;
        await pauseExchange(wait);
      }
    }
  }

  async function pauseExchange(milliseconds: number): Promise<void> {
    signal.throwIfAborted();
    const { promise: over, resolve } = Promise.withResolvers<null>();
    const cancelTimer = ports.clock.after(milliseconds, () => resolve(null));
    signal.addEventListener('abort', () => resolve(null), { once: true });
    change({ ...signIn, retryAt: ports.clock.now() + milliseconds });
    await over;
    cancelTimer();
    signal.throwIfAborted();
    change({ ...signIn, retryAt: null });
  }

  function statusOf(id: SignInStepId): SignInStepStatus | undefined {
    return signIn.steps.find((each) => each.id === id)?.status;
  }

  function portBusy(instead: number): Failure {
    return { code: 'port-busy', port: ports.callbackPort, instead };
  }

  async function beforeDeadline<T>(deadline: Instant, work: () => Promise<T>): Promise<T> {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(new FailureError({ code: 'sign-in-cancelled' }));
    signal.addEventListener('abort', onAbort);
    const cancelTimer = ports.clock.after(deadline - ports.clock.now(), () =>
      reject(new FailureError({ code: 'authorization-timeout', minutes: APPROVAL_MINUTES })),
    );
    try {
      return await Promise.race([work(), ended]);
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** In turn with whoever else changes credentials; where that turn never comes, without: nothing may get lost. */
  async function save(answer: TokenAnswer, room: AnswerRoom) {
    let begun = false as boolean;
    const saving = async () => {
      begun = true;
      const place = await placeOf(answer);
      change({ ...signIn, place });
      const { id } = place;
      const saved = await ports.vault.store(
        {
          credential: credentialOf(id, answer),
          sent: null,
          at: answer.receivedAt,
          change: (old) => signedInRecord(old, answer),
        },
        room,
      );
      return { id, failure: saved.failure };
    };
    try {
      return await ports.vault.exclusively(saving);
    } catch (error) {
      if (begun) throw error;
      return await saving();
    }
  }

  async function placeOf(answer: TokenAnswer): Promise<Place> {
    const { accounts, isFileReadable } = await ports.vault.load();
    const known = accounts.map(({ id, record }) => ({
      id,
      // What another program put in the place of our entry may be anybody's.
      owner: record?.isOwnerSure === true && entryLoss(record.history) !== 'replaced' ? record.owner : null,
    }));
    // Nobody knows which ids a file has that cannot be read, and nothing there is to be replaced once it can.
    const free = isFileReadable ? freeCredentialId(known.map(({ id }) => id)) : `account-${randomUUID()}`;
    return placeFor(start.askedFor, ownerOf(answer), known, free);
  }

  /** The credential is stored: whatever the test says, and also when it is cut short, the sign-in has succeeded. */
  async function test(id: string, accessToken: string): Promise<void> {
    step('test', 'active');
    try {
      const { owner, failure } = await testToken(ports.endpoints.apiUrl, accessToken, ports.http, signal);
      if (owner !== null) {
        await ports.vault.saveRecord(id, (record) => ({ ...record, owner }));
        await listener.onStored();
      }
      step('test', failure === null ? 'done' : 'warning', failure);
    } catch (error) {
      if (signal.aborted) step('test', 'skipped');
      else step('test', 'warning', failureOf(error));
    }
  }
}

function credentialOf(id: string, answer: TokenAnswer): Credential {
  return {
    id,
    clientId: CLIENT_ID,
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken,
    accessExpiresAt: accessExpiry(answer.receivedAt, answer.expiresIn),
    // RFC 6749 section 5.1: an answer without scopes grants what was asked for.
    scopes: answer.scopes ?? SCOPES,
  };
}

function signedInRecord({ history, known }: AccountRecord, answer: TokenAnswer): AccountRecord {
  const at = answer.receivedAt;
  return {
    owner: ownerOf(answer),
    isOwnerSure: true,
    accessIssuedAt: at,
    loginIssuedAt: at,
    loginExpiresAt: loginExpiry(at, answer.loginExpiresIn),
    history: withEvent(history, { at, kind: 'signed-in' }),
    known,
  };
}

function ownerOf({ accountUuid, email, organizationUuid, organizationName }: TokenAnswer): Owner {
  return { accountUuid, email, displayName: null, organizationUuid, organizationName, plan: null };
}
