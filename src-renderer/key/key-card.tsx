import { useEffect, useRef, useState } from 'react';
import { isKeyRefused, type KeyShown } from '../../src-main/domain/api-key.ts';
import type { Instant } from '../../src-main/domain/instant.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import { describeKey, describeKeyTest } from '../../src-main/words/api-key-words.ts';
import { describeFailure } from '../../src-main/words/failure-words.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useMoment } from '../state/use-moment.ts';
import { useWords } from '../state/use-words.ts';
import { helpCommand } from '../trouble/help-command.ts';
import { KeyPlace, KeyPlaceQuestion } from './key-place.tsx';
import { isKeyLocked } from './key-stage.ts';
import { WhoUsesWhat } from './who-uses-what.tsx';

interface KeyCardProps {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  readonly commands: Commands;
  /** Shows where a key is pasted. */
  readonly onUseKey: () => void;
}

/** The API key: which one it is, how its last test ended, and what can be done about it. */
export function KeyCard({
  isTitled = true,
  ...props
}: KeyCardProps & {
  /** Else the page says already what it is. */
  readonly isTitled?: boolean;
}) {
  const { own } = props.snapshot.apiKey;
  const words = useWords();
  return (
    <section className="card key-card" aria-label={words.apiKey.title}>
      <div className="key-head">
        {isTitled && <h2 className="label">{words.apiKey.title}</h2>}
        {own !== null && <Shown own={own} />}
      </div>
      <KeyBody {...props} />
    </section>
  );
}

/** The same in a line that unfolds, where a login matters more. */
export function KeyFold(props: KeyCardProps) {
  const { apiKey } = props.snapshot;
  const words = useWords();
  const failure = isKeyRefused(apiKey) ? (apiKey.test?.failure ?? null) : null;
  return (
    <details className="card key-fold unfolds">
      <summary>
        <span>{words.apiKey.title}</span>
        {apiKey.own !== null && <Shown own={apiKey.own} />}
        {failure !== null && (
          <span className="hint key-refused">{describeFailure(words, failure, 'other').title}</span>
        )}
      </summary>
      <KeyBody {...props} />
    </details>
  );
}

/** As it is written; in words where nothing of it is shown. */
function Shown({ own }: { readonly own: KeyShown }) {
  const words = useWords();
  return (
    <span className={own.kind === 'key' && own.start === '' ? 'hint' : 'key-shown'}>
      {describeKey(words, own)}
    </span>
  );
}

function KeyBody({ snapshot, now, commands, onUseKey }: KeyCardProps) {
  const words = useWords();
  const { apiKey } = snapshot;
  const { own, beside, listed, since, undo: removed } = apiKey;
  // While the file's counts it is the keychain's that is gone.
  const isGone = removed !== null && (own === null || removed.to === 'keychain');
  const undo = useRef<HTMLButtonElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const mover = useRef<HTMLButtonElement>(null);
  const [isAsked, setIsAsked] = useState(false);
  useFocusMoved(isGone, undo, first);
  const test = describeKeyTest(words, apiKey, now);
  const failure = isKeyRefused(apiKey) && !apiKey.testing ? (apiKey.test?.failure ?? null) : null;
  return (
    <div className="key-body">
      {isGone && (
        <div className="key-removed">
          <span role="status">{words.apiKey.removed[removed.to]}</span>
          <Button ref={undo} onPress={() => commands.undoRemoveApiKey()}>
            {words.apiKey.actions.undo}
          </Button>
        </div>
      )}
      {test !== null && (
        <p className={failure === null ? 'hint' : 'hint key-refused'} role="status">
          {since !== null && `${words.apiKey.since(words.format.day(since, now))} · `}
          {test}
        </p>
      )}
      {failure !== null && <Refused snapshot={snapshot} commands={commands} />}
      {own?.kind === 'placeholder' && (
        <p className="hint">
          {describeFailure(words, { code: 'key-placeholder', value: own.text }, 'other').explanation}
        </p>
      )}
      <KeyPlace apiKey={apiKey} commands={commands} />
      {listed.length > 0 && <p className="hint">{words.apiKey.listed(words.format.number(listed.length))}</p>}
      <div className="key-actions">
        {own?.kind === 'key' ? (
          <KeyButtons snapshot={snapshot} commands={commands} onUseKey={onUseKey} first={first}>
            {/* Another one in the keychain would be lost. */}
            {beside?.isSame !== false && (
              <Button ref={mover} expanded={isAsked} onPress={() => setIsAsked(!isAsked)}>
                {words.account.menu.storage}
              </Button>
            )}
          </KeyButtons>
        ) : (
          !isGone && (
            <Button ref={first} onPress={onUseKey}>
              {words.apiKey.use}
            </Button>
          )
        )}
      </div>
      {isAsked && own?.kind === 'key' && beside?.isSame !== false && (
        <KeyPlaceQuestion
          snapshot={snapshot}
          commands={commands}
          onLeave={() => {
            setIsAsked(false);
            mover.current?.focus();
          }}
        />
      )}
      <WhoUsesWhat snapshot={snapshot} />
    </div>
  );
}

interface KeyButtonsProps extends Omit<KeyCardProps, 'now'> {
  readonly first: React.Ref<HTMLButtonElement>;
  /** Another button, the last. */
  readonly children: React.ReactNode;
}

function KeyButtons({ snapshot, commands, onUseKey, first, children }: KeyButtonsProps) {
  const { actions, copied } = useWords().apiKey;
  const [isCopied, tell] = useMoment(5);
  const copy = async () => {
    await commands.copyApiKey();
    tell();
  };
  const isLocked = isKeyLocked(snapshot);
  return (
    <>
      {!isLocked && (
        <Button ref={first} busy={snapshot.apiKey.testing} onPress={() => commands.testApiKey()}>
          {actions.test}
        </Button>
      )}
      <Button ref={isLocked ? first : null} onPress={onUseKey}>
        {actions.replace}
      </Button>
      {!isLocked && <Button onPress={copy}>{actions.copy}</Button>}
      <Button onPress={() => commands.removeApiKey(null)}>{actions.remove}</Button>
      {children}
      <span className="copied" role="status">
        {isCopied ? copied : ''}
      </span>
    </>
  );
}

/** Why the service does not take it, and what helps. */
function Refused({ snapshot, commands }: Pick<KeyCardProps, 'snapshot' | 'commands'>) {
  const words = useWords();
  const failure = snapshot.apiKey.test?.failure;
  if (failure == null) return null;
  const { explanation, action } = describeFailure(words, failure, 'other');
  return (
    <p className="hint">
      {explanation}{' '}
      {action !== null && (
        <Button look="link" onPress={helpCommand(action.kind, commands, null)}>
          {action.label}
        </Button>
      )}
    </p>
  );
}

/** Removing takes its button with it, and so does undoing that: the next one has the focus. */
function useFocusMoved(
  isGone: boolean,
  undo: React.RefObject<HTMLButtonElement | null>,
  first: React.RefObject<HTMLButtonElement | null>,
) {
  const wasGone = useRef(isGone);
  useEffect(() => {
    if (isGone !== wasGone.current && document.activeElement === document.body) {
      (isGone ? undo : first).current?.focus();
    }
    wasGone.current = isGone;
  }, [isGone, undo, first]);
}
