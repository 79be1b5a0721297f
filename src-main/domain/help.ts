import type { Failure } from './failure.ts';
import { isSpoken } from './proxy.ts';

/** What a person can do about a failure. Faces map each kind to a command or a key press. */
export type HelpKind =
  | 'sign-in'
  | 'refresh'
  | 'put-back'
  | 'copy-url'
  | 'save-again'
  | 'restrict-config-file'
  | 'write-expiry'
  | 'take-over'
  | 'keep-one'
  | 'exclude-from-git'
  | 'show-file'
  | 'open-api-keys'
  | 'open-claude-settings'
  | 'paste-code'
  | 'unlock'
  | 'unlock-key';

/** What a button says that does it, by its name in the catalogue. */
export type HelpLabel =
  | 'sign-in'
  | 'sign-in-again'
  | 'try-again'
  | 'refresh-now'
  | 'put-back'
  | 'copy-link'
  | 'save-again'
  | 'make-private'
  | 'write-right'
  | 'take-over'
  | 'keep-one'
  | 'exclude-from-git'
  | 'show-file'
  | 'about-api-keys'
  | 'open-console'
  | 'open-claude-settings'
  | 'paste-code'
  | 'ask-keychain';

export interface Help {
  readonly kind: HelpKind;
  readonly label: HelpLabel;
}

/**
 * What was under way when it failed: what helps differs, and sometimes what it means. `other`: neither of the two, so
 * that no button of theirs would do it again.
 */
export type Activity = 'sign-in' | 'refresh' | 'other';

export const SIGN_IN_AGAIN: Help = { kind: 'sign-in', label: 'sign-in-again' };
export const REFRESH: Help = { kind: 'refresh', label: 'refresh-now' };
export const PUT_BACK: Help = { kind: 'put-back', label: 'put-back' };
const SHOW_FILE: Help = { kind: 'show-file', label: 'show-file' };
const SAVE_AGAIN: Help = { kind: 'save-again', label: 'save-again' };

const AGAIN: Readonly<Record<Activity, Help | null>> = {
  'sign-in': { kind: 'sign-in', label: 'try-again' },
  refresh: REFRESH,
  other: null,
};

/**
 * The one action that helps; `null` where none is needed, or none of ours would.
 *
 * @param isWaiting whether anything may wait to be written to the config file: else that is what has to be looked at
 */
export function helpFor(failure: Failure, during: Activity = 'sign-in', isWaiting = true): Help | null {
  const tryAgain = AGAIN[during];
  switch (failure.code) {
    case 'authorization-timeout':
    case 'access-denied':
    case 'sign-in-cancelled':
    case 'grant-refused':
    case 'not-refreshable':
    case 'test-token-expired':
    case 'secret-missing':
      return SIGN_IN_AGAIN;
    case 'secret-locked':
      return { kind: 'unlock', label: 'ask-keychain' };
    case 'key-locked':
      return { kind: 'unlock-key', label: 'ask-keychain' };
    case 'answer-lost':
      return during === 'sign-in' ? SIGN_IN_AGAIN : tryAgain;
    case 'rate-limited':
      // Asking sooner would only prolong it; a refresh waits and goes on by itself.
      return during === 'refresh' || failure.retryAfterSeconds !== null ? null : tryAgain;
    case 'not-signed-in':
      return { kind: 'sign-in', label: 'sign-in' };
    case 'entry-removed':
    case 'entry-replaced':
      return failure.copy && failure.copied !== true ? PUT_BACK : SIGN_IN_AGAIN;
    case 'browser-not-opened':
      return { kind: 'copy-url', label: 'copy-link' };
    case 'test-claude-code-only':
      return { kind: 'open-api-keys', label: 'about-api-keys' };
    case 'test-organization-not-allowed':
      return { kind: 'open-claude-settings', label: 'open-claude-settings' };
    case 'config-readable-by-others':
      return { kind: 'restrict-config-file', label: 'make-private' };
    case 'expiry-not-understood':
      return { kind: 'write-expiry', label: 'write-right' };
    case 'file-in-git':
      // What is in it already stays in it.
      return failure.tracked ? null : { kind: 'exclude-from-git', label: 'exclude-from-git' };
    case 'login-shared':
      return failure.keep === undefined ? SHOW_FILE : { kind: 'keep-one', label: 'keep-one' };
    case 'entries-unreadable':
    case 'id-shared':
    case 'key-in-both':
      return SHOW_FILE;
    case 'file-synced':
      return failure.own === true ? null : SHOW_FILE;
    case 'key-refused':
    case 'key-forbidden':
    case 'key-no-credit':
    case 'key-missing':
      return { kind: 'open-api-keys', label: 'open-console' };
    case 'older-block':
      return { kind: 'take-over', label: 'take-over' };
    case 'config-unreadable':
    case 'config-not-yaml':
    case 'config-shape':
    case 'config-not-writable':
      return isWaiting ? SAVE_AGAIN : SHOW_FILE;
    case 'config-locked':
      return SAVE_AGAIN;
    case 'data-not-writable':
      // The rest is written by itself once that can be.
      return during === 'sign-in' ? tryAgain : null;
    case 'no-callback-port':
      // The browser need not come back for it.
      return { kind: 'paste-code', label: 'paste-code' };
    case 'proxy-login':
      // Until another proxy is named it ends the same; a new sign-in is the way on from there.
      return during === 'refresh' && !failure.schemes.some(isSpoken) ? null : tryAgain;
    case 'terms-not-acknowledged':
    case 'authorization-refused':
    case 'request-malformed':
    case 'network-challenge':
    case 'service-down':
    case 'network-down':
    case 'connection-untrusted':
    case 'proxy-unusable':
    case 'proxy-refused':
    case 'answer-unexpected':
    case 'login-locked':
    case 'nowhere-to-store':
    case 'internal':
      return tryAgain;
    case 'token-endpoint-missing': // Only a newer version of ours may know better.
    case 'runtime-not-vouched':
    case 'environment-invalid':
    case 'port-busy':
    case 'config-made-private':
    case 'login-copied':
    case 'no-key':
    case 'key-unusable':
    case 'key-placeholder':
    case 'key-changed':
    case 'key-not-kept':
    case 'test-forbidden':
    case 'test-scope-missing':
    case 'test-header-missing':
    case 'data-set-aside':
    case 'keychain-unavailable':
    case 'storage-not-movable':
    case 'clock-off':
    case 'autostart-unchanged':
    case 'command-not-placed':
    case 'practice-failed':
    case 'agent-not-served':
    case 'agent-elsewhere':
    case 'agent-unreachable':
    case 'agent-request':
    case 'agent-refused':
      return null;
  }
}

/** Whether its words ask the person to report it: nobody else could mend it. */
export function asksForReport({ code }: Failure): boolean {
  return code === 'internal' || code === 'test-header-missing';
}
