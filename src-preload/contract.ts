import * as v from 'valibot';
import { CLASS, FRAME, MOST_FRAMES } from '../src-main/domain/error-trace.ts';
import { LANGUAGE_CHOICES } from '../src-main/domain/language.ts';
import { isKeepable, PROXY_USES } from '../src-main/domain/proxy.ts';
import { PERMISSIONS } from '../src-main/domain/serving.ts';
import { isUsablePort, THEMES, TOKEN_HOSTS, UPDATE_CHOICES } from '../src-main/domain/settings.ts';
import { KEY_STORAGES, STORAGES } from '../src-main/domain/storage.ts';
import type { Snapshot } from '../src-main/domain/snapshot.ts';

/** The pages outside that a face may open, by name: a renderer never hands over a URL. */
export const LINKS = ['api-keys', 'claude-settings', 'revoke', 'terms'] as const;
export type Link = (typeof LINKS)[number];

/** A credential's id, one that the snapshot names: whatever text the config file can hold. */
const accountId = v.string();

/**
 * Every message a renderer may send, with the schema of its arguments. Main checks each call against it; preload and
 * renderer derive their types from it. All answer nothing: what a command does shows in the next snapshot.
 */
export const commandSchemas = {
  /** Starts a sign-in, or asks for the terms first where they are due; `null`: for one account more. */
  signIn: v.strictTuple([v.nullable(accountId)]),
  /** The same for who brings the code over themselves, because nothing here may listen for the browser. */
  signInWithCode: v.strictTuple([v.nullable(accountId)]),
  /** The person read the terms and goes on: recorded once, and the sign-in that waited for it starts. */
  acknowledgeTerms: v.strictTuple([]),
  cancelSignIn: v.strictTuple([]),
  /** Renews an account's access token now. */
  refresh: v.strictTuple([accountId]),
  /** Puts an entry that another program removed or replaced back into the config file. */
  putBack: v.strictTuple([accountId]),
  /** Forgets an account on this machine. */
  signOut: v.strictTuple([accountId]),
  /** Puts away what is told of the last sign-out. */
  dismissFarewell: v.strictTuple([]),
  /** Puts the ended attempt away. */
  dismissSignIn: v.strictTuple([]),
  /** Puts the running attempt's authorization URL on the clipboard. The renderer never sees it: it holds `state`. */
  copyAuthorizationUrl: v.strictTuple([]),
  /** Opens the running attempt's authorization URL once more. */
  openBrowserAgain: v.strictTuple([]),
  /** Writes rescued credentials to `config.yaml`, once the person has mended it. */
  saveAgain: v.strictTuple([]),
  /** Takes the config file's permissions for others away (mode 0600). */
  restrictConfigFile: v.strictTuple([]),
  /** Writes the end of an account's token so that other programs understand it. */
  writeExpiry: v.strictTuple([accountId]),
  /** Of ids with the very same login keeps this one and takes the others out. */
  keepOne: v.strictTuple([accountId]),
  /** Adds the login of an older program's block where today's programs look; the block stays. */
  takeOverOlderBlock: v.strictTuple([]),
  /** Moves what renews an account to another place. */
  moveStorage: v.strictTuple([accountId, v.picklist(STORAGES)]),
  /** Asks the keychain once more for what it alone has. */
  askKeychain: v.strictTuple([]),
  /** Has git ignore the config file, on this computer alone. */
  excludeFromGit: v.strictTuple([]),
  /**
   * Writes an API key as it was pasted, in the place of a placeholder only where the person said so. What is wrong with
   * it shows in the next snapshot.
   */
  setApiKey: v.strictTuple([v.pipe(v.string(), v.maxLength(1_024)), v.boolean()]),
  testApiKey: v.strictTuple([]),
  /** Moves the API key out of the config file into the keychain, or back. */
  moveApiKey: v.strictTuple([v.picklist(KEY_STORAGES)]),
  /** Removes the key, `null`: the one that counts; for ten seconds `undoRemoveApiKey` puts it back. */
  removeApiKey: v.strictTuple([v.nullable(v.picklist(KEY_STORAGES))]),
  undoRemoveApiKey: v.strictTuple([]),
  /** Puts the API key on the clipboard, for a minute. The renderer never sees it again. */
  copyApiKey: v.strictTuple([]),
  /** Shows the config file in the system's file manager. */
  showConfigFile: v.strictTuple([]),
  /** Puts an access token on the clipboard, for a minute. The renderer never sees it. */
  copyAccessToken: v.strictTuple([accountId]),
  /** Puts what a report of a problem needs on the clipboard: no secrets, no names. */
  copyDiagnostics: v.strictTuple([]),
  /** The same, and the page where problems are reported, where there is one. */
  reportProblem: v.strictTuple([]),
  /** Opens the page that shows a code to copy, for when the browser cannot come back to this machine. */
  pasteCodeInstead: v.strictTuple([]),
  /**
   * Takes the clipboard's text as what `submitCode` takes, while a code is awaited. The page never sees the clipboard;
   * what is wrong with the text shows in the attempt.
   */
  pasteCode: v.strictTuple([]),
  /** What the person pasted: a whole address, `code#state`, or a query string. */
  submitCode: v.strictTuple([v.pipe(v.string(), v.maxLength(8_192))]),
  /** All of them, with what the person changed. */
  changeSettings: v.strictTuple([
    v.strictObject({
      notifications: v.strictObject({ signedIn: v.boolean(), needsYou: v.boolean(), loginEnds: v.boolean() }),
      callbackPort: v.pipe(v.number(), v.check(isUsablePort)),
      tokenHost: v.picklist(TOKEN_HOSTS),
      keychain: v.boolean(),
      proxy: v.strictObject({
        use: v.picklist(PROXY_USES),
        address: v.union([v.literal(''), v.pipe(v.string(), v.maxLength(300), v.check(isKeepable))]),
      }),
      agent: v.strictObject({ serve: v.boolean(), ask: v.boolean() }),
      theme: v.picklist(THEMES),
      language: v.picklist(LANGUAGE_CHOICES),
      updates: v.picklist(UPDATE_CHOICES),
    }),
  ]),
  /** Keeps the password of the proxy at an address, an empty one being none. Main never gives it back. */
  keepProxyPassword: v.strictTuple([
    v.pipe(v.string(), v.maxLength(300), v.check(isKeepable)),
    v.pipe(v.string(), v.maxLength(300)),
  ]),
  /** Looks for a newer version now. */
  lookForUpdate: v.strictTuple([]),
  /** Fetches the one that was found; it is put in place when the app quits. */
  downloadUpdate: v.strictTuple([]),
  /** Tells no more of the one that was found. */
  skipUpdate: v.strictTuple([]),
  setStartAtLogin: v.strictTuple([v.boolean()]),
  /** Puts the `latchkey` command on the path, or takes it off. */
  setCommandOnPath: v.strictTuple([v.boolean()]),
  /** Stops serving tokens at once, until it is resumed or the app starts again. */
  pauseServing: v.strictTuple([]),
  resumeServing: v.strictTuple([]),
  /** Puts the path at which tokens are served on the clipboard. */
  copySocketPath: v.strictTuple([]),
  /** Answers whether a program gets a token. */
  answerProgram: v.strictTuple([v.pipe(v.number(), v.integer()), v.picklist(PERMISSIONS)]),
  openLink: v.strictTuple([v.picklist(LINKS)]),
  /** Starts the app against the practice server, beside this one; does nothing where there is none. */
  startPractice: v.strictTuple([]),
  hideWindow: v.strictTuple([]),
  /** The page met an error that nobody foresaw: its class and frames of our own files, for the log. */
  reportCrash: v.strictTuple([
    v.strictObject({
      class: v.pipe(v.string(), v.regex(CLASS)),
      frames: v.pipe(v.array(v.pipe(v.string(), v.regex(FRAME))), v.maxLength(MOST_FRAMES)),
    }),
  ]),
  /** Opens a new window in the place of this one. */
  openAgain: v.strictTuple([]),
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandArguments<N extends CommandName> = v.InferOutput<(typeof commandSchemas)[N]>;

/** How the window asks for each of them. */
export type Commands = { readonly [N in CommandName]: (...args: CommandArguments<N>) => Promise<void> };

/** What the window shows when it opens, as far as nothing comes before that: how the logins stand, or the settings. */
export type PageStart = 'status' | 'settings';

/** The bridge on `window.latchkey`. */
export interface LatchkeyBridge {
  readonly commands: Commands;
  /** Calls back with the present snapshot at once and with every later one; the answer ends it. */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  /** Calls back when the person asks for the settings elsewhere, in the tray; the answer ends it. */
  readonly onOpenSettings: (listener: () => void) => () => void;
}

/** How high the page is, in CSS pixels. */
export const pageHeight = v.strictTuple([v.pipe(v.number(), v.finite(), v.minValue(0))]);

export const channels = {
  /** invoke: one command by name. */
  command: 'latchkey:command',
  /** invoke: the present snapshot. */
  getSnapshot: 'latchkey:get-snapshot',
  /** invoke: how high the page has become, from the preload script. */
  pageHeight: 'latchkey:page-height',
  /** main → renderer: the snapshot changed. */
  snapshot: 'latchkey:snapshot',
  /** main → renderer: the person asks for the settings. */
  openSettings: 'latchkey:open-settings',
} as const;
