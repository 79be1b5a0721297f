import type { ApiKey } from './api-key.ts';
import type { Owner } from './credential.ts';
import type { Failure } from './failure.ts';
import type { HistoryEvent } from './history.ts';
import type { Instant } from './instant.ts';
import type { Language } from './language.ts';
import type { Revocation } from './revocation.ts';
import type { ServingState } from './serving.ts';
import type { Settings } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import type { Storage } from './storage.ts';
import type { PackageKind, Updates } from './updates.ts';
import type { Whereabouts } from './whereabouts.ts';

/** An account as the faces see it: everything but its tokens. */
export interface Account {
  readonly id: string;
  readonly owner: Owner | null;
  /** When the access token was received; `null` when another program wrote it. Lets a face draw a proportion. */
  readonly accessIssuedAt: Instant | null;
  readonly accessExpiresAt: Instant | null;
  /** When the login began and ends (the second clock of `facts.md` section 1); `null` when not told. */
  readonly loginIssuedAt: Instant | null;
  readonly loginExpiresAt: Instant | null;
  /** Whether there is a refresh token, of our client. */
  readonly refreshable: boolean;
  /** A refresh is under way. */
  readonly refreshing: boolean;
  readonly whereabouts: Whereabouts;
  /** Where its secrets lie, by the person's wish. */
  readonly storage: Storage;
  /** What happened lately, oldest first. */
  readonly history: readonly HistoryEvent[];
  /** What a person should know about this account now, most urgent first. */
  readonly troubles: readonly Failure[];
}

/** An account that was signed out, and is not signed in again. */
export interface FormerAccount {
  readonly id: string;
  readonly history: readonly HistoryEvent[];
}

/** A sign-out that the person has just asked for. */
export interface Farewell {
  readonly id: string;
  readonly owner: Owner | null;
  readonly revocation: Revocation;
}

/** What does not change while the app runs. */
export interface Surroundings {
  readonly configFile: string;
  /** The person's home folder, which they write `~`. */
  readonly home: string;
  readonly practice: boolean;
  /** There is a practice account to try the product with: in a checkout, outside of practice. */
  readonly offersPractice: boolean;
  /** What the system prefers of the languages we have. */
  readonly systemLanguage: Language;
  /** Hosts of the endpoints while they differ from the defaults, for the banner; `null` while they are the defaults. */
  readonly otherEndpoints: readonly string[] | null;
  /** Set when the runtime is not the one `package.json` pins, so that only loopback endpoints are allowed. */
  readonly standInRuntime: string | null;
  /** The callback port that the environment prescribes, whatever the settings say; `null` for none. */
  readonly prescribedPort: number | null;
  /** Chromium's sandbox is off (root, containers). */
  readonly sandboxOff: boolean;
  readonly packageKind: PackageKind;
}

/** The language to speak. */
export function languageOf({
  settings,
  surroundings,
}: Pick<Snapshot, 'settings' | 'surroundings'>): Language {
  return settings.language === 'system' ? surroundings.systemLanguage : settings.language;
}

/** Where the `latchkey` command is, or would be. */
export interface CommandPlace {
  /** A file in a folder of the path, or, on Windows, a folder that is put on it. */
  readonly as: 'file' | 'folder';
  readonly path: string;
  readonly isOn: boolean;
}

/** The whole state, immutable and without secrets. Tray, window, notifications and terminal draw nothing else. */
export interface Snapshot {
  readonly settings: Settings;
  /** Whether the app starts at login, as the system has it; `null` where that makes no sense (practice, the terminal). */
  readonly startAtLogin: boolean | null;
  /** Where the `latchkey` command is on the path, or would be; `null` before it was looked at and where nothing is to be done. */
  readonly commandOnPath: CommandPlace | null;
  /** Nobody has used the app before, nor left its window yet: it says what it is. */
  readonly isFirstVisit: boolean;
  readonly accounts: readonly Account[];
  /** What is known of accounts that were signed out. */
  readonly formerAccounts: readonly FormerAccount[];
  /** The last sign-out, until the person has seen it, or goes on to something else. */
  readonly farewell: Farewell | null;
  /** Whether the config file could be read: else nobody can tell who is signed in. */
  readonly isFileReadable: boolean;
  /** The API key, beside the logins or in their place. */
  readonly apiKey: ApiKey;
  readonly signIn: SignIn | null;
  /** Troubles of no account in particular: the config file, our own data, the start. */
  readonly troubles: readonly Failure[];
  /** Why the system keychain holds no second copy; `null` while it does, or before it was asked for the first time. */
  readonly keychainTrouble: Failure | null;
  /** `null` while nobody wants tokens to be served. */
  readonly serving: ServingState | null;
  readonly surroundings: Surroundings;
  /** What is known of newer versions; `null` where somebody else brings them, or nobody does. */
  readonly updates: Updates | null;
}
