import type { LanguageChoice } from './language.ts';
import type { ProxySetting } from './proxy.ts';

/** What a person decides once. Everything has a good default, so that nobody has to. */
export interface Settings {
  /** Which notifications are shown. */
  readonly notifications: {
    readonly signedIn: boolean;
    readonly needsYou: boolean;
    readonly loginEnds: boolean;
  };
  /** The loopback port the browser comes back to, 1024 to 65535; the next free one where it is taken. */
  readonly callbackPort: number;
  /** Which of the service's token hosts is asked first (`facts.md` section 1), until one is known to answer. */
  readonly tokenHost: TokenHost;
  /** Whether a second copy of each credential is kept in the system keychain. */
  readonly keychain: boolean;
  readonly proxy: ProxySetting;
  /** Whether access tokens are served to programs on this computer, and whether the person is asked each time. */
  readonly agent: { readonly serve: boolean; readonly ask: boolean };
  readonly theme: Theme;
  readonly language: LanguageChoice;
  /** Whether newer versions of the app are asked about, or fetched by themselves. */
  readonly updates: UpdateChoice;
}

export const TOKEN_HOSTS = ['platform.claude.com', 'console.anthropic.com'] as const;
export type TokenHost = (typeof TOKEN_HOSTS)[number];

export const UPDATE_CHOICES = ['ask', 'by-itself'] as const;
export type UpdateChoice = (typeof UPDATE_CHOICES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const DEFAULT_SETTINGS: Settings = {
  notifications: { signedIn: true, needsYou: true, loginEnds: true },
  callbackPort: 8765,
  tokenHost: 'platform.claude.com',
  keychain: true,
  proxy: { use: 'system', address: '' },
  agent: { serve: false, ask: false },
  theme: 'system',
  language: 'system',
  updates: 'ask',
};

/** Ports an ordinary program may listen on. */
export function isUsablePort(port: number): boolean {
  return Number.isInteger(port) && port >= 1024 && port <= 65_535;
}
