import { EXIT } from './exit-code.ts';
import { handingOut } from './hand-out.ts';
import { tokenAnswer } from './token-answer.ts';

/** `latchkey token`: the access token and nothing else. */
export const tokenCommand = handingOut((token, { expiresAt }, { json }, { out }) => {
  out(tokenAnswer(token, expiresAt, json));
  return EXIT.fine;
});
