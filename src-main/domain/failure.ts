import type { NetworkObstacle } from './network-obstacle.ts';
import type { KeyFlaw } from './pasted-key.ts';
import type { ProxyFlaw } from './proxy.ts';
import type { ProxySource, ProxyTaken, WayThrough } from './way.ts';

export { NETWORK_OBSTACLES, type NetworkObstacle } from './network-obstacle.ts';

/**
 * Why an account's secrets have to stay where they are: another id has the same login, the credential is not in its place
 * in the config file, or it is another program's client that renews it.
 */
export type StorageObstacle = 'shared' | 'not-in-place' | 'not-ours';

/** Whether a lost entry can be put back. */
interface PutBack {
  readonly copy: boolean;
  /** The id that it seems to go on under: a copy may be spent then, and is not offered. */
  readonly goesOnAs?: string;
  /** What we hold came with a copy of our folder, and may be in use elsewhere. */
  readonly copied?: true;
}

/**
 * The closed list of everything that can go wrong for a person. Each has a stable code; the catalogue has its sentence
 * (`words/`), `help.ts` the action that helps. None carries a token, code, verifier or state.
 */
export type Failure =
  // The way to the approval
  | { readonly code: 'terms-not-acknowledged' }
  | { readonly code: 'runtime-not-vouched'; readonly runtime: string }
  | { readonly code: 'environment-invalid'; readonly variable: string; readonly reason: VariableFlaw }
  | { readonly code: 'port-busy'; readonly port: number; readonly instead: number }
  | { readonly code: 'no-callback-port'; readonly port: number }
  | { readonly code: 'browser-not-opened' }
  | { readonly code: 'authorization-timeout'; readonly minutes: number }
  | { readonly code: 'access-denied' }
  | { readonly code: 'authorization-refused'; readonly error: string }
  | { readonly code: 'sign-in-cancelled' }
  // The token endpoint
  | { readonly code: 'grant-refused' }
  | { readonly code: 'request-malformed'; readonly message: string; readonly requestId: string | null }
  | { readonly code: 'rate-limited'; readonly retryAfterSeconds: number | null }
  | { readonly code: 'network-challenge'; readonly host: string }
  | { readonly code: 'token-endpoint-missing'; readonly host: string }
  | { readonly code: 'service-down'; readonly status: number }
  /** Nothing was sent. Where the proxy itself could not be reached `host` is the proxy. */
  | ({ readonly code: 'network-down'; readonly host: string; readonly reason: NetworkObstacle } & ProxyTaken)
  /** Nothing was sent. `issuer`: whoever signed the certificate, in its own words, where one was shown. */
  | ({
      readonly code: 'connection-untrusted';
      readonly host: string;
      readonly reason: string;
      readonly issuer?: string;
    } & ProxyTaken)
  /** What names a proxy cannot be used, so nothing was sent. */
  | { readonly code: 'proxy-unusable'; readonly as: ProxySource; readonly reason: ProxyFlaw }
  /** The proxy would not let the request through. `reason`: a `ProxyOddity`, or "HTTP 403" or the like. */
  | ({
      readonly code: 'proxy-refused';
      readonly host: string;
      readonly reason: string;
    } & WayThrough)
  /** The proxy wants to know who asks, in one of these ways. `given`: it was told, and does not take it. */
  | ({
      readonly code: 'proxy-login';
      readonly schemes: readonly string[];
      readonly given: boolean;
    } & WayThrough)
  | ({ readonly code: 'answer-lost'; readonly host: string } & ProxyTaken)
  /** `reason`: an `AnswerOddity`, or what the answer's own words or status are. */
  | { readonly code: 'answer-unexpected'; readonly host: string; readonly reason: string }
  // The life of a login
  | { readonly code: 'not-signed-in'; readonly id: string }
  | { readonly code: 'not-refreshable' }
  | { readonly code: 'login-locked' }
  | ({ readonly code: 'entry-removed'; readonly path: string } & PutBack)
  | ({ readonly code: 'entry-replaced'; readonly path: string } & PutBack)
  /** Nothing was asked, because its answer could be kept nowhere; the place that was tried first. */
  | { readonly code: 'nowhere-to-store'; readonly path: string; readonly reason: string }
  /** Other entries of the file hold the same login; `keep`: the id that they can give way to, where all hold the very same. */
  | { readonly code: 'login-shared'; readonly others: readonly string[]; readonly keep?: string }
  /** Several entries of the file have this id, and not the same login. */
  | { readonly code: 'id-shared'; readonly id: string }
  /** Claude Code's own file holds a login that we renew, as it is or was: whoever renews it second ends it. */
  | { readonly code: 'login-copied'; readonly path: string }
  /** What `expires_at` says is no time to the Go readers, who then never renew the token. */
  | { readonly code: 'expiry-not-understood'; readonly path: string; readonly value: string }
  // The token test
  | { readonly code: 'test-forbidden'; readonly status: number; readonly message: string }
  | { readonly code: 'test-claude-code-only' }
  | { readonly code: 'test-scope-missing'; readonly scope: string }
  | { readonly code: 'test-organization-not-allowed' }
  | { readonly code: 'test-token-expired' }
  | { readonly code: 'test-header-missing' }
  // The config file; a `reason` is a `FileObstacle` or the system's own code
  | { readonly code: 'config-unreadable'; readonly path: string; readonly reason: string }
  | {
      readonly code: 'config-not-yaml';
      readonly path: string;
      readonly line: number;
      readonly column: number;
    }
  | {
      readonly code: 'config-shape';
      readonly path: string;
      readonly at: string;
      readonly expected: ConfigShape;
    }
  | { readonly code: 'config-not-writable'; readonly path: string; readonly reason: string }
  | { readonly code: 'config-locked'; readonly path: string }
  | { readonly code: 'config-readable-by-others'; readonly path: string; readonly mode: string }
  /** It was `mode`, and became its owner's alone when a secret was written into it. */
  | { readonly code: 'config-made-private'; readonly path: string; readonly mode: string }
  /** The block of an older program (`facts.md` section 3) holds a login that nobody renews. */
  | { readonly code: 'older-block'; readonly path: string }
  /** Items of the list that are no entries, or hold no token. */
  | { readonly code: 'entries-unreadable'; readonly path: string; readonly at: string }
  /** It lies in a git work tree, `folder`, that does not ignore it. */
  | {
      readonly code: 'file-in-git';
      readonly path: string;
      readonly folder: string;
      readonly tracked: boolean;
    }
  /** `service`: whoever copies its folder to other computers, by name. `own`: it is our own folder, and not the config file. */
  | { readonly code: 'file-synced'; readonly path: string; readonly service: string; readonly own?: true }
  // The API key
  | { readonly code: 'no-key' }
  | { readonly code: 'key-unusable'; readonly reason: KeyFlaw }
  /** In its place stands what other programs fill in. */
  | { readonly code: 'key-placeholder'; readonly value: string }
  /** Another one stands there by now. */
  | { readonly code: 'key-changed' }
  /** One is in the file, which counts, and another one in the keychain. */
  | { readonly code: 'key-in-both' }
  /** It is in the keychain and nowhere else, and that does not give it out. */
  | { readonly code: 'key-locked'; readonly reason: KeychainObstacle }
  /** The keychain answers, and the key is not in it. */
  | { readonly code: 'key-missing' }
  /** The keychain does not take it: it is where it was. */
  | { readonly code: 'key-not-kept'; readonly reason: KeychainObstacle }
  | { readonly code: 'key-refused' }
  | { readonly code: 'key-forbidden'; readonly message: string }
  | { readonly code: 'key-no-credit' }
  // Our own data
  | { readonly code: 'data-not-writable'; readonly path: string; readonly reason: string }
  | { readonly code: 'data-set-aside'; readonly path: string; readonly setAsideAs: string }
  | { readonly code: 'keychain-unavailable'; readonly reason: KeychainObstacle }
  /** What renews an account is in the keychain and nowhere else, and that does not give it out. */
  | { readonly code: 'secret-locked'; readonly reason: KeychainObstacle }
  /** The keychain answers, and what renews the account is not in it. */
  | { readonly code: 'secret-missing'; readonly id: string }
  /** Where an account's secrets lie cannot be changed now. */
  | { readonly code: 'storage-not-movable'; readonly id: string; readonly reason: StorageObstacle }
  // The machine
  | { readonly code: 'clock-off'; readonly seconds: number }
  | { readonly code: 'autostart-unchanged'; readonly reason: string }
  /** The `latchkey` command is not on the path, or not off it. */
  | { readonly code: 'command-not-placed'; readonly path: string; readonly reason: string }
  | { readonly code: 'practice-failed'; readonly exitCode: number | null }
  // The agent; `path` is its socket's
  /** Nobody can listen there. */
  | { readonly code: 'agent-not-served'; readonly path: string; readonly reason: SocketObstacle }
  /** Another process of this user serves there: what it says it is. */
  | { readonly code: 'agent-elsewhere'; readonly path: string; readonly by: string }
  /** Whoever wants a token from it does not reach it. */
  | { readonly code: 'agent-unreachable'; readonly path: string; readonly reason: SocketObstacle }
  /** It does not answer such requests. */
  | { readonly code: 'agent-request'; readonly reason: RequestFlaw }
  /** The person whose login it is did not allow it. */
  | { readonly code: 'agent-refused'; readonly reason: 'denied' | 'unanswered' }
  | { readonly code: 'internal'; readonly message: string };

