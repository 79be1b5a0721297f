import { SECOND, type Instant } from '../../src-main/domain/instant.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';
import { CopyLinkButton } from './copy-link-button.tsx';
import { Countdown } from './countdown.tsx';
import { PasteCode } from './paste-code.tsx';
import { StepList } from './step-list.tsx';

interface SigningInViewProps {
  readonly signIn: SignIn;
  readonly now: Instant;
  readonly commands: Commands;
}

export function SigningInView({ signIn, now, commands }: SigningInViewProps) {
  const words = useWords();
  const waits = signIn.approvalDeadline !== null;
  return (
    <>
      <h1>{waits ? words.signIn.titleWaiting : words.signIn.title}</h1>
      <StepList
        steps={signIn.steps}
        {...(waits && {
          under: { id: 'approval', content: <Waiting signIn={signIn} now={now} commands={commands} /> },
        })}
        {...(signIn.retryAt !== null && {
          under: { id: 'exchange', content: <AskedToWait left={signIn.retryAt - now} /> },
        })}
      />
      <div className="actions">
        <Button onPress={() => commands.cancelSignIn()}>{words.window.cancel}</Button>
      </div>
    </>
  );
}

/** Read out once by the announcement (`announcement.ts`), and not each second. */
function AskedToWait({ left }: { readonly left: number }) {
  const { format, signIn } = useWords();
  const seconds = Math.max(0, Math.ceil(left / SECOND));
  return (
    <p className="small-print" role="timer">
      {signIn.askedToWait(format.lasting(seconds))}
    </p>
  );
}

function Waiting({ signIn, now, commands }: SigningInViewProps) {
  const words = useWords().signIn;
  const browserOpened = signIn.steps.find(({ id }) => id === 'browser')?.status === 'done';
  return (
    <div className="waiting">
      {signIn.approvalDeadline !== null && <Countdown deadline={signIn.approvalDeadline} now={now} />}
      <div className="waiting-actions">
        <CopyLinkButton
          look={browserOpened ? 'secondary' : 'primary'}
          copy={() => commands.copyAuthorizationUrl()}
        />
        <Button onPress={() => commands.openBrowserAgain()}>
          {browserOpened ? words.openBrowserAgain : words.openBrowser}
        </Button>
        {!signIn.pasting && (
          <Button look="quiet" onPress={() => commands.pasteCodeInstead()}>
            {words.pasteInstead}
          </Button>
        )}
      </div>
      {signIn.pasting && (
        <PasteCode codeProblem={signIn.codeProblem} submit={(text) => commands.submitCode(text)} />
      )}
      {signIn.redirectUri !== null && !signIn.pasting && (
        <p className="small-print">
          {words.comesBackTo} <span className="address">{signIn.redirectUri}</span>
        </p>
      )}
    </div>
  );
}
