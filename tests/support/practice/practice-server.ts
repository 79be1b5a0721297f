import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { readJson, reset, send, type Answer } from './answer.ts';
import { answerApproval, answerAuthorizationRequest, answerManualRedirect } from './approval.ts';
import {
  AUTHORIZE_PATH,
  createAuthority,
  FORM_REVOCATION_PATH,
  FORM_TOKEN_PATH,
  INTERACTION_PATH,
  MANUAL_PATH,
} from './authority.ts';
import { behaveBefore, Moods, moodSchema, sendInMood, type Mood } from './mood.ts';
import { answerModelsRequest, PRACTICE_KEYS } from './models-endpoint.ts';
import { keysPage, pageHeaders } from './pages.ts';
import { answerProfileRequest } from './profile-endpoint.ts';
import { answerRevocationRequest } from './revocation-endpoint.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import { withoutPrefix } from './token-text.ts';

/** A request as it may be told: without its query, its body and the name of its sign-in, which are secrets. */
export interface PracticeRequest {
  readonly method: string;
  readonly path: string;
  /** `null` where no answer was sent. */
  readonly status: number | null;
  readonly userAgent: string;
  /** The time the server itself took. */
  readonly milliseconds: number;
}

export interface PracticeServer extends AsyncDisposable {
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly apiUrl: string;
  /** To be sent as `x-practice-key` to `POST /practice/mood`, so that no web page can change the mood. */
  readonly controlKey: string;
  /** Finished requests in the order they finished. */
  readonly requests: readonly PracticeRequest[];
  /** How many token requests have come in, finished or not. */
  readonly tokenRequestsBegun: number;
  /** Whether a refresh token would be taken, has been used up, or is none of this server's (any more). */
  refreshTokenState(refreshToken: string): Promise<'live' | 'spent' | 'unknown'>;
  setMood(mood: Mood): void;
  close(): Promise<void>;
}

export interface PracticeOptions {
  /** 0: any free one. */
  readonly port?: number;
  readonly accessTokenSeconds?: number;
  readonly loginSeconds?: number;
  /** Where grants are kept over a restart of the server; nowhere where it is left out. */
  readonly stateFile?: string;
}

const TOKEN_PATH = '/v1/oauth/token';
const REVOCATION_PATH = '/v1/oauth/revoke';
const PROFILE_PATH = '/api/oauth/profile';
/** Where the authority takes forms. */
const FORM_PATHS: readonly string[] = [FORM_TOKEN_PATH, FORM_REVOCATION_PATH];
/** What stands in for the console: a page for people, and the good key for scripts. */
const KEYS_PATH = '/settings/keys';
const KEY_PATH = '/practice/key';
const MODELS_PATH = '/v1/models';
const MOOD_PATH = '/practice/mood';
const DAY_SECONDS = 86_400;
/** The last part of the paths that the authority makes for one sign-in. */
const SIGN_IN_NAME = /\/[\w-]{43}$/;

/**
 * An authorization server on loopback that behaves as `facts.md` section 1 says Anthropic's does: oidc-provider decides,
 * and what stands before it here speaks Anthropic's dialect and has moods.
 *
 * @throws when the port is taken or the state file unreadable
 */
