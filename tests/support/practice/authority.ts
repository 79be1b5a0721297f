import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { adapterOf, GrantStore } from './grant-store.ts';
import { errorPage, pageHeaders } from './pages.ts';
import { TOKEN_BITS } from './token-text.ts';

/** Claude Code's public client (`facts.md` section 1). */
export const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
const SCOPES = [
  'org:create_api_key',
  'user:profile',
  'user:inference',
  'user:sessions:claude_code',
  'user:mcp_servers',
  'user:file_upload',
];

export const AUTHORIZE_PATH = '/oauth/authorize';
/** Where the authority takes forms; `token-endpoint.ts` in front of it takes JSON. */
export const FORM_TOKEN_PATH = '/internal/token';
export const FORM_REVOCATION_PATH = '/internal/revocation';
export const INTERACTION_PATH = '/practice/approve/';
/** Where the code is shown to copy, for a browser that cannot come back to the app (`facts.md` section 1). */
export const MANUAL_PATH = '/oauth/code/callback';

export interface AuthorityOptions {
  readonly issuer: string;
  readonly accessTokenSeconds: number;
  readonly loginSeconds: number;
  readonly stateFile: string | null;
}

/** A certified authorization server that checks PKCE, redirects and single-use codes and tokens by its own rules. */
export function createAuthority(options: AuthorityOptions): Provider {
  const store = new GrantStore(options.stateFile);
  const configuration: Configuration = {
    adapter: adapterOf(store),
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
        // A native client's loopback redirect is taken on any port (RFC 8252 section 7.3).
        redirect_uris: ['http://localhost/callback', options.issuer + MANUAL_PATH],
      },
    ],
    scopes: SCOPES,
    pkce: { required: () => true },
    routes: { authorization: AUTHORIZE_PATH, token: FORM_TOKEN_PATH, revocation: FORM_REVOCATION_PATH },
    interactions: { url: (_, { uid }) => INTERACTION_PATH + uid },
    features: {
      devInteractions: { enabled: false },
      // Who signed in with a public client may end that (RFC 7009 section 2.1).
      revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId },
    },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    formats: { bitsOfOpaqueRandomness: TOKEN_BITS },
    // A login is not the browser's session.
    expiresWithSession: () => false,
    issueRefreshToken: () => true,
    rotateRefreshToken: () => true,
    renderError: (context, { error_description }) => {
      context.set(pageHeaders());
      context.body = errorPage(error_description ?? 'The request is not valid.');
    },
    ttl: {
      AccessToken: options.accessTokenSeconds,
      AuthorizationCode: 600,
      Grant: options.loginSeconds,
      Interaction: 3_600,
      // Short: every sign-in asks anew.
      Session: 60,
      // Refreshing does not extend the login (`facts.md` section 1, "Two clocks").
      RefreshToken: (context: KoaContextWithOIDC) =>
        context.oidc.entities.RotatedRefreshToken?.remainingTTL ?? options.loginSeconds,
    },
    cookies: { keys: [store.keys.cookie] },
    jwks: { keys: [store.keys.signature] },
  };
  return new Provider(options.issuer, configuration);
}
