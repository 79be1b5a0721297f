import { useEffect, useId, useRef, useState } from 'react';
import { readPastedKey } from '../../src-main/domain/pasted-key.ts';
import { DEFAULT_CREDENTIAL_ID } from '../../src-main/domain/credential.ts';
import type { Snapshot } from '../../src-main/domain/snapshot.ts';
import type { Commands } from '../../src-preload/contract.ts';
import { Button } from '../controls/button.tsx';
import { useEscape } from '../state/use-escape.ts';
import { useQuestion } from '../state/use-question.ts';
import { useWords } from '../state/use-words.ts';
import { FailureCard } from '../trouble/failure-card.tsx';

interface KeyFormProps {
  readonly snapshot: Snapshot;
  readonly commands: Commands;
  readonly onLeave: () => void;
}

/** Takes an API key, hands it on to be written, and forgets it: main never gives one back. */
export function KeyForm({ snapshot, commands, onLeave }: KeyFormProps) {
  const words = useWords();
  const { form, flaws } = words.apiKey;
  const { own, storage } = snapshot.apiKey;
  const [text, setText] = useState('');
  const [isSaving, setIsSaving] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  /** Something that other programs fill in stands in its place, and the person has not said yet that it may go. */
  const [isAsking, setIsAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  useEscape(onLeave);

  const { flaw } = readPastedKey(text);
  const problem = flaw === null || text === '' ? null : flaws[flaw];
  const write = async (mayReplace: boolean) => {
    setIsSaving(true);
    setHasFailed(false);
    try {
      await commands.setApiKey(text, mayReplace);
      setText('');
      onLeave();
    } catch {
      setHasFailed(true);
    } finally {
      setIsSaving(false);
      setIsAsking(false);
    }
  };
  const save = () => {
    if (flaw !== null) field.current?.focus();
    else if (own?.kind === 'placeholder') setIsAsking(true);
    else void write(false);
  };
  return (
    <form
      className="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSaving && !isAsking) save();
      }}
    >
      <h1>{own?.kind === 'key' ? form.titleReplace : form.title}</h1>
      <p className="lead">{form.lead}</p>
      {hasFailed &&
        snapshot.troubles
          .slice(0, 1)
          .map((failure) => (
            <FailureCard
              key={failure.code}
              failure={failure}
              accountId={DEFAULT_CREDENTIAL_ID}
              offered={['save-again', 'sign-in']}
              commands={commands}
            />
          ))}
      <div className="key-field">
        <label htmlFor={id}>{form.label}</label>
        <input
          ref={field}
          id={id}
          className="field field-code"
          type="password"
          placeholder={form.placeholderText}
          autoComplete="off"
          maxLength={1_024}
          aria-describedby={`${id}-hint ${id}-problem`}
          aria-invalid={problem !== null}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setIsAsking(false);
          }}
        />
        <p className="field-problem" id={`${id}-problem`} role="status">
          {problem}
        </p>
        <p className="hint" id={`${id}-hint`}>
          {form.hint[storage]}
          {snapshot.accounts.length > 0 && `${words.conventions.between}${form.stays}`}
        </p>
        <Button look="link" onPress={() => commands.openLink('api-keys')}>
          {form.console}
        </Button>
      </div>
      {isAsking && own?.kind === 'placeholder' && (
        <ReplaceQuestion
          text={form.placeholder(own.text)}
          onYes={() => write(true)}
          onNo={() => setIsAsking(false)}
        />
      )}
      {!isAsking && (
        <div className="actions">
          <Button onPress={onLeave}>{words.window.cancel}</Button>
          <Button look="primary" busy={isSaving} waits={flaw !== null} onPress={save}>
            {form.save}
          </Button>
        </div>
      )}
    </form>
  );
}

interface ReplaceQuestionProps {
  readonly text: string;
  readonly onYes: () => unknown;
  readonly onNo: () => void;
}

/** Asks once, in place. */
function ReplaceQuestion({ text, onYes, onNo }: ReplaceQuestionProps) {
  const words = useWords();
  const { harmless, onKeyDown } = useQuestion(onNo);
  return (
    <section
      className="card key-question"
      role="group"
      aria-label={words.apiKey.form.replace}
      onKeyDown={onKeyDown}
    >
      <p>{text}</p>
      <div className="answers">
        <Button ref={harmless} onPress={onNo}>
          {words.window.cancel}
        </Button>
        <Button onPress={onYes}>{words.apiKey.form.replace}</Button>
      </div>
    </section>
  );
}
