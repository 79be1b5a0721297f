import type {
  AnswerOddity,
  ConfigShape,
  FileObstacle,
  KeychainObstacle,
  NetworkObstacle,
  SocketObstacle,
  StorageObstacle,
} from '../../domain/failure.ts';

/** Why a file operation failed: fits after "path: ". */
export const fileObstacles = {
  EACCES: 'permission denied',
  EPERM: 'the system does not permit it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  EEXIST: 'a part of its path is not a folder',
  taken: 'another program is there',
  ELOOP: 'its links lead in a circle',
  ERR_SQLITE_ERROR: 'its lock file is damaged: delete the hidden file that ends in .lock',
  ENOENT: 'its folder does not exist',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program holds it',
  EIO: 'the disk reports an error',
  'not-regular': 'it is no regular file',
  'too-large': 'it is larger than 256 KiB',
  'not-utf8': 'it is not UTF-8 text',
  'replaced-outside':
    'another file has taken its place outside this container, which needs its folder mounted',
  'may-be-newer':
    'another program has written it since, perhaps with a newer sign-in, so that nothing is renewed',
  'held-too-long': 'another Latchkey held it for too long',
  unforeseen: 'an unforeseen error',
} satisfies Record<FileObstacle, string>;

/** What is odd about an answer: stands in brackets. */
export const answerOddities = {
  redirect: 'a redirect',
  'too-large': 'too large',
  'not-json': 'not JSON',
  'no-access-token': 'JSON without a usable access token',
  'not-a-profile': 'not a profile',
  'not-understood': 'not understood',
  'not-the-issuer': 'another host gave this sign-in',
} satisfies Record<AnswerOddity, string>;

/** Why there is no keychain, and what helps: a sentence or two. */
export const keychainObstacles = {
  'not-installed':
    'The part of Latchkey that talks to the keychain is missing or cannot be loaded. On Linux, install libsecret (on Debian and Ubuntu: libsecret-1-0) and start Latchkey again; elsewhere, install Latchkey again.',
  'no-service':
    'No program of this session keeps secrets (Secret Service). Install gnome-keyring, KWallet or KeePassXC, and log in to the desktop again.',
  locked: 'It is locked. Unlocking the login keyring, for instance with its password manager, helps.',
  'no-answer': 'It did not answer in time. It may be waiting for you to unlock it.',
  refused: 'It refused the request.',
} satisfies Record<KeychainObstacle, string>;

/** What the config file should look like: fits after "In path, ". `at` is a key's path. */
export const configShapes: Record<ConfigShape, (at: string) => string> = {
  map: (at) => `“${at}” should be a section with entries of its own`,
  list: (at) => `“${at}” should be a list`,
  text: (at) => `“${at}” should be text`,
  untagged: (at) => `“${at}” should have no tag`,
  'not-shared': (at) => `“${at}” should be written out, not shared by an alias`,
  'list-on-lines': (at) => `“${at}” should be a list that begins on a line of its own`,
  plainer: (at) => `“${at}” should be written in a plainer way`,
  'line-ends': () => 'the line ends should be LF or CRLF throughout',
  shallow: () => 'sections and lists are nested too deeply',
  'one-document': () => 'there should be a single document (no “---” in between)',
  'top-level-map': () => 'the file should consist of sections, “providers” among them',
};

/** Why no connection was made: stands in brackets. */
export const networkObstacles: Record<NetworkObstacle, string> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'name not found',
  EAI_AGAIN: 'name not found',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENETDOWN: 'network down',
  EADDRNOTAVAIL: 'network down',
  ECONNRESET: 'connection cut short',
  EPIPE: 'connection cut short',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  PROXY_FINDS_NO_NAME: 'the proxy does not find the name',
  PROXY_CANNOT_REACH: 'the proxy cannot reach it',
  PROXY_WAITED_IN_VAIN: 'the proxy waited in vain',
};

/** Why nobody listens at a socket, or answers: fits after "path: ". */
export const socketObstacles = {
  ENOENT: 'nothing is there',
  ECONNREFUSED: 'nobody listens there',
  EACCES: 'permission denied',
  EROFS: 'the disk is read-only',
  'path-too-long': 'the path is too long for the system',
  'folder-not-private': 'its folder is not yours alone (0700)',
  'not-a-socket': 'something else lies there',
  'not-an-agent': 'no agent answers there',
  'no-answer': 'no answer came in time',
  unforeseen: 'an unforeseen error',
} satisfies Record<SocketObstacle, string>;

/** Why an account's secrets have to stay where they are. */
export const storageObstacles: Readonly<Record<StorageObstacle, string>> = {
  shared: 'Another account has the same sign-in. Sign one of them out first.',
  'not-in-place': 'It is not in its place in the config file. Mend that first.',
  'not-ours': 'Another program renews it: what does so has to stay where that looks.',
};
