import type { SignIn } from '../domain/sign-in.ts';
import { newSignIn } from '../domain/sign-in.ts';
import type { Login } from '../login/login.ts';
import { describePlacement } from '../words/placement-words.ts';
import { tilde } from '../words/tilde.ts';
import { addressLines } from './address.ts';
import type { Arguments } from './arguments.ts';
import { ENGLISH } from './english.ts';
import { EXIT } from './exit-code.ts';
import { findAccount, forOne } from './for-one.ts';
import { idText } from './id-text.ts';
import type { Line } from './line.ts';
import { takePasted } from './paste.ts';
import { ask } from './question.ts';
import { failureLines } from './failure-lines.ts';
import { introduction, signInLines, summary } from './sign-in-report.ts';
import { accountJson } from '../domain/status-json.ts';
import type { Terminal } from './terminal.ts';
import { TERMS_LINES } from './terms.ts';

/** `latchkey login`. With `--json` the steps go to standard error, and the account is the answer. */
export const loginCommand = forOne(async (login: Login, id, given, terminal) => {
  const code = await signInHere(login, id, given, {
    ...terminal,
    out: given.json ? terminal.error : terminal.out,
  });
  const account = findAccount(login, login.snapshot.signIn?.place?.id ?? id);
  if (given.json && code === EXIT.fine && account !== null) {
    terminal.out(JSON.stringify(accountJson(account, terminal.now())));
  }
  return code;
});

/** The seed's terminal experience. Answers the exit code: 0 signed in, 1 not. */
async function signInHere(
  login: Login,
  accountId: string,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  const print = (lines: readonly Line[]) => lines.forEach(terminal.out);
  const { surroundings } = login.snapshot;
  const configFile = tilde(surroundings.configFile, surroundings.home);
  const isPasting = given.paste || given.qr;
  print(introduction({ configFile }));

  let shown: SignIn = newSignIn(0, null);
  let pasted: { readonly stop: () => void } | null = null;
  const stop = login.subscribe(({ signIn }) => {
    if (signIn === null || signIn === shown) return;
    if (isPasting && !signIn.pasting && login.authorizationUrl !== null) {
      // The address that is shown has to be that of the page with the code. This tells of the attempt once more, at once.
      void login.pasteCodeInstead();
      return;
    }
    const before = shown;
    shown = signIn;
    const url = login.authorizationUrl;
    print(
      signInLines(before, signIn, {
        configFile,
        address: url === null ? [] : addressLines(url, { ...given, qr: given.qr }, terminal.screen),
        opensBrowser: given.browser && !isPasting,
        now: terminal.now(),
      }),
    );
    if (isPasting && signIn.approvalDeadline !== null) pasted ??= takePasted(login, terminal);
  });
  await login.signIn(accountId);
  const areTermsDue = shown.phase === 'terms';
  if (areTermsDue) {
    print(TERMS_LINES);
    if (await understands(terminal, login)) await login.acknowledgeTerms();
    else login.cancelSignIn();
  }
  stop();
  (pasted as { readonly stop: () => void } | null)?.stop();

  if (shown.phase === 'succeeded') {
    const id = shown.place?.id ?? accountId;
    const facts = await login.summaryFacts(id);
    if (facts !== null) print(summary(facts, terminal.now()));
    const placement = describePlacement(ENGLISH, shown, login.snapshot.accounts);
    if (placement !== null) terminal.error(`⚠ ${placement} [${idText(id)}]`);
    return EXIT.fine;
  }
  // Where nobody could be asked the cancelling is not the person's, and its reason was told.
  const isOurs = areTermsDue && !terminal.interactive;
  if (!isOurs) failureLines(shown.failure ?? { code: 'sign-in-cancelled' }).forEach(terminal.error);
  return EXIT.failed;
}

async function understands(
  terminal: Terminal,
  login: Pick<Login, 'snapshot' | 'subscribe'>,
): Promise<boolean> {
  if (!terminal.interactive) {
    failureLines({ code: 'terms-not-acknowledged' }).forEach(terminal.error);
    return false;
  }
  const answer = await ask('Type "I understand" to go on: ', login);
  return (
    answer
      ?.trim()
      .replace(/^["']|["']$/g, '')
      .toLowerCase() === 'i understand'
  );
}
