import { hasKey } from '../domain/api-key.ts';
import { failureOf, type Failure } from '../domain/failure.ts';
import type { Login } from '../login/login.ts';
import { tilde } from '../words/tilde.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { failureLines, markedLines } from './failure-lines.ts';
import { keyLines } from './key-lines.ts';
import { ask } from './question.ts';
import { readSecret } from './read-secret.ts';
import { keyJson } from '../domain/status-json.ts';
import type { Terminal } from './terminal.ts';

export const KEY_ACTIONS = ['set', 'status', 'test', 'remove'] as const;

type Told = Pick<Login, 'keys' | 'snapshot' | 'subscribe'>;

/** `latchkey key`: the API key of the config file. The key itself is never printed, nor taken from an argument. */
export async function keyCommand(login: Told, given: Arguments, terminal: Terminal): Promise<number> {
  const [action] = given.operands;
  const wrong = wrongUse(action, given);
  if (wrong !== null) {
    terminal.error(`error: ${wrong}`);
    terminal.error('(latchkey key --help tells more)');
    return EXIT.wrongUse;
  }
  try {
    switch (action) {
      case undefined:
        if (given.storage !== null) await login.keys.move(given.storage);
        warn(login, terminal);
        return told(login, given, terminal);
      case 'set':
        return await set(login, given, terminal);
      case 'test':
        return await test(login, given, terminal);
      case 'remove':
        await login.keys.remove(given.storage);
        return told(login, given, terminal);
      default:
        if (cannotTell(login)) return unreadable(login, terminal);
        warn(login, terminal);
        return told(login, given, terminal);
    }
  } catch (error) {
    const failure = failureOf(error);
    failureLines(failure, 'other').forEach(terminal.error);
    if (failure.code === 'key-placeholder' && action === 'set') {
      terminal.error('  To put yours in its place: latchkey key set --replace');
    }
    return exitCodeOf(failure);
  }
}

/** What is wrong with what was typed; `null` for nothing. */
function wrongUse(action: string | undefined, { storage }: Arguments): string | null {
  if (action === undefined && storage === null) return "missing required argument 'action'";
  const isIdle = action === 'status' || action === 'test';
  return isIdle && storage !== null ? `${action} goes without --storage` : null;
}

async function set(login: Told, given: Arguments, terminal: Terminal): Promise<number> {
  const text = await readSecret('Paste the API key (it is not shown): ', terminal);
  if (text === null) {
    terminal.error('✗ Nothing was written');
    return EXIT.failed;
  }
  if (!(await written(login, text, given, terminal))) {
    terminal.error('✗ Nothing was written');
    return EXIT.failed;
  }
  warn(login, terminal);
  // It is written: whether Claude takes it is one more thing.
  const failure = login.snapshot.apiKey.test?.failure ?? null;
  if (failure !== null) markedLines('⚠', failure, 'other').forEach(terminal.error);
  return told(login, given, terminal);
}

/** Where a placeholder stands in its place, a person is asked whether it may go; false where they say no. */
async function written(login: Told, text: string, given: Arguments, terminal: Terminal): Promise<boolean> {
  try {
    await (
      await login.keys.set(text, given.replace, given.storage)
    ).tested;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== 'key-placeholder' || !terminal.interactive) throw error;
    markedLines('⚠', failure, 'other').forEach(terminal.error);
    const answer = await ask('Put the key in its place? [y/N] ', login);
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) return false;
    await (
      await login.keys.set(text, true, given.storage)
    ).tested;
  }
  return true;
}

async function test(login: Told, given: Arguments, terminal: Terminal): Promise<number> {
  const failure: Failure | null = await login.keys.test();
  if (failure !== null) failureLines(failure, 'other').forEach(terminal.error);
  told(login, given, terminal);
  return failure === null ? EXIT.fine : exitCodeOf(failure);
}

/** What a person should know of what was done. */
function warn({ snapshot }: Told, terminal: Terminal): void {
  snapshot.troubles
    .filter(({ code }) => code === 'config-made-private' || code === 'key-in-both')
    .flatMap((trouble) => markedLines('⚠', trouble, 'other'))
    .forEach(terminal.error);
}

function told({ snapshot }: Told, { json }: Pick<Arguments, 'json'>, terminal: Terminal): number {
  const { apiKey, surroundings } = snapshot;
  if (json) terminal.out(JSON.stringify({ version: 1, ...keyJson(apiKey) }));
  else {
    keyLines(apiKey, terminal.now()).forEach((line) => terminal.out(line));
    if (hasKey(apiKey) && apiKey.storage === 'config-file')
      terminal.out(`  Stored: ${tilde(surroundings.configFile, surroundings.home)}`);
  }
  return EXIT.fine;
}

function cannotTell({ snapshot }: Told): boolean {
  return !snapshot.isFileReadable;
}

function unreadable({ snapshot }: Told, terminal: Terminal): number {
  snapshot.troubles.flatMap((trouble) => failureLines(trouble, 'other')).forEach(terminal.error);
  return EXIT.failed;
}
