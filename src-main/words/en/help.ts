import type { HelpLabel } from '../../domain/help.ts';

/** What a button says that helps. */
export const help = {
  'sign-in': 'Sign in with Claude',
  'sign-in-again': 'Sign in again',
  'try-again': 'Try again',
  'refresh-now': 'Refresh now',
  'put-back': 'Put it back',
  'copy-link': 'Copy link',
  'save-again': 'Save again',
  'make-private': 'Make private',
  'write-right': 'Correct it',
  'take-over': 'Take it over',
  'about-api-keys': 'About API keys',
  'keep-one': 'Keep only one…',
  'exclude-from-git': 'Keep it out of git',
  'show-file': 'Show file',
  'open-console': 'Open the console',
  'open-claude-settings': 'Open Claude settings',
  'paste-code': 'Paste a code instead',
  'ask-keychain': 'Ask the keychain',
} satisfies Record<HelpLabel, string>;
