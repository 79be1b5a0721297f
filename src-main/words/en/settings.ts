import type { ProxySetting } from '../../domain/proxy.ts';
import type { Theme } from '../../domain/settings.ts';

/** What a person decides once. */
export const settings = {
  title: 'Settings',
  app: 'The app',
  startAtLogin: 'Open when I start my computer',
  command: {
    label: 'The latchkey command in terminals',
    file: (path: string) => `As ${path}. If a terminal does not find it, put that folder on its path.`,
    folder: (path: string) => `${path} on your path, in terminals that you open from then on.`,
  },
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  language: 'Language',
  /** The languages themselves go by their own names. */
  languageOfSystem: (name: string) => `System (${name})`,
  accounts: {
    title: 'Accounts',
    add: 'Add another account',
    addHint: 'Whoever is signed in to claude.ai in your browser is added.',
  },
  notify: {
    title: 'Notify me',
    needsYou: 'When I have to do something',
    loginEnds: '3 days and 1 day before I must sign in again',
    signedIn: 'When a sign-in is done',
  },
  /** What hardly anybody changes, folded. */
  advanced: 'Advanced',
  tokens: {
    keptIn: 'Config file',
    keptInHint: 'Other programs look for tokens there. LATCHKEY_CONFIG_FILE can name another file.',
    showFile: 'Show file',
    keychain: 'Second copy in the system keychain',
    keychainOff: 'Off, the second copy is in Latchkey’s own folder, for you alone.',
  },
  signIn: {
    port: 'Callback port',
    portHint: 'Where the browser comes back to. If it is taken, the next free one is used.',
    portPrescribed: 'Set by the environment variable LATCHKEY_CALLBACK_PORT.',
    portProblems: {
      'not-a-number': 'A port is a number, from 1024 to 65535.',
      'too-high': 'This is too high: ports end at 65535.',
      missing: 'A port is needed, from 1024 to 65535.',
      'too-low': 'Ports below 1024 belong to the system: choose one from 1024 to 65535.',
    },
    tokenHost: 'Token host',
    tokenHostHint:
      'Asked for tokens first. If it answers 404, the other one is asked, and comes first from then on.',
    tokenHostPractice: 'Not used in practice: tokens come from the practice server.',
  },
  proxy: {
    legend: 'Proxy',
    uses: {
      system: 'As the system says',
      none: 'None',
      this: 'This one',
    } satisfies Record<ProxySetting['use'], string>,
    hints: {
      system: 'Where HTTPS_PROXY or a related variable is set, that one counts.',
      none: 'Requests go out directly, whatever system and environment say.',
      this: 'Taken for everything but the hosts that NO_PROXY names.',
    } satisfies Record<ProxySetting['use'], string>,
    address: 'Address',
    addressHint:
      'For example http://proxy.example:3128; also https:// and socks5://. A user name goes before an @.',
    missing: 'An address is needed.',
    password: (user: string) => `Password of ${user}`,
    passwordHint: 'Kept in the system keychain, never in a file, and not shown again.',
    keep: 'Save',
    kept: 'Saved in the keychain.',
    keptUntilQuit: 'The system keychain is not available: the password is known until Latchkey quits.',
  },
  about: {
    title: 'About',
    version: (version: string) => `Version ${version}`,
    licences: 'Licences',
    contains: 'Latchkey is under the MIT licence and contains:',
    beside: 'Electron and Chromium bring theirs along, in files beside the app.',
  },
  saved: 'Saved.',
  undone: 'Undone.',
  undo: 'Undo',
  back: 'Back',
};
