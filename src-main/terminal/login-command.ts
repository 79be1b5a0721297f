import { createInterface } from 'node:readline/promises';
import type { SignIn } from '../domain/sign-in.ts';
import { newSignIn } from '../domain/sign-in.ts';
import type { Login } from '../login/login.ts';
import { describePlacement } from '../words/placement-words.ts';
import { tilde } from '../words/tilde.ts';
import { idText } from './id-text.ts';
import { failureLines, introduction, signInLines, summary } from './sign-in-report.ts';
import { ENGLISH, type Terminal } from './terminal.ts';
import { TERMS_LINES } from './terms.ts';

/** `latchkey login`: the seed's terminal experience. Answers the exit code: 0 signed in, 1 not. */
export async function loginCommand(login: Login, accountId: string, terminal: Terminal): Promise<number> {
  const print = (lines: readonly string[]) => lines.forEach(terminal.out);
  const { surroundings } = login.snapshot;
  const configFile = tilde(surroundings.configFile, surroundings.home);
  print(introduction({ configFile }));

  let shown: SignIn = newSignIn(0, null);
  const stop = login.subscribe(({ signIn }) => {
    if (signIn === null || signIn === shown) return;
    print(
      signInLines(shown, signIn, {
        configFile,
        authorizationUrl: login.authorizationUrl,
        now: terminal.now(),
      }),
    );
    shown = signIn;
  });
  await login.signIn(accountId);
  const areTermsDue = shown.phase === 'terms';
  if (areTermsDue) {
    print(TERMS_LINES);
    if (await understands(terminal)) await login.acknowledgeTerms();
    else login.cancelSignIn();
  }
  stop();

  if (shown.phase === 'succeeded') {
    const id = shown.place?.id ?? accountId;
    const facts = await login.summaryFacts(id);
    if (facts !== null) print(summary(facts, terminal.now()));
    const placement = describePlacement(ENGLISH, shown, login.snapshot.accounts);
    if (placement !== null) terminal.error(`⚠ ${placement} [${idText(id)}]`);
    return 0;
  }
  // Where nobody could be asked the cancelling is not the person's, and its reason was told.
  const isOurs = areTermsDue && !terminal.interactive;
  if (!isOurs) failureLines(shown.failure ?? { code: 'sign-in-cancelled' }).forEach(terminal.error);
  return 1;
}

async function understands(terminal: Terminal): Promise<boolean> {
  if (!terminal.interactive) {
    failureLines({ code: 'terms-not-acknowledged' }).forEach(terminal.error);
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question('Type "I understand" to go on: ');
    return (
      answer
        .trim()
        .replace(/^["']|["']$/g, '')
        .toLowerCase() === 'i understand'
    );
  } catch {
    // Ctrl-C, or the end of the input: a no.
    return false;
  } finally {
    prompt.close();
  }
}