export async function startPracticeServer(options: PracticeOptions = {}): Promise<PracticeServer> {
  const controlKey = randomBytes(32).toString('base64url');
  const moods = new Moods();
  const requests: PracticeRequest[] = [];
  let tokenRequestsBegun = 0;

  const server = createServer((request, response) => {
    const path = URL.parse(request.url ?? '', 'http://localhost')?.pathname ?? '';
    // A form for the authority comes from this server itself, while it carries out another request.
    if (!FORM_PATHS.includes(path)) remember(requests, request, response, path);
    handle(request, response, path).catch((error: unknown) => {
      console.error(error instanceof Error ? error.stack : 'practice failed');
      reset(response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const authority = createAuthority({
    issuer: origin,
    accessTokenSeconds: options.accessTokenSeconds ?? 28_800,
    loginSeconds: options.loginSeconds ?? 28 * DAY_SECONDS,
    stateFile: options.stateFile ?? null,
  });

  async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    switch (`${request.method ?? ''} ${path}`) {
      case `GET ${AUTHORIZE_PATH}`: {
        const behaviour = moods.next('authorize');
        if (!(await behaveBefore(behaviour, response))) return;
        return answerAuthorizationRequest(authority, request, response, behaviour);
      }
      case `GET ${MANUAL_PATH}`:
        answerManualRedirect(request, response);
        return;
      case `POST ${TOKEN_PATH}`:
        tokenRequestsBegun += 1;
        return answerInMood('token', response, () => answerTokenRequest(authority, request));
      case `POST ${REVOCATION_PATH}`:
        return answerInMood('revocation', response, () => answerRevocationRequest(authority, request));
      case `GET ${PROFILE_PATH}`:
        return answerInMood('profile', response, () => answerProfileRequest(authority, request));
      case `GET ${MODELS_PATH}`:
        return answerInMood('models', response, () => Promise.resolve(answerModelsRequest(request)));
      case `GET ${KEYS_PATH}`:
        send(response, { status: 200, body: keysPage(), headers: pageHeaders() });
        return;
      case `GET ${KEY_PATH}`:
        send(response, { status: 200, body: `${PRACTICE_KEYS.good}\n` });
        return;
      case `POST ${MOOD_PATH}`:
        send(response, await changeMood(request));
        return;
    }
    if (path.startsWith(INTERACTION_PATH)) return answerApproval(authority, request, response);
    if (FORM_PATHS.includes(path) || path.startsWith(`${AUTHORIZE_PATH}/`)) {
      return authority.callback()(request, response);
    }
    send(response, { status: 404 });
  }

  async function answerInMood(
    endpoint: 'token' | 'revocation' | 'profile' | 'models',
    response: ServerResponse,
    carryOut: () => Promise<Answer>,
  ): Promise<void> {
    const startedAt = performance.now();
    const behaviour = moods.next(endpoint);
    if (!(await behaveBefore(behaviour, response))) return;
    const answer = await carryOut();
    // The server's share of the time, for whoever measures the rest from another process.
    response.setHeader('Server-Timing', `total;dur=${performance.now() - startedAt}`);
    sendInMood(behaviour, response, answer);
  }

  async function changeMood(request: IncomingMessage): Promise<Answer> {
    const key = Buffer.from(String(request.headers['x-practice-key']));
    const expected = Buffer.from(controlKey);
    if (key.length !== expected.length || !timingSafeEqual(key, expected)) return { status: 403 };
    const given = v.safeParse(moodSchema, await readJson(request));
    if (!given.success) return { status: 400 };
    moods.set(given.output);
    return { status: 204 };
  }

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    authorizeUrl: origin + AUTHORIZE_PATH,
    tokenUrl: origin + TOKEN_PATH,
    apiUrl: origin,
    controlKey,
    requests,
    get tokenRequestsBegun() {
      return tokenRequestsBegun;
    },
    refreshTokenState: async (refreshToken) => {
      const token = await authority.RefreshToken.find(withoutPrefix('refresh', refreshToken) ?? '');
      if (token === undefined) return 'unknown';
      return token.consumed === undefined ? 'live' : 'spent';
    },
    setMood: (mood) => moods.set(mood),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function remember(
  requests: PracticeRequest[],
  { method = '', headers }: IncomingMessage,
  response: ServerResponse,
  path: string,
): void {
  const startedAt = performance.now();
  response.once('close', () =>
    requests.push({
      method,
      path: path.replace(SIGN_IN_NAME, '/…'),
      status: response.headersSent ? response.statusCode : null,
      userAgent: headers['user-agent'] ?? '',
      milliseconds: performance.now() - startedAt,
    }),
  );
}
