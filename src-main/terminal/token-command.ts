import { EXIT } from './exit-code.ts';
import { handingOut, type HandOut } from './hand-out.ts';
import { tokenAnswer } from './token-answer.ts';

/** `latchkey token`: the access token and nothing else. */
export const printToken: HandOut = (token, { expiresAt }, { json }, { out }) => {
  out(tokenAnswer(token, expiresAt, json));
  return EXIT.fine;
};

export const tokenCommand = handingOut(printToken);
