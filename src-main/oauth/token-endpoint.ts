import * as oauth from 'oauth4webapi';
import * as v from 'valibot';
import { FailureError, type AnswerOddity, type Failure } from '../domain/failure.ts';
import { MINUTE, type Instant } from '../domain/instant.ts';
import { isLoopback } from '../domain/loopback.ts';
import { AskedToWait } from './asked-to-wait.ts';
import { CLIENT_ID } from './client.ts';
import { commonFailure, parseErrorAnswer, presentable, retryAfterSeconds } from './error-answer.ts';
import { ask, clockDifference, type Http, type HttpAnswer } from './http.ts';
import { parseJson } from './parse-json.ts';
import { tornAnswer } from './torn-answer.ts';
import { nextTokenSchema, tokenAnswer, tokenAnswerSchema, type TokenAnswer } from './token-answer.ts';

/**
 * A service under load may answer late, and who gives up on it has spent the code, or the refresh token, for nothing:
 * longer than whatever stands before it waits itself (Cloudflare: 100 s).
 */
const PATIENCE = 2 * MINUTE;

/** What an exchange needs of its attempt. */
export interface CodeGrant {
  /** Who the authorization response has to come from where it says so (RFC 9207). */
  readonly issuer: string;
  /** What came to the redirection endpoint, unchecked but for `state`. */
  readonly callbackParameters: URLSearchParams;
  readonly state: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
}

/**
 * The token endpoint (RFC 6749 section 3.2) with Anthropic's JSON bodies. oauth4webapi does the mechanics; its fetch
 * hook turns its form into JSON and the service's answers into ours.
 */
export class TokenEndpoint {
  readonly #urls: readonly URL[];
  readonly #http: Http;
  readonly #onAnswered: (url: URL) => void;

  /**
   * @param urls in the order they are tried, see `Endpoints.tokenUrls`
   * @param onAnswered hears of each URL that has shown itself to be a token endpoint: by a token, or by `invalid_grant`.
   *   Whatever else is answered may come from what stands before a host that is gone
   */
  constructor(urls: readonly URL[], http: Http, onAnswered: (url: URL) => void = () => undefined) {
    this.#urls = urls;
    this.#http = http;
    this.#onAnswered = onAnswered;
  }

  /**
   * Exchanges an authorization code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5). Sent once: a code works
   * once, so an answer that got lost is never asked for again.
   *
   * @throws FailureError `access-denied`, `authorization-refused`, or what the token endpoint answered; an `AskedToWait`
   *   where the same code may be sent again later
   */
  async exchange(grant: CodeGrant, signal: AbortSignal): Promise<TokenAnswer> {
    const parameters = validated(grant);
    return this.#ask(signal, async (server, options) =>
      oauth.processAuthorizationCodeResponse(
        server,
        client,
        await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          parameters,
          grant.redirectUri,
          grant.codeVerifier,
          // Every client seen sends `state` with the code (`facts.md` section 1).
          { ...options, additionalParameters: { state: grant.state } },
        ),
      ),
    );
  }

  /**
   * Refreshes (RFC 6749 section 6). Refresh tokens are single-use: an answer that got lost is never asked for again
   * here, because the token may be spent (`facts.md` section 1).
   *
   * @param lastLook once there is a connection: what it throws keeps the token from being sent
   * @throws FailureError what the token endpoint answered; `grant-refused` means that this refresh token is dead, a
   *   `HalfAnswered` that it is spent and has a successor. Else what `lastLook` throws
   */
  async refresh(
    refreshToken: string,
    lastLook: () => Promise<void> = () => Promise.resolve(),
  ): Promise<TokenAnswer> {
    // Nobody cancels it afterwards: cut off after it was sent the new token would be lost.
    const unsent = new AbortController();
    const beforeSending = () =>
      lastLook().catch((error: unknown) => {
        unsent.abort(error);
        throw error;
      });
    const request: GrantRequest = async (server, options) =>
      oauth.processRefreshTokenResponse(
        server,
        client,
        await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options),
      );
    return this.#ask(unsent.signal, request, beforeSending);
  }

  /** Asks one URL after the other, going on only where the one before certainly processed nothing. */
  async #ask(
    signal: AbortSignal,
    request: GrantRequest,
    beforeSending: () => Promise<void> = () => Promise.resolve(),
  ): Promise<TokenAnswer> {
    let told: FailureError | null = null;
    for (const url of this.#urls) {
      try {
        return await this.#askOne(url, signal, request, beforeSending);
      } catch (error) {
        signal.throwIfAborted();
        const failure = asFailureError(error, url.host);
        const weight = weightOf(failure);
        if (weight === null) throw failure;
        if (told === null || weight > (weightOf(told) ?? 0)) told = failure;
      }
    }
    throw told ?? new RangeError('a token endpoint needs at least one URL');
  }

  async #askOne(
    url: URL,
    signal: AbortSignal,
    request: GrantRequest,
    beforeSending: () => Promise<void>,
  ): Promise<TokenAnswer> {
    const answers: TokenAnswer[] = [];
    await request(
      { issuer: url.origin, token_endpoint: url.href },
      {
        signal,
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; loopback only
        [oauth.allowInsecureRequests]: isLoopback(url),
        [oauth.customFetch]: async (_, { body }) => {
          const presented = body.get('refresh_token');
          const init = {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(Object.fromEntries(body)),
            signal,
            beforeSending,
          };
          const answer = await ask(this.#http, url, init, {
            patience: PATIENCE,
            isUsable: (body) => tornAnswer(body, presented) !== null,
          });
          const fields = readAnswer(answer, presented);
          if (!(fields instanceof FailureError) || isTokenEndpoints(fields)) this.#onAnswered(url);
          if (fields instanceof FailureError) throw fields;
          answers.push(
            tokenAnswer(fields, {
              issuedBy: url.hostname,
              receivedAt: answer.receivedAt,
              clockOffSeconds: clockDifference(answer),
            }),
          );
          // What the library checks, as it wants it: all the rest is judged by our own rules (`token-answer.ts`).
          return Response.json({ access_token: fields.access_token, token_type: 'bearer' });
        },
      },
    );
    const [answer] = answers;
    if (answer === undefined) throw new TypeError('the library did not use the fetch hook');
    return answer;
  }
}

