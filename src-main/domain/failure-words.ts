import type { Failure, KeychainObstacle } from './failure.ts';

/** What a person can do about a failure. Faces map each kind to a command or a key press; `none` needs no button. */
export type HelpKind =
  | 'sign-in'
  | 'refresh'
  | 'put-back'
  | 'copy-url'
  | 'save-again'
  | 'show-config-file'
  | 'restrict-config-file'
  | 'open-api-keys'
  | 'open-claude-settings';

export interface Help {
  readonly kind: HelpKind;
  readonly label: string;
}

export interface FailureWords {
  /** What happened, in a few words. */
  readonly title: string;
  /** Why we think so and what helps, in one to three sentences. */
  readonly explanation: string;
  readonly action: Help | null;
}

/** What was under way when it failed: what helps differs, and sometimes what it means. */
export type Activity = 'sign-in' | 'refresh';

const signInAgain: Help = { kind: 'sign-in', label: 'Sign in again' };
const saveAgain: Help = { kind: 'save-again', label: 'Save again' };
const putBack: Help = { kind: 'put-back', label: 'Put it back' };

const KEYCHAIN_HELP: Record<KeychainObstacle, string> = {
  'not-installed': 'Its module (keytar) is missing or cannot be loaded; on Linux it needs libsecret.',
  'no-service':
    'This session has no Secret Service with a keyring; gnome-keyring, KWallet or KeePassXC can be one.',
  locked: 'It is locked. Unlocking the login keyring, for instance with its password manager, helps.',
  'no-answer': 'It did not answer in time. It may be waiting for you to unlock it.',
  refused: 'It refused the request.',
};

