import { useEffect, useId, useRef, useState, type ChangeEvent, type SyntheticEvent } from 'react';
import { readPastedCode } from '../../src-main/domain/pasted-code.ts';
import type { SignIn } from '../../src-main/domain/sign-in.ts';
import { describePasteProblem } from '../../src-main/words/paste-words.ts';
import { Button } from '../controls/button.tsx';
import { useWords } from '../state/use-words.ts';

interface PasteCodeProps {
  /** What was wrong with the code that was submitted last. */
  readonly codeProblem: SignIn['codeProblem'];
  /** Submits what is on the clipboard, which this page does not see. */
  readonly paste: () => unknown;
  readonly submit: (text: string) => unknown;
}

/** Where a person pastes the code, when the browser cannot come back to this machine. */
export function PasteCode({ codeProblem, paste, submit }: PasteCodeProps) {
  const words = useWords();
  const { label, hint, placeholder, paste: pasteLabel, goOn: goOnLabel, clipboardEmpty } = words.signIn.paste;
  const [text, setText] = useState('');
  const [submissions, setSubmissions] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  const { problem } = readPastedCode(text);
  const told = text === '' ? codeProblem : problem;
  // Nothing that is typed is submitted empty: it came from the clipboard.
  const isClipboardEmpty = text === '' && told === 'empty';
  const problemWords = isClipboardEmpty
    ? clipboardEmpty
    : told === null
      ? null
      : describePasteProblem(words, told);
  const handIn = (work: () => unknown) => {
    // A code is a secret, and good for once: it does not stay on the screen.
    setText('');
    setSubmissions((count) => count + 1);
    return work();
  };
  const goOn = (whole: string) => handIn(() => submit(whole));
  const onChange = ({ target, nativeEvent }: ChangeEvent<HTMLInputElement>) => {
    const isPasted = 'inputType' in nativeEvent && nativeEvent.inputType === 'insertFromPaste';
    if (isPasted && readPastedCode(target.value).problem === null) void goOn(target.value);
    else setText(target.value);
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (problem === null) void goOn(text);
  };
  return (
    <form className="paste-code" onSubmit={onSubmit}>
      <label htmlFor={id}>{label}</label>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <div className="paste-row">
        <input
          ref={field}
          id={id}
          className="field field-code"
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          placeholder={placeholder}
          // As many as the contract lets through.
          maxLength={8_192}
          aria-describedby={`${id}-hint ${id}-problem`}
          aria-invalid={problemWords !== null}
          value={text}
          onChange={onChange}
        />
        <Button onPress={() => handIn(paste)}>{pasteLabel}</Button>
      </div>
      <p className="field-problem" id={`${id}-problem`} role="status">
        {/* The same problem a second time is told again. */}
        <span key={submissions}>{problemWords}</span>
      </p>
      <Button look="primary" waits={problem !== null} onPress={() => goOn(text)}>
        {goOnLabel}
      </Button>
    </form>
  );
}
