// The borders between the rooms (docs/architecture.md) are lint errors, see `policies` below.
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Rooms that are folders, one inside another before that one, and the files that are a room of their own. */
const folderRooms = {
  domain: 'src-main/domain',
  words: 'src-main/words',
  network: 'src-main/network',
  oauth: 'src-main/oauth',
  'vault/files': 'src-main/vault/files',
  'vault/config': 'src-main/vault/config',
  'vault/keychain': 'src-main/vault/keychain',
  'vault/records': 'src-main/vault/records',
  vault: 'src-main/vault',
  agent: 'src-main/agent',
  login: 'src-main/login',
  log: 'src-main/log',
  updates: 'src-main/updates',
  desktop: 'src-main/desktop',
  terminal: 'src-main/terminal',
  'renderer/shell': 'src-renderer/shell',
  'renderer/account': 'src-renderer/account',
  'renderer/sign-in': 'src-renderer/sign-in',
  'renderer/key': 'src-renderer/key',
  'renderer/settings': 'src-renderer/settings',
  'renderer/trouble': 'src-renderer/trouble',
  'renderer/controls': 'src-renderer/controls',
  'renderer/state': 'src-renderer/state',
  'renderer/gallery': 'src-renderer/gallery',
  renderer: 'src-renderer',
};
const rooms = Object.entries(folderRooms).map(([type, pattern]) => ({ type, partialMatch: false, pattern }));
const fileRooms = [
  { category: 'start', pattern: 'src-main/start.ts' },
  { category: 'main', pattern: 'src-main/main.ts' },
  { category: 'command', pattern: 'src-main/command.ts' },
  { category: 'contract', pattern: 'src-preload/contract.ts' },
  { category: 'preload', pattern: 'src-preload/preload.ts' },
];

/** What the views of the window are made of. */
const inEveryView = ['contract', 'domain', 'words', 'renderer/controls', 'renderer/state'];

/** What a room may import beside itself: other rooms, then packages and Node's own modules. Nothing else. */
const mayImport = {
  start: [['main', 'command'], ['node:*']],
  command: [
    ['login', 'terminal', 'updates'],
    ['node:*', 'electron'],
  ],
  main: [
    ['domain', 'words', 'oauth', 'vault/files', 'login', 'log', 'updates', 'desktop', 'renderer'],
    ['node:*', 'electron'],
  ],
  domain: [[], []],
  words: [['domain'], []],
  network: [['domain'], ['node:*']],
  oauth: [
    ['domain', 'network'],
    ['node:*', 'oauth4webapi', 'valibot'],
  ],
  // Locks and atomic writes know nothing of credentials, the shared file nothing of what we remember.
  'vault/files': [['domain'], ['node:*', 'valibot']],
  'vault/config': [
    ['domain', 'vault/files'],
    ['node:*', 'yaml'],
  ],
  'vault/keychain': [
    ['domain', 'vault/files'],
    ['node:*', 'valibot', 'keytar'],
  ],
  'vault/records': [
    ['domain', 'vault/files'],
    ['node:*', 'valibot'],
  ],
  vault: [['domain', 'vault/files', 'vault/config', 'vault/keychain', 'vault/records'], ['node:*']],
  // Whoever has the logins hands it what it serves; the client knows nothing but a socket.
  agent: [['domain', 'words', 'vault/files'], ['node:*']],
  login: [
    [
      'domain',
      'words',
      'agent',
      'network',
      'oauth',
      'vault',
      'vault/files',
      'vault/keychain',
      'vault/records',
    ],
    ['node:*'],
  ],
  // Given to whoever meets errors by the two compositions, so that no room knows where they are noted.
  log: [['domain'], ['node:*', 'rotating-file-stream']],
  // electron-updater asks through our network (`network-executor.ts`), and is loaded when it is first asked.
  updates: [
    ['domain', 'network', 'vault/files', 'vault/records'],
    ['node:*', 'valibot', 'electron-updater', 'builder-util-runtime', 'yaml'],
  ],
  desktop: [
    ['domain', 'words', 'login', 'contract'],
    ['node:*', 'electron', 'valibot'],
  ],
  terminal: [
    ['domain', 'words', 'vault/keychain', 'agent', 'login', 'log'],
    ['node:*', 'commander', 'uqr'],
  ],
  contract: [['domain'], ['valibot']],
  preload: [['contract', 'domain'], ['electron']],
  renderer: [['contract', 'renderer/shell', 'renderer/state'], ['react-dom']],
  'renderer/shell': [
    [
      ...inEveryView,
      'renderer/account',
      'renderer/sign-in',
      'renderer/key',
      'renderer/settings',
      'renderer/trouble',
    ],
    ['react'],
  ],
  'renderer/account': [[...inEveryView, 'renderer/trouble'], ['react']],
  'renderer/sign-in': [[...inEveryView, 'renderer/trouble'], ['react']],
  'renderer/key': [[...inEveryView, 'renderer/trouble'], ['react']],
  'renderer/settings': [[...inEveryView, 'renderer/account', 'renderer/trouble'], ['react']],
  'renderer/trouble': [inEveryView, ['react']],
  // A button or a ring knows nothing of accounts.
  'renderer/controls': [['words', 'renderer/state'], ['react']],
  'renderer/state': [['contract', 'domain', 'words'], ['react']],
  'renderer/gallery': [
    ['domain', 'words', 'renderer', 'renderer/shell', 'renderer/state'],
    ['react', 'react-dom'],
  ],
};

const isFileRoom = (name) => fileRooms.some(({ category }) => category === name);
const selector = (name) => (isFileRoom(name) ? { file: { categories: name } } : { element: { type: name } });

const policies = Object.entries(mayImport).flatMap(([from, [others, packages]]) => [
  ...[from, ...others].map((to) => ({ from: selector(from), allow: { to: selector(to) } })),
  { from: selector(from), allow: { to: { module: { source: packages } } } },
]);

const ONLY_IN_NETWORK = 'Whatever leaves this machine goes through src-main/network/network.ts.';
const onlyInNetwork = (name) => ({ name, message: ONLY_IN_NETWORK });

export default tseslint.config(
  { ignores: ['out/', 'dist/', '.runtime/', 'artifacts/', 'node_modules/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['tests/**/*.ts', 'vite.config.ts'],
    rules: {
      'no-console': 'off',
      // node:test's `test` and `describe` answer promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
  { files: ['scripts/**/*.mjs', '*.js'], extends: [tseslint.configs.recommended] },
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    // One way out of this machine. The callback server is a way in, and the agent's socket leads nowhere else.
    files: ['src-main/**/*.ts'],
    ignores: [
      'src-main/network/**',
      'src-main/agent/**',
      'src-main/oauth/callback-server.ts',
      'src-main/oauth/callback-peer.ts',
    ],
    rules: {
      'no-restricted-globals': ['error', ...['fetch', 'WebSocket', 'EventSource'].map(onlyInNetwork)],
      'no-restricted-properties': [
        'error',
        { object: 'globalThis', property: 'fetch', message: ONLY_IN_NETWORK },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(ImportDeclaration, ImportExpression)[source.value=/^node:(net|tls|dgram|https?|http2)$/]',
          message: ONLY_IN_NETWORK,
        },
        {
          selector: 'ImportDeclaration[source.value="electron"] ImportSpecifier[imported.name="net"]',
          message: ONLY_IN_NETWORK,
        },
      ],
    },
  },
  {
    files: ['src-*/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': rooms,
      'boundaries/files': fileRooms,
      'boundaries/include': ['src-*/**'],
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', checkAllOrigins: true, policies }],
      'boundaries/no-unknown-files': 'error',
    },
  },
);
