import { SECOND, type Instant } from '../../src-main/domain/instant.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Words } from '../../src-main/words/words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';
import { CopyLinkButton } from './copy-link-button.tsx';
import { Countdown } from './countdown.tsx';
import { PasteCode } from './paste-code.tsx';
import { StepList, StepTerms } from './step-list.tsx';
import { WayPicture } from './way-picture.tsx';

interface SigningInViewProps {
  readonly signIn: SignIn;
  readonly now: Instant;
  readonly commands: Commands;
}

/** One picture and one sentence; what is asked of the person; and how far it has come, for those who like to watch. */
export function SigningInView({ signIn, now, commands }: SigningInViewProps) {
  const words = useWords();
  return (
    <>
      <WayPicture steps={signIn.steps} />
      <h1 className="signing-in-title">{titleOf(words, signIn)}</h1>
      {signIn.approvalDeadline !== null && <Waiting signIn={signIn} now={now} commands={commands} />}
      <StepList
        steps={signIn.steps}
        {...(signIn.retryAt !== null && {
          under: { id: 'exchange', content: <AskedToWait left={signIn.retryAt - now} /> },
        })}
      />
      <details>
        <summary>{words.window.details}</summary>
        <StepTerms steps={signIn.steps} />
        {signIn.redirectUri !== null && (
          <p className="comes-back small-print">
            {words.signIn.comesBackTo} <span className="address">{signIn.redirectUri}</span>
          </p>
        )}
      </details>
      <div className="actions">
        <Button onPress={() => commands.cancelSignIn()}>{words.window.cancel}</Button>
      </div>
    </>
  );
}

function titleOf({ signIn: words }: Words, { approvalDeadline, steps }: SignIn): string {
  if (approvalDeadline !== null) return words.titleWaiting;
  return isDone(steps, 'approval') ? words.titleFinishing : words.title;
}

function isDone(steps: SignIn['steps'], id: SignIn['steps'][number]['id']): boolean {
  return steps.find((step) => step.id === id)?.status === 'done';
}

/** Read out once by the announcement (`announcement.ts`), and not each second. */
function AskedToWait({ left }: { readonly left: number }) {
  const { format, signIn } = useWords();
  const seconds = Math.max(0, Math.ceil(left / SECOND));
  return <span role="timer">{signIn.askedToWait(format.lasting(seconds))}</span>;
}

function Waiting({ signIn, now, commands }: SigningInViewProps) {
  const words = useWords().signIn;
  const browserOpened = isDone(signIn.steps, 'browser');
  return (
    <div className="card waiting">
      {signIn.approvalDeadline !== null && <Countdown deadline={signIn.approvalDeadline} now={now} />}
      <div className="waiting-actions">
        {browserOpened && (
          <Button onPress={() => commands.openBrowserAgain()}>{words.openBrowserAgain}</Button>
        )}
        <CopyLinkButton
          look={browserOpened ? 'secondary' : 'primary'}
          copy={() => commands.copyAuthorizationUrl()}
        />
        {!browserOpened && <Button onPress={() => commands.openBrowserAgain()}>{words.openBrowser}</Button>}
      </div>
      {signIn.pasting ? (
        <PasteCode
          codeProblem={signIn.codeProblem}
          paste={() => commands.pasteCode()}
          submit={(text) => commands.submitCode(text)}
        />
      ) : (
        <div className="waiting-paste">
          <Button look="quiet" onPress={() => commands.pasteCodeInstead()}>
            {words.pasteInstead}
          </Button>
        </div>
      )}
    </div>
  );
}