/** The sentence and the helping action of each failure. No other place words a failure. */
export function describeFailure(failure: Failure, during: Activity = 'sign-in'): FailureWords {
  const isRefresh = during === 'refresh';
  const tryAgain: Help = isRefresh
    ? { kind: 'refresh', label: 'Refresh now' }
    : { kind: 'sign-in', label: 'Try again' };
  switch (failure.code) {
    case 'terms-not-acknowledged':
      return {
        title: 'Please read the terms first',
        explanation:
          'The first sign-in asks once that you have read what Anthropic says about logins like this one.',
        action: tryAgain,
      };
    case 'runtime-not-vouched':
      return {
        title: 'Not on this runtime',
        explanation: `This checkout runs on a stand-in copy of Electron (${failure.runtime}) whose origin nobody can vouch for, because the pinned one could not be downloaded. Latchkey lets it talk to this machine only. Practice works; for a real sign-in start on a network that reaches Electron's release host.`,
        action: null,
      };
    case 'environment-invalid':
      return {
        title: `${failure.variable} is not usable`,
        explanation: failure.reason,
        action: null,
      };
    case 'port-busy':
      return {
        title: `Port ${failure.port} is in use`,
        explanation: `Another program holds port ${failure.port}, so port ${failure.instead} is used for this sign-in. Nothing else to do.`,
        action: null,
      };
    case 'no-callback-port':
      return {
        title: 'No port to listen on',
        explanation: `Neither port ${failure.port} nor any other could be opened on this machine, so the browser has nowhere to come back to. A firewall or a security program may forbid it.`,
        action: tryAgain,
      };
    case 'browser-not-opened':
      return {
        title: 'The browser did not open',
        explanation: 'Copy the link and open it in any browser on this machine.',
        action: { kind: 'copy-url', label: 'Copy link' },
      };
    case 'authorization-timeout':
      return {
        title: 'Authorization timeout',
        explanation: `No approval arrived within ${failure.minutes} minutes. Start again and approve while the clock runs.`,
        action: signInAgain,
      };
    case 'access-denied':
      return {
        title: 'Access denied',
        explanation:
          'The request was declined in the browser (access_denied). Sign in again and approve to go on.',
        action: signInAgain,
      };
    case 'authorization-refused':
      return {
        title: 'The service did not authorize the sign-in',
        explanation: `It answered “${failure.error}”. Nothing was stored; trying again later may help.`,
        action: tryAgain,
      };
    case 'sign-in-cancelled':
      return { title: 'Sign-in cancelled', explanation: 'Nothing was stored.', action: signInAgain };
    case 'grant-refused':
      if (isRefresh) {
        return {
          title: 'The login has ended',
          explanation:
            'The service no longer accepts its refresh token (invalid_grant): it reached its end, was revoked, or another program used it up. Sign in once more to go on.',
          action: signInAgain,
        };
      }
      return {
        title: 'The exchange was refused',
        explanation:
          'The service did not accept the authorization code (invalid_grant). Codes are short-lived and work once; sign in again for a fresh one.',
        action: signInAgain,
      };
    case 'request-malformed':
      return {
        title: 'The service rejected the request',
        explanation: `It said “${failure.message}”${failure.requestId === null ? '' : ` (request ${failure.requestId})`}. This is not an expired login; it may be an incident on their side.`,
        action: tryAgain,
      };
    case 'rate-limited':
      return {
        title: 'Too many requests',
        explanation:
          failure.retryAfterSeconds === null
            ? 'The service asks to slow down (429). Wait some minutes before trying again.'
            : `The service asks to wait ${inWords(failure.retryAfterSeconds)} before the next try (429).`,
        // Asking sooner would only prolong it; a refresh waits and goes on by itself.
        action: isRefresh ? null : tryAgain,
      };
    case 'network-challenge':
      return {
        title: 'A network filter is in between',
        explanation: `${failure.host} answered with a browser check instead of the service. This is the network you are on, not your login: try another network, or without VPN.`,
        action: tryAgain,
      };
    case 'token-endpoint-missing':
      return {
        title: 'The token address is gone',
        explanation: `${failure.host} does not know the token address any more (404). A newer version of Latchkey may.`,
        action: tryAgain,
      };
    case 'service-down':
      return {
        title: 'The service has trouble',
        explanation: `It answered ${failure.status}. Your login is not the cause; ${isRefresh ? 'Latchkey tries again by itself.' : 'try again in a while.'}`,
        action: tryAgain,
      };
    case 'network-down':
      return {
        title: 'No connection',
        explanation: `${failure.host} could not be reached (${failure.reason}). ${isRefresh ? 'Latchkey goes on by itself when the network is back.' : 'Check the network, then try again.'}`,
        action: tryAgain,
      };
    case 'connection-untrusted':
      return {
        title: 'The connection is not trustworthy',
        explanation: `${failure.host} showed a certificate that this machine does not trust (${failure.reason}), so nothing was sent. A proxy or a wrong clock can cause this.`,
        action: tryAgain,
      };
    case 'answer-lost':
      if (isRefresh) {
        return {
          title: 'Uncertain whether the login lives',
          explanation: `${failure.host} was asked for a new token, but no complete answer came back. The refresh token may be spent, so it is tried once more and then not again by itself.`,
          action: tryAgain,
        };
      }
      return {
        title: 'The answer got lost',
        explanation: `${failure.host} was asked, but no complete answer came back. The code may be spent, so it is not sent again: sign in again.`,
        action: signInAgain,
      };
    case 'answer-unexpected':
      return {
        title: 'An answer that makes no sense',
        explanation: `${failure.host} answered in a way Latchkey does not know (${failure.reason}).`,
        action: tryAgain,
      };
    case 'not-signed-in':
      return {
        title: 'Not signed in',
        explanation: `There is no login with the id “${failure.id}”.`,
        action: { kind: 'sign-in', label: 'Sign in with Claude' },
      };
    case 'not-refreshable':
      return {
        title: 'This login cannot be refreshed',
        explanation:
          'Its entry in the config file has no refresh token, or belongs to another client. It lasts until its token ends.',
        action: signInAgain,
      };
    case 'login-locked':
      return {
        title: 'Another Latchkey is busy with this login',
        explanation: 'It has been renewing or storing it for too long. Quit the other one, or try again.',
        action: tryAgain,
      };
    case 'entry-removed':
      return {
        title: 'Your login was taken out of the config file',
        explanation: `Another program removed it from ${failure.path}. ${failure.copy ? 'Latchkey still holds it and leaves the file alone until you decide.' : 'Latchkey has no copy of it.'}`,
        action: failure.copy ? putBack : signInAgain,
      };
    case 'entry-replaced':
      return {
        title: 'Your login was replaced in the config file',
        explanation: `Another program put an older or foreign entry into ${failure.path}. ${failure.copy ? 'Latchkey still holds yours and leaves the file alone until you decide.' : 'Latchkey has no copy of yours.'}`,
        action: failure.copy ? putBack : signInAgain,
      };
    case 'test-forbidden':
      return {
        title: 'The token test was refused',
        explanation: `The service answered ${failure.status}${failure.message === '' ? '' : `: “${failure.message}”`}. This is expected: such tokens are restricted to Claude Code. The token was saved.`,
        action: null,
      };
    case 'test-claude-code-only':
      return {
        title: 'For use with Claude Code only',
        explanation:
          'The service says that this credential is only authorized for use with Claude Code. This is expected, and the token was saved. For general API access use an API key.',
        action: { kind: 'open-api-keys', label: 'About API keys' },
      };
    case 'test-scope-missing':
      return {
        title: 'The token may not read the profile',
        explanation: `It lacks the scope ${failure.scope}, so the account's name stays unknown. The token was saved.`,
        action: null,
      };
    case 'test-organization-not-allowed':
      return {
        title: 'Not allowed for this organisation',
        explanation:
          'The plan or an administrator of this organisation does not allow logins of this kind. The token was saved, but may not work.',
        action: { kind: 'open-claude-settings', label: 'Open Claude settings' },
      };
    case 'test-token-expired':
      return {
        title: 'The new token is over already',
        explanation: 'The service calls it expired. The clock of this machine may be wrong.',
        action: signInAgain,
      };
    case 'test-header-missing':
      return {
        title: 'A mistake of ours',
        explanation:
          'The service misses a header that Latchkey should have sent. The token was saved. Please report this.',
        action: null,
      };
    case 'config-unreadable':
      return {
        title: 'The config file cannot be read',
        explanation: `${failure.path}: ${failure.reason}. Check its permissions (chmod 600 makes it yours); until then the credential is kept in Latchkey's own folder.`,
        action: saveAgain,
      };
    case 'config-not-yaml':
      return {
        title: 'The config file is not valid YAML',
        explanation: `${failure.path} breaks at line ${failure.line}, column ${failure.column}. It was not touched. Mend that line; until then the credential is kept in Latchkey's own folder.`,
        action: saveAgain,
      };
    case 'config-shape':
      return {
        title: 'The config file has an unexpected shape',
        explanation: `In ${failure.path}, “${failure.at}” should be ${failure.expected}. It was not touched. Mend it; until then the credential is kept in Latchkey's own folder.`,
        action: saveAgain,
      };
    case 'config-not-writable':
      return {
        title: 'The config file cannot be written',
        explanation: `${failure.path}: ${failure.reason}. The credential is kept in Latchkey's own folder until this is mended.`,
        action: saveAgain,
      };
    case 'config-locked':
      return {
        title: 'The config file is busy',
        explanation: `Another Latchkey held ${failure.path} for too long. The credential is kept in Latchkey's own folder.`,
        action: saveAgain,
      };
    case 'config-readable-by-others':
      return {
        title: 'Others can read your config file',
        explanation: `${failure.path} holds tokens and has mode ${failure.mode}: other users of this machine can read them.`,
        action: { kind: 'restrict-config-file', label: 'Make private' },
      };
    case 'data-not-writable':
      return {
        title: "Latchkey's own folder cannot be written",
        explanation: `${failure.path}: ${failure.reason}.`,
        action: null,
      };
    case 'data-set-aside':
      return {
        title: 'A file of ours was unreadable',
        explanation: `${failure.path} could not be understood. It was kept as ${failure.setAsideAs} and a fresh one begun; credentials are not affected.`,
        action: null,
      };
    case 'keychain-unavailable':
      return {
        title: 'The system keychain is not available',
        explanation: `${KEYCHAIN_HELP[failure.reason]} Latchkey works without it and tries again later; it only holds a second copy of your credentials.`,
        action: null,
      };
    case 'clock-off':
      return {
        title: 'The clock seems wrong',
        explanation: `This machine's clock and the service's differ by ${inWords(Math.abs(failure.seconds))}. Times shown may be off by as much.`,
        action: null,
      };
    case 'autostart-unchanged':
      return {
        title: 'Start at login could not be changed',
        explanation: `The system did not take the change (${failure.reason}).`,
        action: null,
      };
    case 'internal':
      return {
        title: 'Something unforeseen went wrong',
        explanation: `Latchkey met an error it does not know (${failure.message}). Please report this.`,
        action: tryAgain,
      };
  }
}

function inWords(seconds: number): string {
  const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (seconds < 90) return plural(Math.round(seconds), 'second');
  if (seconds < 90 * 60) return plural(Math.round(seconds / 60), 'minute');
  return plural(Math.round(seconds / 3600), 'hour');
}