/**
 * The service gave the next refresh token, so the one presented is spent, and no access token that can be used. Secret:
 * the token is kept out of whatever prints an error.
 */
export class HalfAnswered extends FailureError {
  readonly #refreshToken: string;
  readonly receivedAt: Instant;

  constructor(failure: Failure, refreshToken: string, receivedAt: Instant) {
    super(failure);
    this.#refreshToken = refreshToken;
    this.receivedAt = receivedAt;
  }

  get refreshToken(): string {
    return this.#refreshToken;
  }
}

type GrantRequest = (
  server: oauth.AuthorizationServer,
  options: oauth.TokenEndpointRequestOptions,
) => Promise<unknown>;

const client: oauth.Client = { client_id: CLIENT_ID };

/** The callback's parameters as the library wants them (RFC 6749 section 4.1.2, `state` and `iss` checked again). */
function validated({ issuer, callbackParameters, state }: CodeGrant): URLSearchParams {
  try {
    return oauth.validateAuthResponse({ issuer }, client, callbackParameters, state);
  } catch (error) {
    // Its errors carry the parameters as `cause`, `code` and `state` among them: they are not passed on.
    if (error instanceof oauth.AuthorizationResponseError) {
      throw error.error === 'access_denied'
        ? new FailureError({ code: 'access-denied' })
        : new FailureError({ code: 'authorization-refused', error: presentable(error.error) });
    }
    throw new FailureError({ code: 'authorization-refused', error: 'invalid_response' });
  }
}

/**
 * Refused by what is no token endpoint, or by the service's own "no such thing": the dead host says so of everything, the
 * right one of what it does not know.
 */
class NotHere extends FailureError {}

/** What has another address, or none, takes no grant (RFC 9110 sections 15.5.6, 15.5.11 and 15.5.20). */
const NOT_HERE = [405, 410, 421];

/** What an answer gives, or how it fails. */
function readAnswer(
  answer: HttpAnswer,
  presented: string | null,
): v.InferOutput<typeof tokenAnswerSchema> | FailureError {
  if (answer.status < 200 || answer.status >= 300) return refusal(answer);
  const json = parseJson(answer.body);
  for (const each of [json, tornAnswer(answer.body, presented)]) {
    const fields = v.safeParse(tokenAnswerSchema, each);
    if (fields.success) return fields.output;
  }
  const reason: AnswerOddity = json === undefined ? 'not-json' : 'no-access-token';
  const failure: Failure = { code: 'answer-unexpected', host: answer.host, reason };
  const next = v.safeParse(nextTokenSchema, json);
  return next.success
    ? new HalfAnswered(failure, next.output.refresh_token, answer.receivedAt)
    : new FailureError(failure);
}

/** Whether nothing but a token endpoint fails so. */
function isTokenEndpoints(failure: FailureError): boolean {
  return failure instanceof HalfAnswered || failure.code === 'grant-refused';
}

/** What an answer other than 2xx means: the table of `facts.md` section 1. */
function refusal(answer: HttpAnswer): FailureError {
  const { status, host } = answer;
  const common = commonFailure(answer);
  if (common !== null) {
    const seconds = retryAfterSeconds(answer);
    const isDown = common.code === 'service-down' && common.status === 503;
    const isAskedToWait = common.code === 'rate-limited' || (isDown && seconds !== null);
    return isAskedToWait ? new AskedToWait(common, seconds) : new FailureError(common);
  }
  const error = parseErrorAnswer(answer.body);
  // Not in the service's words: a filter's.
  if (status === 403 && error === null) return new FailureError({ code: 'network-challenge', host });
  if (error?.type === 'invalid_grant') return new FailureError({ code: 'grant-refused' });
  if (status === 404 && error?.type !== 'not_found_error') {
    return new FailureError({ code: 'token-endpoint-missing', host });
  }
  const failure: Failure =
    error === null
      ? { code: 'answer-unexpected', host, reason: `HTTP ${status}` }
      : { code: 'request-malformed', message: error.message || error.type, requestId: error.requestId };
  return status === 404 || NOT_HERE.includes(status) ? new NotHere(failure) : new FailureError(failure);
}

/**
 * How much a failure tells of those after which the next URL may be asked, since this one processed nothing; `null` for
 * any other.
 */
function weightOf(error: FailureError): number | null {
  const { failure } = error;
  if (error instanceof NotHere) return 1;
  switch (failure.code) {
    case 'answer-unexpected':
      return failure.reason === ('redirect' satisfies AnswerOddity) ? 1 : null;
    case 'token-endpoint-missing':
      return 0;
    case 'network-challenge':
    case 'network-down':
    case 'proxy-refused': // Perhaps this host only.
      return 2;
    default:
      return null;
  }
}

function asFailureError(error: unknown, host: string): FailureError {
  if (error instanceof FailureError) return error;
  const reason =
    error instanceof oauth.OperationProcessingError
      ? (error.code ?? error.name)
      : ('not-understood' satisfies AnswerOddity);
  return new FailureError({ code: 'answer-unexpected', host, reason });
}
