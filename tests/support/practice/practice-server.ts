import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { ADA } from './ada.ts';
import {
  AUTHORIZE_PATH,
  CLIENT_ID,
  createAuthority,
  FORM_TOKEN_PATH,
  INTERACTION_PATH,
} from './authority.ts';
import { behaveInstead, Moods, moodSchema, REFUSALS, type Behaviour, type Mood } from './mood.ts';
import { approvalPage, errorPage, PAGE_HEADERS } from './pages.ts';
import { dress, undress } from './token-text.ts';

/** A request as it may be told: without its query and body, which hold secrets. */
export interface PracticeRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
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
  readonly requests: readonly PracticeRequest[];
  setMood(mood: Mood): void;
}

export interface PracticeOptions {
  /** 0: any free one. */
  readonly port?: number;
  readonly accessTokenSeconds?: number;
  readonly loginSeconds?: number;
  /** Where grants are kept over a restart of the server. */
  readonly stateFile?: string;
}

const TOKEN_PATH = '/v1/oauth/token';
const PROFILE_PATH = '/api/oauth/profile';
const MOOD_PATH = '/practice/mood';
const MAX_BODY_BYTES = 64 * 1024;
const DAY_SECONDS = 86_400;

const exchangeSchema = v.object({
  grant_type: v.literal('authorization_code'),
  code: v.string(),
  state: v.pipe(v.string(), v.minLength(43)),
  client_id: v.string(),
  redirect_uri: v.string(),
  code_verifier: v.string(),
});
const refreshSchema = v.object({
  grant_type: v.literal('refresh_token'),
  client_id: v.string(),
  refresh_token: v.string(),
});
const tokenSchema = v.variant('grant_type', [exchangeSchema, refreshSchema]);
const grantedSchema = v.object({
  access_token: v.string(),
  refresh_token: v.string(),
  expires_in: v.number(),
  token_type: v.string(),
  scope: v.string(),
});