/** What stands in the way of a socket: reasons of our own, or the system's code. */
export const SOCKET_OBSTACLES = [
  'ENOENT',
  'ECONNREFUSED',
  'EACCES',
  'EROFS',
  /** Longer than the platform takes. */
  'path-too-long',
  /** Its folder is not the user's alone. */
  'folder-not-private',
  /** Something lies there that is no socket. */
  'not-a-socket',
  /** Somebody answers who is no agent. */
  'not-an-agent',
  'no-answer',
  'unforeseen',
] as const;
export type SocketObstacle = (typeof SOCKET_OBSTACLES)[number];

/** What is wrong with a request to the agent. */
export type RequestFlaw =
  /** As web pages send it. */
  | 'from-a-browser'
  | 'host'
  | 'method'
  | 'path'
  | 'parameter'
  | 'lasting'
  | 'account'
  /** There are several, none is `default`, and none was named. */
  | 'account-unnamed'
  | 'malformed';

/** What is wrong with a variable of the environment. */
export type VariableFlaw =
  | 'not-a-port'
  | 'not-a-url'
  | 'not-https'
  | 'has-credentials'
  | 'has-fragment'
  /** Windows keeps it for devices: what is written there is gone. */
  | 'reserved-name';

/** How a proxy refuses beside an HTTP status: by its rules (SOCKS), or with an answer that is no proxy's. */
export type ProxyOddity = 'by-its-rules' | 'not-a-proxy';

