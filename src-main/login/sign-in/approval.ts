import { FailureError } from '../../domain/failure.ts';
import { MINUTE, SECOND, type Instant } from '../../domain/instant.ts';
import { readPastedCode } from '../../domain/pasted-code.ts';
import { authorizationUrl, createAuthorizationSecrets } from '../../oauth/authorization-request.ts';
import type { CallbackTexts } from '../../oauth/callback-page.ts';
import { startCallbackServer, type CallbackServer } from '../../oauth/callback-server.ts';
import { manualRedirectUri, type Endpoints } from '../../oauth/endpoints.ts';
import { isSameSecret } from '../../oauth/same-secret.ts';
import type { CodeGrant } from '../../oauth/token-endpoint.ts';
import type { Clock } from '../clock.ts';
import type { SignInAttempt } from './sign-in-attempt.ts';

export interface ApprovalPorts {
  readonly endpoints: Endpoints;
  readonly callbackPort: number;
  /** For the page that the browser shows at last. */
  readonly callbackTexts: CallbackTexts;
  readonly clock: Clock;
  /** Rejects when no browser could be started. */
  readonly openBrowser: (url: string) => Promise<void>;
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

/**
 * The first four steps: from nothing to an authorization code.
 *
 * @param onAsked hears when the person can be asked for their approval; `null`: they have answered
 * @throws FailureError why there is none; the signal's reason, when aborted
 */
export async function askForApproval(
  attempt: SignInAttempt,
  ports: ApprovalPorts,
  onAsked: (asked: Asked | null) => void,
): Promise<CodeGrant> {
  attempt.step('pkce', 'active');
  const { codeVerifier, codeChallenge, state } = await createAuthorizationSecrets();
  attempt.step('pkce', 'done');

  // Whoever brings the code over themselves needs nobody to listen.
  const server = attempt.signIn.pasting ? null : await startServer(attempt, state, ports);
  try {
    attempt.signal.throwIfAborted();
    const { authorizeUrl } = ports.endpoints;
    const manualUri = manualRedirectUri(ports.endpoints);
    const manualUrl = authorizationUrl(authorizeUrl, { codeChallenge, state }, manualUri, true);
    const redirectUri = server?.redirectUri ?? null;
    const url =
      redirectUri === null
        ? manualUrl
        : authorizationUrl(authorizeUrl, { codeChallenge, state }, redirectUri);
    const pasted = Promise.withResolvers<Answer>();
    onAsked({
      url: () => (attempt.signIn.pasting ? manualUrl : url),
      pasteInstead: async () => {
        attempt.change({ pasting: true });
        await ports.openBrowser(manualUrl);
      },
      submit: (text) => {
        const read = readPastedCode(text);
        const isOurs = read.problem === null && isSameSecret(read.state, state);
        attempt.change({ codeProblem: read.problem ?? (isOurs ? null : 'state-mismatch') });
        if (!isOurs) return;
        const parameters = new URLSearchParams({ code: read.code, state: read.state });
        // From the address bar of a browser that could not come back, or from the service's own page.
        const isOrdinary = redirectUri !== null && (text.includes(redirectUri) || !attempt.signIn.pasting);
        pasted.resolve({ parameters, redirectUri: isOrdinary ? redirectUri : manualUri });
        server?.close();
      },
    });
    const { origin, pathname } = authorizeUrl;
    attempt.change({ redirectUri, authorizationEndpoint: origin + pathname });
    if (server === null) attempt.step('callback-server', 'skipped');
    else if (server.port === ports.callbackPort) attempt.step('callback-server', 'done');
    else {
      const { port } = server;
      attempt.step('callback-server', 'warning', {
        code: 'port-busy',
        port: ports.callbackPort,
        instead: port,
      });
    }

    const answer = await answerFrom(server, url, pasted.promise, attempt, ports);
    onAsked(null);
    attempt.step('approval', 'done', null, { approvalDeadline: null, codeProblem: null });
    return {
      issuer: authorizeUrl.origin,
      callbackParameters: answer.parameters,
      state,
      codeVerifier,
      redirectUri: answer.redirectUri,
    };
  } catch (error) {
    server?.close();
    throw error;
  }
}

async function startServer(
  attempt: SignInAttempt,
  state: string,
  { callbackPort, callbackTexts }: ApprovalPorts,
): Promise<CallbackServer> {
  attempt.step('callback-server', 'active');
  return startCallbackServer(callbackPort, state, callbackTexts);
}

/** Opens the browser and waits for the answer, whichever way it comes. */
async function answerFrom(
  server: CallbackServer | null,
  url: string,
  pasted: Promise<Answer>,
  attempt: SignInAttempt,
  { clock, openBrowser }: ApprovalPorts,
): Promise<Answer> {
  attempt.step('browser', 'active');
  const opened = openBrowser(url).catch(() => {
    if (attempt.signIn.phase === 'running')
      attempt.step('browser', 'warning', { code: 'browser-not-opened' });
  });
  // Some starters return only when the browser is closed again: after a moment it counts as open.
  const { promise: patience, resolve } = Promise.withResolvers<null>();
  const cancelPatience = clock.after(BROWSER_PATIENCE, () => resolve(null));
  const deadline = clock.now() + APPROVAL_MINUTES * MINUTE;
  const returned = server === null ? pasted : answerOf(server);
  return beforeDeadline(deadline, attempt.signal, clock, async () => {
    await Promise.race([opened, returned, patience]);
    if (attempt.statusOf('browser') === 'active') attempt.step('browser', 'done');
    attempt.step('approval', 'active', null, { approvalDeadline: deadline });
    return Promise.race([returned, pasted]);
  }).finally(cancelPatience);
}

async function answerOf({ received, redirectUri }: CallbackServer): Promise<Answer> {
  return { parameters: await received, redirectUri };
}

async function beforeDeadline<T>(
  deadline: Instant,
  signal: AbortSignal,
  clock: Clock,
  work: () => Promise<T>,
): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new FailureError({ code: 'sign-in-cancelled' }));
  signal.addEventListener('abort', onAbort);
  const cancelTimer = clock.after(deadline - clock.now(), () =>
    reject(new FailureError({ code: 'authorization-timeout', minutes: APPROVAL_MINUTES })),
  );
  try {
    return await Promise.race([work(), ended]);
  } finally {
    cancelTimer();
    signal.removeEventListener('abort', onAbort);
  }
}
