import { agentCommand } from './agent-command.ts';
import { unitText } from './agent-unit.ts';
import { STORAGES } from '../domain/storage.ts';
import type { Command } from './command.ts';
import { completeCommand } from './complete-command.ts';
import { COMPLETION_SHELLS, completionCommand } from './completion-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { envCommand } from './env-command.ts';
import { execCommand } from './exec-command.ts';
import { logCommand } from './log-command.ts';
import { KEY_ACTIONS, keyCommand } from './key-command.ts';
import { loginCommand } from './login-command.ts';
import { logoutCommand } from './logout-command.ts';
import { manCommand } from './man-command.ts';
import { practiceCommand } from './practice-command.ts';
import { putBackCommand } from './put-back-command.ts';
import { refreshCommand } from './refresh-command.ts';
import { statusCommand } from './status-command.ts';
import { storageCommand } from './storage-command.ts';
import { tokenCommand } from './token-command.ts';

/**
 * Every command by its name, in the order of the help. This is the one description of them: help, the man page and
 * completion are made of it.
 */
export const commands = {
  login: {
    does: 'sign in with Claude in the browser',
    about: [
      'The browser comes back to this machine by itself. Where it is on another one, as over SSH, --paste shows an address whose page ends with a code: paste that here. The whole address that a browser ended at is understood as well.',
    ],
    options: ['account', 'paste', 'browser', 'qr', 'json'],
    examples: [
      { typed: 'latchkey login', does: 'in the browser on this computer' },
      { typed: 'latchkey login --paste', does: 'the browser is elsewhere' },
    ],
    run: loginCommand,
  },
  status: {
    does: 'tell who is signed in, and until when',
    about: [
      'The two bars are the two clocks: the access token, which is renewed by itself while the app runs or when a command asks for it, and the sign-in, which ends after some weeks and then wants you in the browser.',
    ],
    options: ['account', 'watch', 'json'],
    examples: [{ typed: 'latchkey status --json', does: '{"version":1,"accounts":[…]}, for scripts' }],
    run: statusCommand,
  },
  token: {
    does: 'print an access token, renewed first where it is about to end',
    options: ['account', 'lasting', 'json'],
    examples: [{ typed: 'latchkey token --lasting 30m', does: 'one that lasts half an hour at least' }],
    run: tokenCommand,
  },
  exec: {
    does: 'run a command that uses the sign-in',
    about: [
      'It finds the token in CLAUDE_CODE_OAUTH_TOKEN. What Claude Code would take before that is not in its environment: ANTHROPIC_AUTH_TOKEN, ANTHROPIC_API_KEY, CLAUDE_CODE_USE_BEDROCK, CLAUDE_CODE_USE_VERTEX, CLAUDE_CODE_USE_FOUNDRY. It never gets what renews the token.',
      'With --as key it finds the API key in ANTHROPIC_API_KEY instead, wherever that lies, and none of the others.',
      'Signals, exit code, terminal and streams are the command’s own: on Linux and macOS this process becomes the command.',
    ],
    options: ['account', 'lasting', 'as'],
    operand: { name: '<command...>', does: 'the command and its arguments', isCommand: true },
    examples: [
      { typed: 'latchkey exec -- claude', does: 'Claude Code, signed in' },
      { typed: 'latchkey exec --lasting 4h -- ./nightly.sh', does: 'with a token for all of a long run' },
      { typed: 'latchkey exec --as key -- ./nightly.sh', does: 'with the API key' },
    ],
    run: execCommand,
  },
  env: {
    does: 'print what exec does to the environment, as lines for a shell to evaluate',
    options: ['account', 'lasting', 'as', 'shell'],
    examples: [
      { typed: 'eval "$(latchkey env)"', does: 'bash, zsh' },
      { typed: 'latchkey env --shell fish | source', does: 'fish' },
      { typed: 'latchkey env | Out-String | Invoke-Expression', does: 'PowerShell' },
    ],
    run: envCommand,
  },
  agent: {
    does: 'keep the logins alive and serve their access tokens until it is stopped',
    about: [
      'Over a socket that only you can open, also from a container, a sandbox or another machine. Whoever can open it gets access tokens while it is open, and never what renews them.',
      'Where LATCHKEY_AGENT names the socket, latchkey token, status, exec and env ask there and touch no file, no keychain and no network.',
    ],
    options: ['socket', 'printUnit'],
    examples: [
      { typed: 'latchkey agent', does: 'tells its path' },
      { typed: 'LATCHKEY_AGENT=/latchkey.sock latchkey exec -- claude', does: 'asks there' },
      { typed: 'ssh -R /run/user/1000/latchkey.sock:"$LATCHKEY_AGENT" HOST', does: 'by SSH' },
      { typed: 'podman run -v "$LATCHKEY_AGENT:/latchkey.sock" IMAGE', does: 'a container' },
      { typed: 'bwrap … --bind "$LATCHKEY_AGENT" /run/latchkey.sock …', does: 'a sandbox' },
      { typed: 'curl --unix-socket "$LATCHKEY_AGENT" http://localhost/v1/token', does: 'any program' },
    ],
    answersAlone: unitText,
    run: agentCommand,
  },
  refresh: { does: 'renew the access token now', options: ['account', 'json'], run: refreshCommand },
  'put-back': {
    does: 'write a sign-in back that another program took out of the file, or replaced',
    about: [
      'Latchkey leaves such a file alone until somebody decides: status, refresh and doctor tell it. What stands in its place, and may be a living sign-in, is kept and can be put back in turn.',
    ],
    options: ['account', 'json'],
    run: putBackCommand,
  },
  logout: { does: 'forget the sign-in on this computer', options: ['account', 'json'], run: logoutCommand },
  storage: {
    does: 'tell where the secrets of an account lie, or move them',
    about: [
      'config-file: the whole entry in the shared file. access-only: there without what renews it, which is in the keychain, so that no other program can spend or leak it. keychain: nothing in the file; programs get the token from latchkey token, exec or env.',
    ],
    options: ['account', 'json'],
    operand: { name: '[where]', does: 'where to', choices: STORAGES },
    examples: [{ typed: 'latchkey storage access-only', does: 'Latchkey alone renews' }],
    run: storageCommand,
  },
  key: {
    does: 'keep an API key, beside a sign-in or in its place',
    about: [
      'API keys, from console.anthropic.com, are the supported way in, and have no end. `set` takes one from standard input, never from an argument, writes it as providers.anthropic.api_key and tests it. `test` asks Claude whether it takes the key. Nothing else of the file changes; what `remove` leaves is an empty value.',
      'With --storage keychain the key lies in the system keychain and in no file: programs that read the file, mcp-code-api for one, no longer find it, and get it from latchkey exec --as key. `set` and `remove` take --storage as well; without an action the key is moved there. Where another program writes a key into the file meanwhile, that one counts, and the one in the keychain stays.',
    ],
    options: ['storage', 'replace', 'json'],
    operand: { name: '[action]', does: 'what to do with it', choices: KEY_ACTIONS },
    examples: [
      { typed: 'latchkey key set', does: 'asks for it, and does not show it' },
      { typed: 'pass show anthropic | latchkey key set', does: 'from a password manager' },
      { typed: 'latchkey key --storage keychain', does: 'moves it out of the file' },
      { typed: 'latchkey key test && ./nightly.sh', does: 'only where Claude takes it' },
    ],
    run: keyCommand,
  },
  log: {
    does: 'tell what happened to the sign-in, oldest first',
    about: ['With --json a line of JSON for each event.'],
    options: ['account', 'json'],
    run: logCommand,
  },
  doctor: {
    does: 'look at everything a sign-in depends on',
    options: ['account', 'json'],
    run: doctorCommand,
  },
  practice: {
    does: 'open a shell with a practice account: no real one is needed, or touched',
    about: [
      'Starts a practice server on this machine and runs your shell, or the command that you name, with everything pointing there: a config file and a data folder of their own, and a sign-in that approves by itself where there is no display. It ends with that shell.',
    ],
    options: [],
    operand: { name: '[command...]', does: 'instead of your shell', isCommand: true },
    examples: [
      { typed: 'latchkey practice', does: 'then: latchkey login, latchkey token, latchkey exec -- …' },
    ],
    answer: practiceCommand,
  },
  completion: {
    does: 'print a completion script',
    options: [],
    operand: { name: '<shell>', does: 'for which shell', choices: COMPLETION_SHELLS },
    examples: [
      { typed: 'source <(latchkey completion bash)', does: 'in ~/.bashrc; zsh: likewise, in ~/.zshrc' },
      {
        typed: 'latchkey completion fish | source',
        does: 'in ~/.config/fish/config.fish',
      },
      {
        typed: 'latchkey completion powershell | Out-String | Invoke-Expression',
        does: 'in $PROFILE',
      },
    ],
    answer: completionCommand,
  },
  complete: {
    does: 'answer a completion script',
    options: [],
    operand: { name: '[words...]', does: 'as far as they are typed', isCommand: true },
    hidden: true,
    looksOnly: true,
    run: completeCommand,
  },
  man: { does: 'print the man page', options: [], hidden: true, answer: manCommand },
} satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;