/** What is odd about an answer. */
export type AnswerOddity =
  | 'redirect'
  | 'too-large'
  | 'not-json'
  | 'no-access-token'
  | 'not-a-profile'
  | 'not-understood'
  /** It says that a login is over which another host gave. */
  | 'not-the-issuer';

/** Why a file operation failed: the system's codes that people meet, and reasons of our own. */
export type FileObstacle =
  | 'EACCES'
  | 'EPERM'
  | 'EISDIR'
  | 'ENOTDIR'
  | 'EEXIST'
  | 'taken'
  | 'ELOOP'
  | 'ERR_SQLITE_ERROR'
  | 'ENOENT'
  | 'EROFS'
  | 'ENOSPC'
  | 'EDQUOT'
  | 'EMFILE'
  | 'ENFILE'
  | 'ENAMETOOLONG'
  | 'EBUSY'
  | 'EIO'
  | 'not-regular'
  | 'too-large'
  | 'not-utf8'
  | 'replaced-outside'
  /** Somebody else has written it since it could be read, and may have renewed what it held. */
  | 'may-be-newer'
  | 'held-too-long'
  | 'unforeseen';

/** What the config file should be like, at a key or as a whole. */
export const CONFIG_SHAPES = [
  'map',
  'list',
  'text',
  'untagged',
  'not-shared',
  'list-on-lines',
  'plainer',
  'line-ends',
  'shallow',
  'one-document',
  'top-level-map',
] as const;
export type ConfigShape = (typeof CONFIG_SHAPES)[number];

/**
 * `not-installed`: its module is missing; `no-service`: there is no keyring to ask; `no-answer`: not in time;
 * `refused`: anything else.
 */
export const KEYCHAIN_OBSTACLES = ['not-installed', 'no-service', 'locked', 'no-answer', 'refused'] as const;
export type KeychainObstacle = (typeof KEYCHAIN_OBSTACLES)[number];

/** Whether there is a keychain at all: else nothing that was ever put into it is missing. */
export const KEYCHAIN_IS_THERE: Readonly<Record<KeychainObstacle, boolean>> = {
  'not-installed': false,
  'no-service': false,
  locked: true,
  'no-answer': true,
  refused: true,
};

export function isWithoutKeychain(
  failure: Failure,
): failure is Extract<Failure, { readonly code: 'keychain-unavailable' }> {
  return failure.code === 'keychain-unavailable' && !KEYCHAIN_IS_THERE[failure.reason];
}

export type FailureCode = Failure['code'];

type NameOf<F> = F extends Failure ? keyof F : never;
/** Whatever a failure tells beside its code, and that. */
export type FactName = NameOf<Failure>;

/** Thrown by the rooms that do I/O. `code` is stable; `cause` is for developers and never shown whole. */
export class FailureError extends Error {
  readonly failure: Failure;
  readonly code: FailureCode;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.code, options);
    this.name = 'FailureError';
    this.failure = failure;
    this.code = failure.code;
  }
}

/** The failure an unknown error stands for; an error nobody foresaw becomes `internal` with its class and code only. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  // A foreign error's message may quote what it choked on, a token for instance: only its kind is passed on.
  const kind = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
  return { code: 'internal', message: kind + code };
}
