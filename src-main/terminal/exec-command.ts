import { handingOut, type HandOut } from './hand-out.ts';
import { programEnvironment } from './program-environment.ts';
import { runInstead } from './run-instead.ts';

/** `latchkey exec`: runs a command with the token, or the API key, in its environment, where nobody else sees it. */
export const runWithToken: HandOut = async (token, _facts, { operands, as }, { variables, error }, login) => {
  // What is under way, if anything: with us it would end.
  await login.stop();
  return runInstead(operands, programEnvironment(token, variables, as), error);
};

export const execCommand = handingOut(runWithToken);
