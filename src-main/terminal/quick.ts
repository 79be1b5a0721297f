import { accountMeant } from '../domain/account-meant.ts';
import type { Environment } from '../login/environment.ts';
import { agentFor } from './agent-variable.ts';
import { NOTHING_TYPED, type Arguments } from './arguments.ts';
import { readDuration } from './duration.ts';
import { EXIT } from './exit-code.ts';
import { recall, tokenOf } from './glance.ts';
import { LASTING } from './lasting.ts';
import { painted } from './line.ts';
import { Output } from './output.ts';
import { programEnvironment } from './program-environment.ts';
import { become, mayBecome } from './run-instead.ts';
import { screenOf } from './screen.ts';
import { reportOf } from './status-report.ts';
import { tokenAnswer } from './token-answer.ts';

type QuickName = 'status' | 'token' | 'exec';

/** What is typed most, and all day by scripts. */
export interface QuickWords {
  readonly name: QuickName;
  readonly given: Arguments;
}

/**
 * Reads what is typed most; `null` for everything else, whatever it means. What it reads it reads as the whole parser
 * does: `tests/unit/terminal/quick.test.ts` holds the two against each other.
 */
export function readQuickly([name, ...rest]: readonly string[]): QuickWords | null {
  if (name !== 'status' && name !== 'token' && name !== 'exec') return null;
  let given = NOTHING_TYPED;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    const next = rest[at + 1];
    if (word === '--' && name === 'exec' && next !== undefined) {
      return { name, given: { ...given, operands: rest.slice(at + 1) } };
    }
    if (word === '--json' && name !== 'exec') given = { ...given, json: true };
    else if (word === '--account' && next !== undefined && !next.startsWith('-')) {
      given = { ...given, account: next };
      at++;
    } else if (word.startsWith('--account=')) given = { ...given, account: word.slice(10) };
    else if (word === '--lasting' && name !== 'status' && next !== undefined) {
      const lasting = readDuration(next);
      if (lasting === null) return null;
      given = { ...given, lasting };
      at++;
    } else return null;
  }
  return name === 'exec' ? null : { name, given };
}

/**
 * Answers at once where nothing has changed since all was read; `null` where it takes the whole program.
 *
 * @returns the exit code; never where this process became another
 */
export function answerQuickly(
  words: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  readEnvironment: () => Environment,
  version: string,
  now: number,
): number | null {
  const typed = readQuickly(words);
  if (typed === null) return null;
  const { name, given } = typed;
  if (agentFor(name, variables) !== null) return null;
  let environment: Environment;
  try {
    environment = readEnvironment();
  } catch {
    // The whole program says what is wrong with it.
    return null;
  }
  const glance = recall(environment, version, now);
  if (glance === null) return null;
  if (name === 'status') {
    const chosen = glance.accounts.filter(({ id }) => given.account === null || id === given.account);
    // Why there is none takes more words.
    if (chosen.length === 0 && given.account !== null) return null;
    const screen = screenOf(variables);
    const whole = {
      troubles: [],
      isFileReadable: true,
      surroundings: glance.surroundings,
      apiKey: glance.apiKey,
    };
    const { out, code } = reportOf(whole, chosen, given, now, screen.columns());
    return written(out.map((line) => painted(line, screen)).join('\n'), code);
  }
  const id = accountMeant(given.account, glance.accounts);
  const expiresAt = glance.accounts.find((account) => account.id === id)?.accessExpiresAt ?? null;
  if (id === null || expiresAt === null || expiresAt - now < (given.lasting ?? LASTING)) return null;
  const token = tokenOf(glance, id);
  if (token === null) return null;
  if (name === 'token') return written(tokenAnswer(token, expiresAt, given.json), EXIT.fine);
  const program = programEnvironment(token, variables);
  return mayBecome(given.operands, program) ? become(given.operands, program) : null;
}

function written(text: string, code: number): number {
  const output = new Output();
  output.out(`${text}\n`);
  if (output.failure === null) return code;
  output.error(`✗ The answer could not be written (${output.failure})\n`);
  return code === EXIT.fine ? EXIT.failed : code;
}