/** An authorization server on loopback that behaves as `facts.md` section 1 says Anthropic's does. */
export async function startPracticeServer(options: PracticeOptions = {}): Promise<PracticeServer> {
  const controlKey = randomBytes(32).toString('base64url');
  const moods = new Moods();
  const requests: PracticeRequest[] = [];

  const server = createServer((request, response) => {
    const startedAt = performance.now();
    const path = URL.parse(request.url ?? '', 'http://localhost')?.pathname ?? '';
    // Carried out for another request of this server's own.
    if (path !== FORM_TOKEN_PATH) {
      response.once('close', () =>
        requests.push({
          method: request.method ?? '',
          path,
          status: response.statusCode,
          userAgent: request.headers['user-agent'] ?? '',
          milliseconds: performance.now() - startedAt,
        }),
      );
    }
    handle(request, response, path).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
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
  const carryOut = authority.callback();

  async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { method } = request;
    if (path === TOKEN_PATH && method === 'POST') return tokenEndpoint(request, response);
    if (path === PROFILE_PATH && method === 'GET') return profile(request, response);
    if (path === MOOD_PATH && method === 'POST') return mood(request, response);
    if (path.startsWith(INTERACTION_PATH)) return interaction(request, response, path);
    if (path === AUTHORIZE_PATH) return authorize(request, response);
    if (path === FORM_TOKEN_PATH || path.startsWith(`${AUTHORIZE_PATH}/`)) return carryOut(request, response);
    response.writeHead(404).end();
  }

  async function authorize(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parameters = new URL(request.url ?? '', origin).searchParams;
    const redirect = parameters.get('redirect_uri') ?? '';
    const state = parameters.get('state') ?? '';
    const refuse = (message: string): void => {
      response.writeHead(400, PAGE_HEADERS).end(errorPage(message));
    };

    if (!isSupportedRedirect(redirect)) {
      refuse(`Redirect URI ${redirect} is not supported by client.`);
      return;
    }
    if (state.length < 43) {
      refuse('Invalid request format');
      return;
    }
    const behaviour = moods.next('authorize');
    if (behaviour.kind === 'authorization-error') {
      const back = new URL(redirect);
      back.search = new URLSearchParams({ error: behaviour.error, state }).toString();
      response.writeHead(303, { Location: back.href }).end();
      return;
    }
    if (!behaveInstead(behaviour, response)) await carryOut(request, response);
  }

  /** The page with Approve and Deny, and what they lead to. */
  async function interaction(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const details = await authority.interactionDetails(request, response);
    const scope = String(details.params['scope']);
    if (request.method === 'GET') {
      response.writeHead(200, PAGE_HEADERS).end(approvalPage(path, scope.split(' ')));
      return;
    }
    if (new URLSearchParams(await readBody(request)).get('decision') !== 'approve') {
      await authority.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    const grant = new authority.Grant({ accountId: ADA.accountUuid, clientId: CLIENT_ID });
    grant.addOIDCScope(scope);
    await authority.interactionFinished(request, response, {
      login: { accountId: ADA.accountUuid },
      consent: { grantId: await grant.save() },
    });
  }

  async function tokenEndpoint(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const behaviour = moods.next('token');
    if (behaveInstead(behaviour, response)) return;
    if (behaviour.kind === 'slow') await sleep(behaviour.milliseconds);
    if (behaviour.kind === 'clock') setClock(response, behaviour.aheadSeconds);

    const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
    const asked = v.safeParse(tokenSchema, isJson ? parseJson(body) : undefined);
    if (!asked.success) {
      behaveInstead(REFUSALS.malformed, response);
      return;
    }
    const { status, fields } = await grantTokens(asked.output);
    if (behaviour.kind === 'lose-answer') {
      response.destroy();
      return;
    }
    json(response, status, status === 200 ? changed(fields, behaviour) : fields);
  }

  async function grantTokens(
    asked: v.InferOutput<typeof tokenSchema>,
  ): Promise<{ status: number; fields: object }> {
    const refreshToken =
      asked.grant_type === 'refresh_token' ? undress('refresh', asked.refresh_token) : undefined;
    if (refreshToken === null) return { status: 400, fields: { error: 'invalid_grant' } };
    const form = new URLSearchParams(asked);
    if (refreshToken !== undefined) form.set('refresh_token', refreshToken);
    const answer = await fetch(origin + FORM_TOKEN_PATH, { method: 'POST', body: form });
    const fields: unknown = await answer.json();
    const granted = v.safeParse(grantedSchema, fields);
    if (!granted.success) return { status: answer.status, fields: fields as object };

    const { access_token, refresh_token, expires_in, token_type, scope } = granted.output;
    const login = await authority.RefreshToken.find(refresh_token);
    return {
      status: 200,
      fields: {
        token_type,
        access_token: dress('access', access_token),
        expires_in,
        refresh_token: dress('refresh', refresh_token),
        refresh_token_expires_in: login?.remainingTTL,
        scope,
        account: { uuid: ADA.accountUuid, email_address: ADA.email },
        organization: { uuid: ADA.organizationUuid, name: ADA.organizationName },
      },
    };
  }

  async function profile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const behaviour = moods.next('profile');
    if (behaveInstead(behaviour, response)) return;
    if (behaviour.kind === 'slow') await sleep(behaviour.milliseconds);
    const refusal = await refusalOf(request);
    if (refusal === null) json(response, 200, changed(PROFILE, behaviour));
    else behaveInstead(refusal, response);
  }

  /** Why the API would not take a request's token; `null` where it does. */
  async function refusalOf({ headers }: IncomingMessage): Promise<Behaviour | null> {
    if (headers['anthropic-beta'] !== 'oauth-2025-04-20') return REFUSALS.headerMissing;
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const inner = undress('access', bearer);
    const token = inner === null ? undefined : await authority.AccessToken.find(inner);
    if (token === undefined) return REFUSALS.expired;
    return token.scopes.has('user:profile') ? null : REFUSALS.scopeMissing;
  }

  async function mood(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = Buffer.from(String(request.headers['x-practice-key']));
    const expected = Buffer.from(controlKey);
    if (key.length !== expected.length || !timingSafeEqual(key, expected)) {
      response.writeHead(403).end();
      return;
    }
    const given = v.safeParse(moodSchema, parseJson(await readBody(request)));
    if (given.success) moods.set(given.output);
    response.writeHead(given.success ? 204 : 400).end();
  }

  return {
    authorizeUrl: origin + AUTHORIZE_PATH,
    tokenUrl: origin + TOKEN_PATH,
    apiUrl: origin,
    controlKey,
    requests,
    setMood: (given) => moods.set(given),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const PROFILE = {
  account: {
    uuid: ADA.accountUuid,
    email: ADA.email,
    display_name: ADA.displayName,
    full_name: ADA.fullName,
    has_claude_max: true,
    has_claude_pro: false,
  },
  organization: {
    uuid: ADA.organizationUuid,
    name: ADA.organizationName,
    organization_type: 'claude_max',
    rate_limit_tier: 'default_claude_max_5x',
  },
};

/** Any port on `localhost`, and no other host (`facts.md` section 1). */
function isSupportedRedirect(redirect: string): boolean {
  const url = URL.parse(redirect);
  return url?.protocol === 'http:' && url.hostname === 'localhost' && url.pathname === '/callback';
}

function changed(fields: object, behaviour: Behaviour): object {
  if (behaviour.kind !== 'change') return fields;
  const entries = Object.entries({ ...fields, ...behaviour.fields });
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function setClock(response: ServerResponse, aheadSeconds: number): void {
  response.setHeader('Date', new Date(Date.now() + aheadSeconds * 1_000).toUTCString());
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RangeError('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
