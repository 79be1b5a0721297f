import type { KeyFlaw } from '../../domain/pasted-key.ts';
import type { KeyStorage } from '../../domain/storage.ts';
import type { Program } from '../../domain/who-uses-what.ts';
import { lowerFirst } from './lower-first.ts';

/** The API key: `providers.anthropic.api_key`. */
export const apiKey = {
  title: 'API key',
  /** A way in, offered beside the sign-in. */
  instead: 'Use an API key instead',
  use: 'Use an API key',
  /** In the place of a name, while nobody is signed in. */
  standing: (shown: string) => `API key ${shown}`,
  /** Where too little of it is known to show any. */
  unshown: 'of an unknown form',
  since: (day: string) => `Since ${day}`,
  test: {
    never: 'Not tested yet',
    running: 'Testing…',
    fine: (when: string) => `Tested ${when}: Claude takes it`,
    failed: (when: string, what: string) => `Tested ${when}: ${lowerFirst(what)}`,
  },
  actions: { test: 'Test', replace: 'Replace', remove: 'Remove', copy: 'Copy', undo: 'Undo' },
  copied: 'Copied. It leaves the clipboard after a minute.',
  removed: {
    'config-file': 'Removed from the config file.',
    keychain: 'Removed from the keychain.',
  } satisfies Record<KeyStorage, string>,
  storage: {
    keychain: 'In the system keychain, and in no file',
    question: 'Where the API key is kept',
    ways: {
      'config-file': [
        'In the config file',
        'As api_key, for programs that read it there. mcp-code-api takes its key from nowhere else.',
      ],
      keychain: [
        'In the keychain only',
        'Programs that read the file, such as mcp-code-api, no longer find it. They get it from latchkey exec --as key.',
      ],
    } satisfies Record<KeyStorage, readonly [name: string, forWhom: string]>,
    besideSame: 'It is in the system keychain as well.',
    beside: (shown: string) => `Another one is in the system keychain: ${shown}`,
    removeBeside: 'Remove that one',
  },
  listed: (count: string) =>
    `Keys under api_keys: ${count}. Other programs use them; Latchkey leaves them alone.`,
  flaws: {
    empty: 'There is nothing in it yet.',
    'access-token':
      'This is an access token of a sign-in (sk-ant-oat…), not an API key: it ends within hours. To stay signed in, sign in with Claude.',
    'refresh-token':
      'This is what renews a sign-in (sk-ant-ort…), not an API key. Keep it to yourself, and sign in with Claude instead.',
    'admin-key':
      'This is an admin key (sk-ant-admin…): it manages an organisation, and Claude does not answer to it.',
    'cut-short': 'A part of it is missing. Copy the whole key: it begins with sk-ant-.',
    'not-a-key': 'API keys begin with sk-ant-, and have no spaces in them.',
  } satisfies Record<KeyFlaw, string>,
  form: {
    title: 'Use an API key',
    titleReplace: 'Replace the API key',
    lead: 'The supported way in: it does not expire, and is paid for by use.',
    label: 'API key',
    hint: {
      'config-file': 'It is written into the config file, which then is yours alone.',
      keychain: 'It is kept in the system keychain, as the one before.',
    } satisfies Record<KeyStorage, string>,
    /** Follows that, where somebody is signed in. */
    stays: 'What is signed in stays signed in.',
    placeholderText: 'sk-ant-…',
    console: 'Create a key in the console',
    save: 'Save',
    /** Where other programs fill in the key. */
    placeholder: (text: string) =>
      `${text} stands in its place: programs take the key from their environment. Put yours there instead?`,
    replace: 'Replace it',
  },
  who: {
    title: 'Who uses what',
    programs: {
      'ai-provider-kit': 'ai-provider-kit',
      'mcp-code-api': 'mcp-code-api',
      'one-key': 'Programs that want one key',
      latchkey: 'latchkey token, exec',
      'as-key': 'latchkey exec --as key',
    } satisfies Record<Program, string>,
    takes: {
      nothing: 'Nothing',
      key: 'The API key',
      listed: 'The keys under api_keys',
      placeholder: (text: string) => `What ${text} is set to`,
      login: 'The sign-in',
      loginOnly: 'The sign-in; never the key, not even if the sign-in fails',
      logins: (count: string) => `All ${count} sign-ins, in turn`,
      loginsOnly: (count: string) => `All ${count} sign-ins, in turn; never the key`,
      oneLogin: 'One sign-in: default, or the one that is named',
      firstToken: 'The access token of the first sign-in, as a key',
    },
  },
};
